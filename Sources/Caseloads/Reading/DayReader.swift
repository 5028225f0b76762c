import Calendars

/// Reads days in the forms of a profile.
///
/// A cell of a sheet may hold a day in words, as in ISO 8601: `2026-03-01`, also with the time of
/// midnight behind it. That is how the file keeps the day, and not how somebody wrote it, so it is
/// read whatever the profile says.
struct DayReader {
  private let isISO: Bool
  private let isDayFirst: Bool
  private let isSerial: Bool

  /// What is added to a serial: 1,462 in a workbook that counts from 1904.
  private let serialShift: Int
  private let isOfSheet: Bool

  init(_ forms: [Profile.DateForm], serialShift: Int, isOfSheet: Bool) {
    self.isOfSheet = isOfSheet
    isISO = forms.contains(.iso) || isOfSheet
    isDayFirst = forms.contains(.dayFirst)
    isSerial = forms.contains(.serial)
    self.serialShift = serialShift
  }

  /// The number of a day, or nothing when the bytes are none.
  func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    switch bytes.count {
    case 10 where isISO && Self.hasDashes(bytes): return Self.isoDay(bytes)
    case 16...24 where isOfSheet && Self.hasDashes(bytes) && Self.endsWithMidnight(bytes):
      return Self.isoDay(bytes)
    case 8...10 where isDayFirst && bytes[bytes.count - 5] == UInt8(ascii: "/"):
      let slash = bytes[1] == UInt8(ascii: "/") ? 1 : 2
      let end = bytes.count - 5
      guard bytes[slash] == UInt8(ascii: "/"), slash < end else { return nil }
      return Self.day(
        Self.number(bytes, end + 1, bytes.count), Self.number(bytes, slash + 1, end),
        Self.number(bytes, 0, slash))
    case 1...7 where isSerial:
      guard let number = Self.number(bytes, 0, bytes.count),
        let day = Day(number: number + serialShift)
      else { return nil }
      return Int32(day.number)
    default: return nil
    }
  }

  @inline(__always)
  private static func hasDashes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes[4] == UInt8(ascii: "-") && bytes[7] == UInt8(ascii: "-")
  }

  @inline(__always)
  private static func isoDay(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    Self.day(Self.number(bytes, 0, 4), Self.number(bytes, 5, 7), Self.number(bytes, 8, 10))
  }

  private static let midnights: Set<String> = [
    "T00:00", "T00:00Z", "T00:00:00", "T00:00:00Z", "T00:00:00.000", "T00:00:00.000Z",
  ]

  private static func endsWithMidnight(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    midnights.contains(String(decoding: bytes[10...], as: UTF8.self))
  }

  private static func day(_ year: Int?, _ month: Int?, _ day: Int?) -> Int32? {
    guard let year, let month, let day, let found = Day(year, month, day) else { return nil }
    return Int32(found.number)
  }

  @inline(__always)
  private static func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Int? {
    guard start < end else { return nil }
    var number = 0
    for place in start..<end {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }
}
