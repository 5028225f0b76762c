import Calendars
import Providers
import Standards

/// Numbers and lists as people say them.
enum Words {
  /// `1 inspection`, `2 inspections`.
  static func count(_ number: Int, _ one: String, _ several: String? = nil) -> String {
    "\(number) \(number == 1 ? one : several ?? one + "s")"
  }

  /// `1,217`.
  static func number(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number.magnitude).reversed().enumerated() {
      if place > 0, place.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "−" : "") + String(text.reversed())
  }

  /// A number with as many decimals as it has: `8`, `2.5`.
  static func decimal(_ number: Double) -> String {
    guard let whole = Int(exactly: number) else { return "\(number)" }
    return Self.number(whole)
  }

  /// A number that is not negative with so many decimals, rounded half up: `8.00`, `7.93`.
  static func decimal(_ number: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
    guard let scaled = Int(exactly: (number * Double(scale)).rounded()) else { return "\(number)" }
    let rest = String(scaled % scale)
    guard digits > 0 else { return Self.number(scaled) }
    return Self.number(scaled / scale) + "." + String(repeating: "0", count: digits - rest.count)
      + rest
  }

  /// A number of bytes: `12 KB`, `3 MB`.
  static func size(_ bytes: Int) -> String {
    bytes < 1_000_000 ? "\((bytes + 999) / 1_000) KB" : "\((bytes + 500_000) / 1_000_000) MB"
  }

  /// A day of a list in words where it is written as `2026-05-04`, as it is written where it is not,
  /// and nothing where there is none.
  static func day(_ text: String) -> HTML? {
    text.isEmpty ? nil : "\(Day(text)?.words ?? text)"
  }

  /// `4 May 2026, 10:15`, in London.
  static func moment(_ instant: Instant) -> String {
    "\(London.day(at: instant).words), \(London.time(at: instant))"
  }

  /// `1st`, `2nd`, `3rd`, `11th`.
  static func ordinal(_ number: Int) -> String {
    let ending =
      switch (number % 100, number % 10) {
      case (11...13, _): "th"
      case (_, 1): "st"
      case (_, 2): "nd"
      case (_, 3): "rd"
      default: "th"
      }
    return "\(number)\(ending)"
  }

  /// `a, b and c`.
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A range of scores or of places: `3`, `3 to 7`.
  static func range(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }

  /// A time with ends that may not be known.
  static func time(from: PartialDate?, until: PartialDate?) -> String {
    switch (from, until) {
    case (let from?, let until?): "\(from.words) to \(until.words)"
    case (let from?, nil): "From \(from.words); end not seen"
    case (nil, let until?): "Until \(until.words); start not seen"
    case (nil, nil): "Dates not seen"
    }
  }
}

extension String {
  /// The sentence with its first letter large.
  var sentence: String { prefix(1).uppercased() + dropFirst() }
}

extension String {
  /// For the middle of a sentence.
  var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
