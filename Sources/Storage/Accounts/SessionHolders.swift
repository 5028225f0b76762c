import RuleFiles
import Workflows

/// Finds what many sessions lead to with one statement.
struct SessionHolders {
  let transaction: any SQLTransaction

  func find(_ digests: [Digest]) throws -> [Digest: SessionHolder] {
    let wanted = SQLList(digests.map { .text($0.description) })
    var found: [Digest: SessionHolder] = [:]
    for row in try transaction.rows(
      """
      SELECT digest, account, is_complete, started_at, expires_at,
        id, email, name, is_administrator, is_lead_inspector, is_disabled,
        CASE WHEN EXISTS (SELECT 1 FROM provider_roles WHERE account = accounts.id)
          THEN 1 ELSE 0 END
      FROM sessions JOIN accounts ON accounts.id = sessions.account
      WHERE digest IN (\(wanted.marks))
      """, wanted.values)
    {
      guard let digest = row[0].text.flatMap({ Digest(text: $0) }) else {
        throw StoreFault.damaged("sessions")
      }
      found[digest] = SessionHolder(
        session: try StoredAccounts.session(Array(row[1...4])),
        account: try StoredAccounts.account(Array(row[5...10])),
        isOfProvider: row[11] == .flag(true))
    }
    return found
  }
}

/// Values for `IN (…)`, so many that there are few different statements.
struct SQLList {
  let values: [SQLValue]

  /// - Precondition: There is a value.
  init(_ values: [SQLValue]) {
    var places = 1
    while places < values.count { places *= 2 }
    self.values = values + repeatElement(values[0], count: places - values.count)
  }

  var marks: String { values.map { _ in "?" }.joined(separator: ", ") }
}
