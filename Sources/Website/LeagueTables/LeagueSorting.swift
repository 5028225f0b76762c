import Calendars
import Inspections
import LeagueTables
import Providers
import Publications
import Standards

/// Puts the rows of a table into the order that was asked for; equals keep their places.
struct LeagueSorting {
  let question: LeagueQuestion
  let register: Register

  func sorted(_ rows: [LeagueTable.Row]) -> [LeagueTable.Row] {
    let sorted: [LeagueTable.Row] =
      switch question.order {
      case .place: rows
      case .provider: stable(rows) { $0.provider.name < $1.provider.name }
      case .overall:
        stable(rows) { value($0.inspection.overallRating) > value($1.inspection.overallRating) }
      case .date: stable(rows) { day($0) > day($1) }
      case .change: stable(rows) { value($0.change) > value($1.change) }
      case .standard: stable(rows) { standard($0) > standard($1) }
      }
    return question.isReversed ? sorted.reversed() : sorted
  }

  private func stable(
    _ rows: [LeagueTable.Row], _ isBefore: (LeagueTable.Row, LeagueTable.Row) -> Bool
  ) -> [LeagueTable.Row] {
    rows.enumerated().sorted { one, other in
      if isBefore(one.element, other.element) { return true }
      return !isBefore(other.element, one.element) && one.offset < other.offset
    }.map(\.element)
  }

  private func day(_ row: LeagueTable.Row) -> Day {
    register.publicationWindow(of: row.inspection).lowerBound
  }

  private func standard(_ row: LeagueTable.Row) -> Int {
    value(question.rating(in: row.inspection).rating)
  }

  /// No rating stands last; it is no grade.
  private func value(_ rating: Rating?) -> Int {
    rating.flatMap { Rating.allCases.firstIndex(of: $0) } ?? -1
  }

  private func value(_ change: Change) -> Int {
    switch change {
    case .up: 4
    case .same: 3
    case .down: 2
    case .first: 1
    case .notComparable: 0
    }
  }
}
