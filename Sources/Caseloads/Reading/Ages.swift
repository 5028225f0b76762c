import Calendars

/// Whether a person can have been born when the list says.
enum Ages {
  /// What is wrong with a date of birth.
  ///
  /// - Parameters:
  ///   - birth: The number of a day.
  ///   - start: The number of the day on which the order started.
  static func fault(bornOn birth: Int32, startedOn start: Int32) -> Finding.Kind? {
    let days = start - birth
    // Most are settled without a calendar.
    if days >= 19 * 365, days < 110 * 365 { return nil }
    if days < 0 { return .bornAfterTheStart }
    let age = years(from: birth, to: start)
    if age < 18 { return .under18 }
    return age > 110 ? .over110 : nil
  }

  /// Whole years from one day to a later one.
  private static func years(from birth: Int32, to start: Int32) -> Int {
    guard let birth = Day(number: Int(birth)), let start = Day(number: Int(start)) else { return 0 }
    let isBefore = (start.month, start.day) < (birth.month, birth.day)
    return start.year - birth.year - (isBefore ? 1 : 0)
  }
}
