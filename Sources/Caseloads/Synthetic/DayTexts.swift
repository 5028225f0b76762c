import Calendars

/// The texts of every day that a made-up case may name, one behind the other.
struct DayTexts: Sendable {
  private let first: Int
  private let length: Int
  private let bytes: [UInt8]

  /// Days from 78 years before the list on.
  init(until last: Day, as form: Profile.DateForm) {
    first = last.number - 28_500
    let texts = (first...last.number).map { Array(Self.text(ofDay: $0, as: form).utf8) }
    // Every day from 1927 to 2173 has a number of five digits.
    length = texts[0].count
    bytes = Array(texts.joined())
  }

  func append(_ day: Int, to text: inout [UInt8]) {
    let start = (day - first) * length
    text += bytes[start..<start + length]
  }

  /// The text of a day by its number; the number itself where no calendar of ours has that day.
  static func text(ofDay number: Int, as form: Profile.DateForm) -> String {
    guard let day = Day(number: number) else { return "\(number)" }
    switch form {
    case .iso: return day.description
    case .serial: return "\(number)"
    case .dayFirst:
      let parts = day.description.split(separator: "-")
      return parts.reversed().joined(separator: "/")
    }
  }
}
