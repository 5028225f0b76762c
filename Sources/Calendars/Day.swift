/// A day in the Gregorian calendar, without a time and without a time zone.
public struct Day: Hashable, Comparable, Sendable {
  /// The year, from 1900 to 9999.
  public let year: Int

  /// The month, from 1 to 12.
  public let month: Int

  /// The day of the month, from 1 to 31.
  public let day: Int

  /// Makes a day, or nothing when the calendar has no such day.
  public init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1900...9999).contains(year), (1...12).contains(month),
      (1...Self.length(ofMonth: month, in: year)).contains(day)
    else { return nil }
    self.init(uncheckedYear: year, month: month, day: day)
  }

  init(uncheckedYear year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2020-03-10`, or nothing when `text` is not a day written so.
  public init?(_ text: some StringProtocol) {
    guard let parts = Digits.groups(text, lengths: [4, 2, 2]) else { return nil }
    self.init(parts[0], parts[1], parts[2])
  }

  /// The day a number of days after 30 December 1899, or nothing outside 1900 to 9999.
  public init?(number: Int) {
    guard (2...2_958_465).contains(number) else { return nil }
    // Years start in March here, so that a leap day is the last of its year.
    let days = number + 693_899
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let fromMarch = (5 * dayOfYear + 2) / 153
    let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
    self.init(
      uncheckedYear: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * fromMarch + 2) / 5 + 1)
  }

  /// How many days it is after 30 December 1899: what a spreadsheet holds for a day from
  /// 1 March 1900 on.
  ///
  /// - Source: ECMA-376 part 1, 18.17.4.1, with the 1900 date base.
  public var number: Int {
    let fromMarch = month > 2 ? month - 3 : month + 9
    let year = month > 2 ? year : year - 1
    let dayOfYear = (153 * fromMarch + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 693_899
  }

  public static func < (one: Day, other: Day) -> Bool {
    (one.year, one.month, one.day) < (other.year, other.month, other.day)
  }

  /// How many days a month has.
  static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2:
      (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400) ? 29 : 28
    default: 31
    }
  }
}

extension Day: CustomStringConvertible {
  /// The day as `2020-03-10`.
  public var description: String {
    "\(year)-\(Digits.two(month))-\(Digits.two(day))"
  }

  /// The day as a person reads it: `10 March 2020`.
  public var words: String {
    "\(day) \(MonthName.of(month)) \(year)"
  }
}

enum MonthName {
  static func of(_ month: Int) -> String {
    [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ][month - 1]
  }
}

enum Digits {
  static func two(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// The numbers of hyphenated groups of ASCII digits with exactly these lengths.
  static func groups(_ text: some StringProtocol, lengths: [Int]) -> [Int]? {
    groups(Array(String(text).utf8), lengths: lengths)
  }

  private static func groups(_ text: [UInt8], lengths: [Int]) -> [Int]? {
    guard text.count == lengths.reduce(lengths.count - 1, +) else { return nil }
    var numbers: [Int] = []
    var at = 0
    for length in lengths {
      if at > 0 {
        guard text[at] == UInt8(ascii: "-") else { return nil }
        at += 1
      }
      var number = 0
      for byte in text[at..<at + length] {
        guard (48...57).contains(byte) else { return nil }
        number = number * 10 + Int(byte - 48)
      }
      numbers.append(number)
      at += length
    }
    return numbers
  }
}
