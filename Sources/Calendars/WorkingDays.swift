import Foundation

/// The working days of England and Wales: Monday to Friday, but for bank holidays.
///
/// - Source: GOV.UK bank holidays (Open Government Licence v3.0), as the PyPI package
///   govuk-bank-holidays 0.19 carries them: `BankHolidays/england-and-wales.csv`.
public struct WorkingDays: Sendable {
  /// By day.
  public let bankHolidays: [Day: String]

  /// The years whose bank holidays are known. Nothing is counted outside.
  public let years: ClosedRange<Int>

  /// - Precondition: There is a bank holiday.
  init(bankHolidays: [Day: String]) {
    let years = bankHolidays.keys.map(\.year)
    guard let first = years.min(), let last = years.max() else {
      preconditionFailure("a calendar has bank holidays")
    }
    self.bankHolidays = bankHolidays
    self.years = first...last
  }

  /// Those that come with the product.
  public static let englandAndWales: WorkingDays = {
    // The file lies beside the program; without it the program was not put together rightly.
    guard
      let file = Bundle.module.url(
        forResource: "england-and-wales", withExtension: "csv", subdirectory: "BankHolidays"),
      let text = try? String(contentsOf: file, encoding: .utf8)
    else { preconditionFailure("the bank holidays did not come with the program") }
    var known: [Day: String] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let values = line.split(separator: ",", omittingEmptySubsequences: false)
      guard values.count == 3, let day = Day(values[0]) else {
        preconditionFailure("\(line) is no bank holiday")
      }
      known[day] = String(values[1])
    }
    return WorkingDays(bankHolidays: known)
  }()

  /// Nothing outside the years that are known.
  public func isWorkingDay(_ day: Day) -> Bool? {
    guard years.contains(day.year) else { return nil }
    return !day.isWeekend && bankHolidays[day] == nil
  }

  /// The working day so many working days after a day; before it, where the number is below zero.
  ///
  /// - Returns: For zero the day itself, or the next working day where it is none; nothing outside
  ///   the years that are known.
  public func day(_ count: Int, from day: Day) -> Day? {
    var left = abs(count)
    var found = day
    let step = count < 0 ? -1 : 1
    if count == 0 {
      while let works = isWorkingDay(found), !works {
        guard let next = Day(number: found.number + 1) else { return nil }
        found = next
      }
      return isWorkingDay(found) == true ? found : nil
    }
    while left > 0 {
      guard let next = Day(number: found.number + step), let works = isWorkingDay(next) else {
        return nil
      }
      found = next
      if works { left -= 1 }
    }
    return found
  }

  /// How many working days there are from a day up to another, both included.
  ///
  /// - Returns: Nothing outside the years that are known; zero where the second is earlier.
  public func count(from first: Day, through last: Day) -> Int? {
    guard first <= last else { return 0 }
    var count = 0
    for number in first.number...last.number {
      guard let day = Day(number: number), let works = isWorkingDay(day) else { return nil }
      if works { count += 1 }
    }
    return count
  }
}

extension Day {
  /// From 1 for Monday to 7 for Sunday.
  public var weekday: Int { (number + 5) % 7 + 1 }

  public var isWeekend: Bool { weekday > 5 }
}
