/// Puts defects into a made-up list, each in its turn.
struct DefectMaker: Sendable {
  private let defects: [CaseloadDefect]
  private let maker: CaseMaker
  private let writer: CaseWriter
  private let listDay: Int

  /// Of so many rows the last has a defect.
  private let every: Int

  /// A list long enough has each defect three times or more and one in twenty rows with a defect;
  /// in a shorter one it is up to one row in four.
  init(
    _ defects: [CaseloadDefect], maker: CaseMaker, writer: CaseWriter, cases: Int, listDay: Int
  ) {
    self.defects = defects
    self.maker = maker
    self.writer = writer
    self.listDay = listDay
    every = max(4, min(20, cases / max(1, 3 * defects.count)))
  }

  /// The defect of the row at a place, if it has one.
  func defect(at place: Int) -> CaseloadDefect? {
    guard !defects.isEmpty, place % every == every - 1 else { return nil }
    return defects[place / every % defects.count]
  }

  /// The values of a row with its defect.
  func values(at place: Int, with defect: CaseloadDefect) -> [String] {
    var row = maker.firstCase(at: place)
    row.person.isRestricted = false
    row.person.hasPNC = true
    row.person.hasBirth = true
    row.order.hasOfficer = true
    switch defect {
    case .rowTwice: return writer.values(of: self.row(before: place))
    case .blankLine: return []
    case .onlyCommas: return writer.columns.map { _ in "" }
    case .tooFewValues: return writer.values(of: row).dropLast(3)
    case .tooManyValues: return writer.values(of: row) + ["one more"]
    case .spacesAround: return writer.values(of: row).map { " \($0) " }
    default: break
    }
    var values = Values(of: row, by: writer)
    change(&values, of: row, defect)
    // Other people's CRNs, PNCs and names come from a row that may be told apart by them.
    let other = Values(of: self.row(before: place), by: writer)
    switch defect {
    case .crnTwice: values.copy([.crn], from: other)
    case .pncTwice: values.copy([.pnc], from: other)
    case .nameAndBirthTwice:
      values.copy([.familyName, .firstNames, .dateOfBirth], from: other)
      values[.pnc] = ""
    default: break
    }
    return values.texts
  }

  private func change(_ values: inout Values, of row: SyntheticCase, _ defect: CaseloadDefect) {
    let start = row.order.startedOn
    func day(_ number: Int) -> String { writer.text(ofDay: number) }
    switch defect {
    case .crnBlank: values[.crn] = ""
    case .crnMalformed: values[.crn] = String(values[.crn].dropLast())
    case .crnInLowerCase: values[.crn] = values[.crn].lowercased()
    case .startBlank: values[.startedOn] = ""
    case .startUnreadable: values[.startedOn] = "31/02/2026"
    case .startAfterList:
      values[.startedOn] = day(listDay + 30)
      values[.endedOn] = ""
    case .bornAfterStart: values[.dateOfBirth] = day(start + 10)
    case .underEighteen: values[.dateOfBirth] = day(start - 17 * 365 - 100)
    case .olderThanAnyone: values[.dateOfBirth] = day(start - 112 * 365 - 40)
    case .birthUnreadable: values[.dateOfBirth] = "about 1980"
    case .endedBeforeStart: values[.endedOn] = day(start - 30)
    case .endUnreadable: values[.endedOn] = "soon"
    case .releaseUnreadable: values[.releasedOn] = "in spring"
    case .reportUnreadable: values[.reportedOn] = "in spring"
    case .hoursUnreadable: values[.unpaidWorkHours] = "forty"
    case .sexUnknown: values[.sex] = "Z9"
    case .sentenceUnknown: values[.sentenceType] = "Z9"
    case .roshUnknown: values[.rosh] = "Z9"
    case .ethnicityUnknown: values[.ethnicity] = "Z9"
    case .restrictionUnknown: values[.restricted] = "perhaps"
    case .reportTypeUnknown: values[.reportType] = "Z9"
    case .sexBlank: values[.sex] = ""
    case .sentenceBlank: values[.sentenceType] = ""
    case .roshBlank: values[.rosh] = ""
    case .roshTransposed: values[.rosh] = "RVRH"
    case .datesDayFirst: values.setDates(of: row, as: writer.otherForm(.dayFirst))
    case .datesAsSerials: values.setDates(of: row, as: writer.otherForm(.serial))
    case .namesHidden:
      values[.familyName] = "*****"
      values[.firstNames] = "*****"
    case .formulaWithEquals: values.setTexts { "=1+1&\"\($0)\"" }
    case .formulaWithPlus: values.setTexts { "+\($0)" }
    case .formulaWithMinus: values.setTexts { "-\($0)" }
    case .formulaWithAt: values.setTexts { "@\($0)" }
    case .commaInside: values.setTexts { "\($0), the younger" }
    case .quoteInside: values.setTexts { "\($0) \"the younger\"" }
    case .lineBreakInside: values.setTexts { "\($0)\nthe younger" }
    case .notASCII: values.setTexts { "Ł\($0)é" }
    default: break
    }
  }

  /// The nearest row further up that has no defect, belongs to somebody new and says who that is.
  private func row(before place: Int) -> SyntheticCase {
    for place in stride(from: place - 1, through: 1, by: -1)
    where defect(at: place) == nil && !maker.isReturn(place) {
      let row = maker.row(at: place)
      let person = row.person
      if person.hasPNC, person.hasBirth, !person.isRestricted { return row }
    }
    return maker.row(at: 0)
  }
}

/// The values of a row by field. A field without a column has none.
private struct Values {
  private let columns: [CaseField]
  var texts: [String]

  init(of row: SyntheticCase, by writer: CaseWriter) {
    columns = writer.columns
    texts = writer.values(of: row)
  }

  subscript(field: CaseField) -> String {
    get { columns.firstIndex(of: field).map { texts[$0] } ?? "" }
    set { if let place = columns.firstIndex(of: field) { texts[place] = newValue } }
  }

  mutating func copy(_ fields: [CaseField], from other: Values) {
    for field in fields { self[field] = other[field] }
  }

  mutating func setTexts(_ change: (String) -> String) {
    for field in [CaseField.familyName, .office] { self[field] = change(self[field]) }
  }

  mutating func setDates(of row: SyntheticCase, as form: Profile.DateForm) {
    func set(_ field: CaseField, _ day: Int?) {
      if let day { self[field] = DayTexts.text(ofDay: day, as: form) }
    }
    set(.dateOfBirth, row.person.bornOn)
    set(.startedOn, row.order.startedOn)
    set(.endedOn, row.order.endedOn)
    set(.releasedOn, row.order.releasedOn)
    set(.reportedOn, row.order.report?.on)
  }
}
