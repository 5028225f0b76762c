/// A date of which the day, or the day and the month, may not be known.
///
/// What is not known stays not known: `2019-09` is some day of September 2019, and is never
/// turned into the first.
public enum PartialDate: Hashable, Sendable {
  case day(Day)
  case month(year: Int, month: Int)
  case year(Int)

  /// Reads `2020-03-10`, `2020-03` or `2020`, or nothing for anything else.
  public init?(_ text: some StringProtocol) {
    if let day = Day(text) {
      self = .day(day)
    } else if let parts = Digits.groups(text, lengths: [4, 2]), Day(parts[0], parts[1], 1) != nil {
      self = .month(year: parts[0], month: parts[1])
    } else if let parts = Digits.groups(text, lengths: [4]), Day(parts[0], 1, 1) != nil {
      self = .year(parts[0])
    } else {
      return nil
    }
  }

  /// The first day it can have been.
  public var earliest: Day {
    switch self {
    case .day(let day): day
    case .month(let year, let month): Day(uncheckedYear: year, month: month, day: 1)
    case .year(let year): Day(uncheckedYear: year, month: 1, day: 1)
    }
  }

  /// The last day it can have been.
  public var latest: Day {
    switch self {
    case .day(let day): day
    case .month(let year, let month):
      Day(uncheckedYear: year, month: month, day: Day.length(ofMonth: month, in: year))
    case .year(let year): Day(uncheckedYear: year, month: 12, day: 31)
    }
  }

  /// The day, where it is known.
  public var knownDay: Day? {
    if case .day(let day) = self { day } else { nil }
  }
}

extension PartialDate: CustomStringConvertible {
  /// The date as far as it is known: `2020-03-10`, `2020-03` or `2020`.
  public var description: String {
    switch self {
    case .day(let day): day.description
    case .month(let year, let month): "\(year)-\(Digits.two(month))"
    case .year(let year): "\(year)"
    }
  }

  /// As a person reads it: `10 March 2020`, `March 2020` or `2020`.
  public var words: String {
    switch self {
    case .day(let day): day.words
    case .month(let year, let month): "\(MonthName.of(month)) \(year)"
    case .year(let year): "\(year)"
    }
  }
}
