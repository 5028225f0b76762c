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
