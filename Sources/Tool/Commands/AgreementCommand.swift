import ArgumentParser
import Foundation
import Judgements
import OrderedJSON
import Statistics
import Workflows

struct AgreementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "How far assessors who answered the same cases agree.")

  @Argument(
    help: """
      Answers: case[,question],assessor,answer; or with --table counts. - for standard input.
      """)
  var file: String

  @Flag(help: "The file counts how often two assessors gave each two answers: answer,yes,no.")
  var table = false

  @Option(help: "The answers that can be given, with commas between them.")
  var answers = Self.defaultAnswers

  @Flag(help: "Only what at least two assessors answered.") var answeredTwice = false
  @Flag(help: "As JSON.") var json = false

  func validate() throws {
    let known = known
    if known.count < 2 || Set(known).count < known.count || known.contains("") {
      throw ValidationError("--answers needs at least two, each of them once, not “\(answers)”.")
    }
    if table, answeredTwice || answers != Self.defaultAnswers {
      throw ValidationError("A table says itself which answers there are, and counts pairs.")
    }
  }

  private static let defaultAnswers = ComparisonFile.answers.joined(separator: ",")

  func run() throws {
    if table {
      let (answers, table) = try ContingencyFile.read(try Composition.csv(file))
      if json {
        Output.write(AgreementDocument.json(table, answers).bytes)
      } else {
        print(Self.text(table.answers, under: "The table") { table.agreement(by: $0) })
      }
      return
    }
    let read = try ComparisonFile.read(try Composition.csv(file), outOf: known)
    let comparison = answeredTwice ? read.answeredTwice : read
    if json {
      Output.write(AgreementDocument.json(comparison).bytes)
      return
    }
    for question in comparison.questions {
      print(
        Self.text(question.answers, under: question.code) { question.answers.agreement(by: $0) })
    }
    print(Self.text(comparison.all, under: "All answers") { comparison.all.agreement(by: $0) })
    for notice in comparison.notices { print(notice) }
  }

  private var known: [String] {
    answers.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }

  /// The coefficients in a table, under what they rest on.
  private static func text(
    _ answers: ComparedAnswers, under title: String,
    _ agreement: (AgreementCoefficient) -> Agreement
  ) -> String {
    let rows = AgreementCoefficient.allCases.map { coefficient in
      [coefficient.title(ofAssessors: answers.assessorCount)]
        + columns(of: agreement(coefficient))
    }
    return """
      \(title): \(answers.agreeingPairCount) of \(answers.pairCount) pairs agree; \
      cases answered: \(answers.caseCount), by two or more: \(answers.caseCountAnsweredTwice); \
      assessors: \(answers.assessorCount)
      \(Output.table([["", "value", "error", "95 % interval"]] + rows))

      """
  }

  private static func columns(of agreement: Agreement) -> [String] {
    func decimals(_ number: Double) -> String { String(format: "%.3f", number) }
    guard case .estimated(let estimate) = agreement else { return ["", "", "\(agreement)"] }
    guard case .interval(let error, let lower, let upper) = estimate.precision else {
      return [decimals(estimate.value), "", "\(estimate.precision)"]
    }
    return [
      decimals(estimate.value), decimals(error), "\(decimals(lower)) to \(decimals(upper))",
    ]
  }
}
