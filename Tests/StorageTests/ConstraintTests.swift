import Foundation
import Testing

@testable import Storage

/// What the tables themselves refuse, each rule broken once.
@Suite struct ConstraintTests {
  private static let digest = "sha256:" + String(repeating: "a", count: 64)
  private static let id = "019b0000-0000-7000-8000-00000000000a"

  /// Rows that are right, in the order in which they refer to each other.
  private static let right = [
    "records (inspection, sequence, digest, recorded_at) VALUES ('one', 1, '\(digest)', 0)",
    "entries (inspection, sequence, id, subject, line) VALUES ('one', 1, '\(id)', 's', 'x')",
    "inspection_keys (inspection, wrapped) VALUES ('one', NULL)",
    "views (inspection, revision, document) VALUES ('one', 1, '{}')",
    "device_contacts (inspection, device, author, at, waiting) VALUES ('one', '\(id)', 'a', 5, 7)",
    "files (inspection, digest, sealed) VALUES ('one', '\(digest)', '')",
    "accounts (id, email, name, password, is_administrator, is_disabled) "
      + "VALUES ('a', 'a@b', 'n', 'p', 0, 0)",
    "recovery_codes (digest, account) VALUES ('\(digest)', 'a')",
    "failures (name, failures, last_failed_at) VALUES ('\(digest)', 1, 0)",
    "sessions (digest, account, is_complete, started_at, expires_at) "
      + "VALUES ('\(digest)', 'a', 1, 0, 0)",
    "tokens (digest, id, account, title, inspection, permissions, expires_at) "
      + "VALUES ('\(digest)', '\(id)', 'a', 't', 'one', '', 0)",
    "identities (issuer, subject, account) VALUES ('i', 's', 'a')",
    "provider_roles (account, provider, role) VALUES ('a', 'p', 'officer')",
  ]

  /// What stands in a right row, and what must not stand in its place.
  private static let wrong: [(table: String, from: String, to: [String])] = [
    ("records", "'one'", ["''", "'\(String(repeating: "o", count: 61))'", "NULL"]),
    ("records", "1, '\(digest)'", ["-1, '\(digest)'", "0, '\(digest)'", "1, NULL", "1, 'short'"]),
    ("records", ", 0)", [", -1)"]),
    ("entries", "'one', 1", ["'other', 1", "'one', 0"]),
    ("entries", "'\(id)'", ["'short'", "NULL"]),
    (
      "entries", "'s', 'x'", ["'', 'x'", "'\(String(repeating: "s", count: 201))', 'x'", "'s', ''"]
    ),
    ("views", "'one', 1", ["'other', 1", "'one', 0"]),
    ("device_contacts", "'one'", ["'other'", "NULL"]),
    ("device_contacts", "'\(id)', 'a'", ["'short', 'a'", "'\(id)', ''"]),
    ("device_contacts", "5, 7", ["-1, 7", "5, -1"]),
    ("files", "'\(digest)'", ["'short'"]),
    ("files", "''", ["NULL"]),
    ("accounts", "'a@b'", ["'a'", "NULL"]),
    ("accounts", "0, 0)", ["2, 0)", "0, 2)"]),
    ("recovery_codes", "'a')", ["'nobody')"]),
    ("failures", "1, 0", ["0, 0", "1, -1"]),
    ("sessions", "'a', 1, 0, 0", ["'nobody', 1, 0, 0", "'a', 2, 0, 0", "'a', 1, 5, 4"]),
    ("tokens", "'t'", ["''", "'\(String(repeating: "t", count: 101))'"]),
    ("tokens", "'a',", ["'nobody',"]),
    ("identities", "'i', 's'", ["'', 's'", "'i', ''"]),
    ("identities", "'a')", ["'nobody')"]),
    ("provider_roles", "'p'", ["''"]),
  ]

  @Test(arguments: Backend.allCases)
  func `the tables refuse what must not stand in them`(_ backend: Backend) throws {
    let database = try backend.place().open()
    try Migrations.run(on: database)
    var before: [String] = []
    for row in Self.right {
      let table = String(row.prefix { $0 != " " })
      for (_, from, to) in Self.wrong.filter({ $0.table == table }) {
        for replacement in to {
          let start = try #require(row.range(of: "VALUES"))
          let values = row[start.lowerBound...].replacing(
            from, with: replacement, maxReplacements: 1)
          let broken = row[..<start.lowerBound] + values
          #expect(broken != row, "\(table) \(from)")
          #expect(throws: (any Error).self, "\(broken)") {
            try database.write { transaction in
              for row in before { try transaction.run("INSERT INTO \(row)") }
              try transaction.run("INSERT INTO \(Self.asBytes(String(broken), backend))")
            }
          }
        }
      }
      before.append(Self.asBytes(row, backend))
    }
    // All of it stands when it is right, and nothing twice.
    try database.write { transaction in
      for row in before { try transaction.run("INSERT INTO \(row)") }
    }
    for row in before {
      #expect(throws: (any Error).self, "\(row)") {
        try database.write { try $0.run("INSERT INTO \(row)") }
      }
    }
  }

  /// SQLite's column of bytes takes no text.
  private static func asBytes(_ row: String, _ backend: Backend) -> String {
    backend == .sqlite && row.hasPrefix("files") ? row.replacing("'')", with: "X'')") : row
  }
}
