import Calendars

/// Where the fields of a list stand and how they are written.
struct ListLayout: Sendable {
  let profile: Profile
  let columns: [String]

  /// What is added to a serial date: 1,462 where days are counted from 1904.
  let serialShift: Int

  /// Whether a row that has fewer values than the heading is as it should be.
  let mayBeShort: Bool

  /// The day of the list, after which no order can have started.
  let listedOn: Day?

  /// The same as a number.
  let listedOnNumber: Int32?

  /// The fields whose blanks are counted, with their columns.
  let counted: [(field: CaseField, column: Int)]

  /// The column of each field in the order of the fields, below zero where there is none.
  private let places: [Int]

  init(_ profile: Profile, of file: CaseFile, listedOn: Day?) {
    self.profile = profile
    columns = file.columns
    self.listedOn = listedOn
    serialShift = file.serialShift
    mayBeShort = file.mayBeShort
    let fields = columns.map(profile.field)
    listedOnNumber = listedOn.map { Int32($0.number) }
    places = CaseField.allCases.map { field in fields.firstIndex(of: field) ?? -1 }
    counted = CaseField.allCases.compactMap { field in
      guard !field.mayBeBlank, let column = fields.firstIndex(of: field) else { return nil }
      return (field, column)
    }
  }

  func column(_ field: CaseField) -> Int? {
    let place = places[field.place]
    return place < 0 ? nil : place
  }

  var missing: [CaseField] { CaseField.allCases.filter { column($0) == nil } }

  /// Headings that no field has.
  var unused: [String] { columns.filter { !$0.isEmpty && profile.field(of: $0) == nil } }

  /// Headings of a field that another column has already.
  var repeated: [String] {
    columns.enumerated().compactMap { place, heading in
      guard let field = profile.field(of: heading), column(field) != place else { return nil }
      return heading
    }
  }

  /// Reads the days of the list. In a sheet a day may stand in words, whatever the profile says.
  var days: DayReader {
    DayReader(profile.dates, serialShift: serialShift, isOfSheet: mayBeShort)
  }

  /// Whether a heading has what a list cannot do without.
  static func isWhole(_ columns: [String], _ profile: Profile) -> Bool {
    let fields = columns.compactMap(profile.field)
    return CaseField.required.allSatisfy(fields.contains)
  }

  /// Which of the first rows of a file is the heading: the one that names most fields.
  static func heading(of profile: Profile) -> ([[String]]) -> Int {
    { rows in
      let counts = rows.map { row in row.count { profile.field(of: $0) != nil } }
      return counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0
    }
  }
}
