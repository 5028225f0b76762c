import Calendars

/// Writes made-up cases as a profile has them: its first heading, code and form of dates.
struct CaseWriter: Sendable {
  /// The columns, in the order of ``CaseField``: those for which the profile has a heading.
  let columns: [CaseField]

  /// Whether no code has to be put in quotes.
  let isPlain: Bool

  private let dateForm: Profile.DateForm
  private let sexes, sentences, roshes, reports, restrictions: [[UInt8]]
  private let notEnded: [UInt8]
  private let ethnicities: [[UInt8]]
  private let days: DayTexts
  private let places: Permutation
  private let officers: Permutation
  private let crns: Permutation

  init(_ profile: Profile, seed: UInt64, listDate: Day) {
    var seeds = SplitMix64(seed: SplitMix64.mixed(seed))
    columns = CaseField.allCases.filter { profile.headings[$0]?.isEmpty == false }
    dateForm = profile.dates.first ?? .iso
    days = DayTexts(until: listDate, as: dateForm)
    places = Permutation(of: InventedNames.families, seed: seeds.next())
    officers = Permutation(of: InventedNames.people, seed: seeds.next())
    crns = Permutation(of: CaseMaker.mostCRNs, seed: seeds.next())
    /// By the numbers of the codes, the first of which is that of nothing.
    func texts(_ field: CaseField) -> [[UInt8]] {
      let none = profile.nothing[field]?.first ?? ""
      return ([none] + field.codes.map { profile.codes[field]?[$0]?.first ?? "" })
        .map { Array($0.utf8) }
    }
    sexes = texts(.sex)
    sentences = texts(.sentenceType)
    roshes = texts(.rosh)
    reports = texts(.reportType)
    restrictions = texts(.restricted)
    notEnded = Array((profile.nothing[.endedOn]?.first ?? "").utf8)
    ethnicities = Ethnicity.codes.map { Array($0.utf8) }
    isPlain = ([sexes, sentences, roshes, reports, restrictions].joined() + [notEnded])
      .allSatisfy { !$0.contains { ",\"\n\r".utf8.contains($0) } }
  }

  /// The values of a case.
  func values(of row: SyntheticCase) -> [String] {
    var bytes: [UInt8] = []
    let separator: UInt8 = 0
    append(row, separatedBy: separator, to: &bytes)
    return bytes.split(separator: separator, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// The text of a day by its number.
  func text(ofDay number: Int) -> String {
    DayTexts.text(ofDay: number, as: dateForm)
  }

  /// Another form of dates than the list's own: the wanted one, or else the one of ISO 8601.
  func otherForm(_ wanted: Profile.DateForm) -> Profile.DateForm {
    dateForm == wanted ? .iso : wanted
  }

  /// Writes the values of a case with a separator between them.
  func append(
    _ row: SyntheticCase, separatedBy separator: UInt8, to bytes: inout [UInt8]
  ) {
    for (place, column) in columns.enumerated() {
      if place > 0 { bytes.append(separator) }
      append(column, of: row, to: &bytes)
    }
  }

  private func append(_ field: CaseField, of row: SyntheticCase, to bytes: inout [UInt8]) {
    let (person, order) = (row.person, row.order)
    switch field {
    case .crn:
      let (letter, number) = crns[row.crn].quotientAndRemainder(dividingBy: 1_000_000)
      bytes.append(UInt8(ascii: "A") + UInt8(letter))
      append(number, digits: 6, to: &bytes)
    case .pnc: if person.hasPNC { append(pnc: person.pnc, to: &bytes) }
    case .familyName: append(family: person, to: &bytes)
    case .firstNames: append(firstNames: person, to: &bytes)
    case .dateOfBirth: if person.hasBirth { days.append(person.bornOn, to: &bytes) }
    case .sex: bytes += sexes[Int(person.sex)]
    case .ethnicity: if let code = person.ethnicity { bytes += ethnicities[code] }
    case .sentenceType: bytes += sentences[Int(order.sentence)]
    case .startedOn: days.append(order.startedOn, to: &bytes)
    case .endedOn:
      if let day = order.endedOn {
        days.append(day, to: &bytes)
      } else if order.saysNotEnded {
        bytes += notEnded
      }
    case .rosh: bytes += roshes[Int(order.rosh)]
    case .cluster, .ldu, .team, .office, .officer, .officerGrade:
      append(field, of: order, to: &bytes)
    case .restricted:
      bytes += restrictions[person.isRestricted ? Self.restricted : Self.unrestricted]
    case .unpaidWorkHours: if let hours = order.unpaidWorkHours { bytes += "\(hours)".utf8 }
    case .releasedOn: if let day = order.releasedOn { days.append(day, to: &bytes) }
    case .reportType: if let report = order.report { bytes += reports[Int(report.type)] }
    case .reportedOn: if let report = order.report { days.append(report.on, to: &bytes) }
    }
  }

  private static let restricted = Int(Restriction.restricted.number)
  private static let unrestricted = Int(Restriction.unrestricted.number)

  // MARK: - The person

  private func append(pnc: (year: Int, serial: Int), to bytes: inout [UInt8]) {
    append(pnc.year, digits: 4, to: &bytes)
    bytes.append(UInt8(ascii: "/"))
    append(pnc.serial, digits: 7, to: &bytes)
    bytes.append(Self.checkLetters[(pnc.year % 100 * 10_000_000 + pnc.serial) % 23])
  }

  /// The letter of a PNC by what remains of its two digits of the year and seven of the serial.
  private static let checkLetters = Array("ZABCDEFGHJKLMNPQRTUVWXY".utf8)

  private func append(family person: SyntheticPerson, to bytes: inout [UInt8]) {
    guard !person.isRestricted else { return bytes += Self.stars }
    InventedNames.append(family: person.family, to: &bytes)
  }

  private func append(firstNames person: SyntheticPerson, to bytes: inout [UInt8]) {
    guard !person.isRestricted else { return bytes += Self.stars }
    InventedNames.append(first: person.first, to: &bytes)
    guard let second = person.second else { return }
    bytes.append(UInt8(ascii: " "))
    InventedNames.append(first: second, to: &bytes)
  }

  private static let stars = Array("*****".utf8)

  // MARK: - The officer

  private func append(_ field: CaseField, of order: SyntheticOrder, to bytes: inout [UInt8]) {
    let post = order.post
    let places = (Hierarchy.mostLDUs + 1) * post.cluster
    switch field {
    case .cluster: InventedNames.append(place: places, in: self.places, to: &bytes)
    case .officer where order.hasOfficer:
      let (first, family) = officers[post.officer]
        .quotientAndRemainder(dividingBy: InventedNames.families)
      InventedNames.append(first: first, to: &bytes)
      bytes.append(UInt8(ascii: " "))
      InventedNames.append(family: family, to: &bytes)
    case .officerGrade where order.hasOfficer: bytes += post.grade.rawValue.utf8
    case .ldu, .team, .office:
      InventedNames.append(place: places + 1 + post.ldu, in: self.places, to: &bytes)
      if field == .team { bytes += Self.teams[post.team % Self.teams.count] }
      if field == .office { bytes += Self.offices[post.team % Self.offices.count] }
    default: break
    }
  }

  private static let teams = [" Team 1", " Team 2", " Team 3"].map { Array($0.utf8) }
  private static let offices = [" Mill Lane", " Station Road", " Market Place"]
    .map { Array($0.utf8) }

  private func append(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
    var power = 1
    for _ in 1..<digits { power *= 10 }
    while power > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / power % 10))
      power /= 10
    }
  }
}
