import Calendars
import Workflows

/// Reads what a form sent, and gathers everything that is wrong with it.
struct FormReading {
  let form: SubmittedForm
  private(set) var mistakes: [Mistake] = []

  init(_ form: SubmittedForm) {
    self.form = form
  }

  mutating func note(_ field: String, _ text: String) {
    mistakes.append(Mistake(field: field, text: text))
  }

  /// Text that must be there.
  mutating func text(_ name: String, _ mistake: String, most: Int = 200) -> String? {
    guard let text = form[name] else {
      note(name, mistake)
      return nil
    }
    guard TextLimit(most).fault(in: text) == nil else {
      note(name, "Write at most \(Words.number(most)) characters")
      return nil
    }
    return text
  }

  /// Text that may be left out.
  mutating func optionalText(_ name: String, most: Int = 1_000) -> String? {
    form[name] == nil ? nil : text(name, "", most: most)
  }

  /// A value that must be there.
  mutating func value<Value>(
    _ name: String, _ mistake: String, _ read: (String) -> Value?
  ) -> Value? {
    if let value = form[name].flatMap(read) { return value }
    note(name, mistake)
    return nil
  }

  /// A value that may be left out.
  mutating func optional<Value>(
    _ name: String, _ mistake: String, _ read: (String) -> Value?
  ) -> Value? {
    form[name] == nil ? nil : value(name, mistake, read)
  }

  /// A day in three fields that must be there.
  mutating func day(_ name: String, _ what: String) -> Day? {
    if ["day", "month", "year"].allSatisfy({ form["\(name)-\($0)"] == nil }) {
      note("\(name)-day", "Enter the \(what)")
      return nil
    }
    return optionalDay(name, what)
  }

  /// A day in three fields that may be left out.
  mutating func optionalDay(_ name: String, _ what: String) -> Day? {
    let parts = ["year", "month", "day"].map { form["\(name)-\($0)"] }
    if parts.allSatisfy({ $0 == nil }) { return nil }
    let numbers = parts.compactMap { $0.flatMap { Int($0) } }
    guard numbers.count == 3, let day = Day(numbers[0], numbers[1], numbers[2]) else {
      note("\(name)-day", "The \(what) must be a day, such as 11 3 2027")
      return nil
    }
    return day
  }
}

extension SubmittedForm {
  /// Puts a day into its three fields.
  mutating func set(_ name: String, _ day: Day) {
    set("\(name)-day", "\(day.day)")
    set("\(name)-month", "\(day.month)")
    set("\(name)-year", "\(day.year)")
  }
}
