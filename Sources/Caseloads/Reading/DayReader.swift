import Calendars

/// Reads days in the forms of a profile.
struct DayReader {
  private let isISO: Bool
  private let isDayFirst: Bool
  private let isSerial: Bool

  /// What is added to a serial: 1,462 in a workbook that counts from 1904.
  private let serialShift: Int

  init(_ forms: [Profile.DateForm], serialShift: Int) {
    isISO = forms.contains(.iso)
    isDayFirst = forms.contains(.dayFirst)
    isSerial = forms.contains(.serial)
    self.serialShift = serialShift
  }

  /// The number of a day, or nothing when the bytes are none.
  func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    switch bytes.count {
    case 10 where isISO && bytes[4] == UInt8(ascii: "-") && bytes[7] == UInt8(ascii: "-"):
      return Self.day(
        Self.number(bytes, 0, 4), Self.number(bytes, 5, 7), Self.number(bytes, 8, 10))
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
