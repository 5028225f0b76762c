import Calendars
import LeagueTables
import Providers
import Publications
import Standards
import Synchronization

/// League tables that were worked out lately: the record does not change while the server runs.
final class LeagueMemory: Sendable {
  static let mostTables = 64

  private struct Key: Hashable {
    let kind: ProviderKind?
    let standards: RuleBook.ID?
    let day: Day
  }

  private let register: Register
  private let tables = Mutex<[Key: LeagueTable]>([:])

  init(_ register: Register) {
    self.register = register
  }

  func table(
    kind: ProviderKind? = nil, standards: RuleBook.ID? = nil, asOf day: Day
  ) -> LeagueTable {
    let key = Key(kind: kind, standards: standards, day: day)
    if let known = tables.withLock({ $0[key] }) { return known }
    let table = LeagueTable(of: register, kind: kind, standards: standards, asOf: day)
    tables.withLock { tables in
      if tables.count >= Self.mostTables { tables.removeAll() }
      tables[key] = table
    }
    return table
  }
}
