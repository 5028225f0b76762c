/// A moment, to a thousandth of a second, in UTC.
public struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since the start of 1970, at least zero.
  public let milliseconds: Int

  /// - Precondition: The moment lies in the years 1970 to 9999.
  public init(milliseconds: Int) {
    precondition(
      (0...Self.last).contains(milliseconds), "an instant lies in the years 1970 to 9999")
    self.milliseconds = milliseconds
  }

  /// Nothing outside the years 1970 to 9999.
  public init?(exactly milliseconds: Int) {
    guard (0...Self.last).contains(milliseconds) else { return nil }
    self.milliseconds = milliseconds
  }

  private static let dayLength = 86_400_000

  /// The number of 1 January 1970.
  private static let firstDay = 25_569

  private static let last = (2_958_465 - firstDay + 1) * dayLength - 1

  /// Reads `2026-05-04T10:15:00.123Z` with or without thousandths, or nothing from anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20 || bytes.count == 24, bytes[10] == UInt8(ascii: "T"),
      bytes[bytes.count - 1] == UInt8(ascii: "Z"),
      let day = Day(String(decoding: bytes[..<10], as: UTF8.self)), day.year >= 1970
    else { return nil }
    func number(_ places: Range<Int>) -> Int? {
      var number = 0
      for byte in bytes[places] {
        guard (48...57).contains(byte) else { return nil }
        number = number * 10 + Int(byte - 48)
      }
      return number
    }
    guard bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let hour = number(11..<13), hour < 24, let minute = number(14..<16), minute < 60,
      let second = number(17..<19), second < 60
    else { return nil }
    var thousandths = 0
    if bytes.count == 24 {
      guard bytes[19] == UInt8(ascii: "."), let number = number(20..<23) else { return nil }
      thousandths = number
    }
    let seconds = (hour * 60 + minute) * 60 + second
    milliseconds = (day.number - Self.firstDay) * Self.dayLength + seconds * 1_000 + thousandths
  }

  public static func < (one: Instant, other: Instant) -> Bool {
    one.milliseconds < other.milliseconds
  }

  /// The moment some seconds later, or earlier below zero.
  public func adding(seconds: Int) -> Instant {
    Instant(milliseconds: milliseconds + seconds * 1_000)
  }

  /// The day in UTC.
  public var dayInUTC: Day {
    guard let day = Day(number: milliseconds / Self.dayLength + Self.firstDay) else {
      preconditionFailure("an instant lies in the years 1970 to 9999")
    }
    return day
  }
}

extension Instant: CustomStringConvertible {
  /// The moment as `2026-05-04T10:15:00.123Z`.
  public var description: String {
    let ofDay = milliseconds % Self.dayLength
    let seconds = ofDay / 1_000
    let thousandths = ofDay % 1_000
    let time = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map(Digits.two)
    let rest = thousandths < 10 ? "00" : thousandths < 100 ? "0" : ""
    return "\(dayInUTC)T\(time.joined(separator: ":")).\(rest)\(thousandths)Z"
  }
}
