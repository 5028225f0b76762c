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

  @Argument(help: "Answers: case[,question],assessor,answer. - for standard input.")
  var file: String

  @Option(help: "The answers that can be given, with commas between them.")
  var answers = ComparisonFile.answers.joined(separator: ",")

  @Flag(help: "Only what at least two assessors answered.") var answeredTwice = false
  @Flag(help: "As JSON.") var json = false

  func validate() throws {
    let known = known
    if known.count < 2 || Set(known).count < known.count || known.contains("") {
      throw ValidationError("--answers needs at least two, each of them once, not “\(answers)”.")
    }
  }

  func run() throws {
    let read = try ComparisonFile.read(try Composition.csv(file), outOf: known)
    let comparison = answeredTwice ? read.answeredTwice : read
    if json {
      Output.write(AgreementDocument.json(comparison).bytes)
      return
    }
    for question in comparison.questions {
      print(Self.text(question.answers, under: question.code))
    }
    print(Self.text(comparison.all, under: "All answers"))
    for notice in comparison.notices { print(notice) }
  }

  private var known: [String] {
    answers.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }

  /// The coefficients in a table, under what they rest on.
  private static func text(_ answers: ComparedAnswers, under title: String) -> String {
    let rows = AgreementCoefficient.allCases.map { coefficient in
      [coefficient.title(ofAssessors: answers.assessorCount)]
        + columns(of: answers.agreement(by: coefficient))
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
