import Calendars
import Caseloads
import Testing

struct SyntheticDefectTests {
  private static let short = Result { try MadeList(200, defects: CaseloadDefect.allCases) }
  private static let messy = Result { try MadeList(1_217, defects: CaseloadDefect.allCases) }
  private static let clean = Result { try MadeList(1_217) }

  /// Whether one of the values by heading, or the number of values, shows the defect.
  private func shows(
    _ defect: CaseloadDefect, _ row: [String], before: ArraySlice<[String]>, headings: [String]
  ) -> Bool {
    func value(_ heading: String) -> String {
      let place = headings.firstIndex(of: heading) ?? 0
      return place < row.count ? row[place] : ""
    }
    func stands(_ places: [Int], otherThan other: Int) -> Bool {
      before.contains { earlier in
        earlier.count > 4 && places.allSatisfy { !row[$0].isEmpty && earlier[$0] == row[$0] }
          && earlier[other] != row[other]
      }
    }
    if row.count != headings.count {
      return switch defect {
      case .tooFewValues: (1..<headings.count).contains(row.count)
      case .tooManyValues: row.count > headings.count
      case .blankLine: row.isEmpty
      default: false
      }
    }
    let (start, birth) = (value("started_on"), value("date_of_birth"))
    func age() -> Int {
      guard let start = Day(start), let birth = Day(birth) else { return 30 }
      return (start.number - birth.number) * 400 / 146_097
    }
    let texts = [value("family_name"), value("office")]
    return switch defect {
    case .crnBlank: row[0].isEmpty && !birth.isEmpty
    case .crnMalformed: row[0].count == 6
    case .crnInLowerCase: row[0].first?.isLowercase ?? false
    case .startBlank: start.isEmpty && !birth.isEmpty
    case .startUnreadable: start == "31/02/2026"
    case .startAfterList: start.count == 10 && start > "2026-06-01" && start.hasPrefix("2")
    case .bornAfterStart: Day(start) != nil && Day(birth) != nil && birth > start
    case .underEighteen: age() == 17
    case .olderThanAnyone: age() > 110
    case .birthUnreadable: birth == "about 1980"
    case .endedBeforeStart: value("ended_on").count == 10 && value("ended_on") < start
    case .endUnreadable: value("ended_on") == "soon"
    case .releaseUnreadable: value("released_on") == "in spring"
    case .reportUnreadable: value("reported_on") == "in spring"
    case .hoursUnreadable: value("unpaid_work_hours") == "forty"
    case .restrictionUnknown: value("restricted") == "perhaps"
    case .reportTypeUnknown: value("report_type") == "Z9"
    case .sexUnknown: value("sex") == "Z9"
    case .sentenceUnknown: value("sentence_type") == "Z9"
    case .roshUnknown: value("rosh") == "Z9"
    case .ethnicityUnknown: value("ethnicity") == "Z9"
    case .sexBlank: value("sex").isEmpty && !start.isEmpty
    case .sentenceBlank: value("sentence_type").isEmpty && !start.isEmpty
    case .roshBlank: value("rosh").isEmpty && !start.isEmpty
    case .roshTransposed: value("rosh") == "RVRH"
    case .datesDayFirst: birth.dropFirst(2).first == "/"
    case .datesAsSerials: start.count == 5 && birth.count == 5
    case .rowTwice: before.contains(row)
    case .crnTwice: stands([0], otherThan: 2)
    case .pncTwice: stands([1], otherThan: 2)
    case .nameAndBirthTwice: stands([2, 3, 4], otherThan: 0) && row[1].isEmpty
    case .namesHidden: value("family_name") == "*****" && value("restricted") == "no"
    case .formulaWithEquals: texts.allSatisfy { $0.hasPrefix("=") }
    case .formulaWithPlus: texts.allSatisfy { $0.hasPrefix("+") }
    case .formulaWithMinus: texts.allSatisfy { $0.hasPrefix("-") }
    case .formulaWithAt: texts.allSatisfy { $0.hasPrefix("@") }
    case .onlyCommas: row.allSatisfy(\.isEmpty)
    case .spacesAround: row.allSatisfy { $0.hasPrefix(" ") && $0.hasSuffix(" ") }
    case .commaInside: texts.allSatisfy { $0.contains(",") }
    case .quoteInside: texts.allSatisfy { $0.contains("\"") }
    case .lineBreakInside: texts.allSatisfy { $0.contains("\n") }
    case .notASCII: texts.allSatisfy { text in !text.utf8.allSatisfy { $0 < 128 } }
    case .tooFewValues, .tooManyValues, .blankLine: false
    }
  }

  private func count(_ defect: CaseloadDefect, in list: MadeList) -> Int {
    list.rows.indices.count { place in
      shows(
        defect, list.rows[place], before: list.rows[..<place], headings: list.headings)
    }
  }

  @Test(arguments: CaseloadDefect.allCases)
  func `every defect occurs in a messy list`(_ defect: CaseloadDefect) throws {
    #expect(count(defect, in: try Self.short.get()) >= 1)
    #expect(count(defect, in: try Self.messy.get()) >= 3)
    #expect(!defect.description.isEmpty)
  }

  /// The list without defects has people who come back under another CRN.
  @Test(
    arguments: CaseloadDefect.allCases.filter { ![.pncTwice, .nameAndBirthTwice].contains($0) })
  func `no defect occurs in a list that is not messy`(_ defect: CaseloadDefect) throws {
    #expect(count(defect, in: try Self.clean.get()) == 0)
  }

  @Test func `only the defects that were asked for occur`() throws {
    let list = try MadeList(300, defects: [.roshTransposed])
    #expect(count(.roshTransposed, in: list) == 15)
    #expect(count(.crnBlank, in: list) == 0)
  }

  @Test func `the rows without a defect stay as they are`() throws {
    let changed = zip(try Self.clean.get().rows, try Self.messy.get().rows).count { $0 != $1 }
    #expect((125...135).contains(changed))
  }
}
