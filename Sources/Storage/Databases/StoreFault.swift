import GRDB
public import Workflows

/// Why a database could not do what was asked, in words that hold no value and no setting.
public enum StoreFault: Error, Hashable {
  /// The server did not answer for half a minute. Whether it was done is not known.
  case unreachable

  /// It refused: an SQLSTATE, or a code of SQLite.
  case refused(code: String)

  /// What is in a table is not what was put there.
  case damaged(String)

  /// What was deleted may still stand in the log file, because another process reads.
  case kept

  /// What callers outside are told.
  init?(_ error: any Error) {
    switch error {
    case is ConnectionLost: self = .unreachable
    case let fault as PostgreSQLFault: self = .refused(code: "SQLSTATE \(fault.state ?? "none")")
    case let error as DatabaseError: self = .refused(code: "SQLite \(error.resultCode.rawValue)")
    default: return nil
    }
  }
}

extension StoreFault: PlainFault {
  /// What a database says of pages that it cannot read, or that are none: a disk error, a file that
  /// is malformed or no database; and in SQLSTATEs, a system error.
  private static let damages: Set<String> = [
    "SQLite 10", "SQLite 11", "SQLite 26", "SQLSTATE 58030",
  ]

  public var isDamage: Bool {
    switch self {
    case .damaged: true
    // Those that begin so are the server’s own: XX001 is data that is corrupted.
    case .refused(let code): Self.damages.contains(code) || code.hasPrefix("SQLSTATE XX")
    case .unreachable, .kept: false
    }
  }

  public var description: String {
    switch self {
    case .unreachable:
      "The database server does not answer. Check that it runs, and try again: what was done "
        + "already is not done twice."
    case .refused(let code):
      "The database refused (\(code)). Check that it is Plumbline’s and has room, and see its log."
    case .damaged(let table):
      "The table \(table) holds what was never put there. See record verify, and restore a backup."
    case .kept:
      "It is done, but may still stand in the database’s log file, because another process reads. "
        + "Run this again when none does."
    }
  }
}
