public import Records
import Workflows

/// How a master key fits what is sealed in a database.
public enum KeyFit: Hashable, Sendable {
  /// Nothing is sealed with any.
  case nothingSealed

  /// It opens some of it.
  case opens

  /// It opens none of it: another one sealed it.
  case another
}

extension StoredRecords {
  /// How many are tried. A database has one master key, since with another nothing is sealed; more
  /// than one is tried so that one which is damaged keeps nobody from the rest.
  private static let most = 100

  /// How a master key fits the keys of inspections and the second factors of accounts.
  ///
  /// What was erased has no key, and what was carried here has one of this installation.
  public func fit(of key: MasterKey) async throws -> KeyFit {
    let (wrapped, factors) = try await sealed()
    if wrapped.isEmpty, factors.isEmpty { return .nothingSealed }
    let opens =
      wrapped.contains { Self.opens(inspection: $0, with: key) }
      || factors.contains { Self.opens(factor: $0, with: key) }
    return opens ? .opens : .another
  }

  /// Whether anything is sealed that one master key must open.
  public func isSealed() async throws -> Bool {
    let (wrapped, factors) = try await sealed()
    return !wrapped.isEmpty || !factors.isEmpty
  }

  /// The first wrapped keys and second factors, each behind whose it is.
  private func sealed() async throws -> (wrapped: [[SQLValue]], factors: [[SQLValue]]) {
    try await database.read { transaction in
      let wrapped = try transaction.rows(
        """
        SELECT inspection, wrapped FROM inspection_keys WHERE wrapped IS NOT NULL
        ORDER BY inspection LIMIT \(Self.most)
        """, [])
      let factors = try transaction.rows(
        """
        SELECT id, second_factor FROM accounts WHERE second_factor IS NOT NULL
        ORDER BY id LIMIT \(Self.most)
        """, [])
      return (wrapped, factors)
    }
  }

  private static func opens(inspection row: [SQLValue], with key: MasterKey) -> Bool {
    guard let inspection = row[0].text.flatMap({ InspectionID($0) }), let wrapped = row[1].blob
    else { return false }
    return key.unwrap(wrapped, of: inspection) != nil
  }

  private static func opens(factor row: [SQLValue], with key: MasterKey) -> Bool {
    guard let id = row[0].text.flatMap({ AuthorID($0) }), let factor = row[1].blob else {
      return false
    }
    return SignIn.opens(factor, of: id, with: key)
  }
}
