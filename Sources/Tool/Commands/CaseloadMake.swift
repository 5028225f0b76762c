import ArgumentParser
import Calendars
import Caseloads
import Problems
import Spreadsheets

/// Makes up a list of cases.
struct CaseloadMake: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Makes up a provider's list of cases; nobody in it is real.",
    discussion: """
      The same seed gives the same bytes. With --messy the list has every defect that a check \
      can find, formulas among them: do not open it in a spreadsheet program unless that is what \
      you want to try.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv, xlsx
  }

  @Option(help: "How many cases.") var cases: Int
  @Option(help: "Any whole number from 0; the same one gives the same list.") var seed: UInt64
  @Flag(help: "With every defect that a check can find.") var messy = false
  @Option(help: "csv or xlsx.") var format = Format.csv
  @Option(help: "A profile such as ndelius-2020, or a profile file.") var profile = "plumbline"
  @Option(help: "The day of the list: 2026-06-01 unless given.") var listDate: Day?
  @Option(help: "Write to this file and not to standard output.") var out: String?

  func validate() throws {
    if format == .xlsx, cases > XLSXWriter.mostRows - 2 {
      throw ValidationError("A workbook holds up to \(XLSXWriter.mostRows - 2) cases.")
    }
    do {
      _ = try caseload(in: try Profile.load("plumbline"))
    } catch {
      throw ValidationError(error.list.map(\.description).joined(separator: "\n"))
    }
  }

  func run() throws {
    let caseload = try caseload(in: try Composition.profile(profile))
    let progress = Progress("bytes written")
    defer { progress.end() }
    try Destination.write(to: out) { write in
      switch format {
      case .csv:
        try caseload.forEachBlock { block in
          try write(block)
          progress.add(block.count)
        }
      case .xlsx: try write(try caseload.workbook(name: out ?? "standard output"))
      }
    }
  }

  private func caseload(in profile: Profile) throws(Problems) -> SyntheticCaseload {
    guard let day = listDate ?? Day(2026, 6, 1) else { preconditionFailure("June has a first.") }
    return try SyntheticCaseload(
      cases: cases, seed: seed, listDate: day, profile: profile,
      defects: messy ? CaseloadDefect.allCases : [])
  }
}
