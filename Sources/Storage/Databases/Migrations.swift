/// The tables, in steps that are never edited once they were released.
enum Migrations {
  struct Step: Sendable {
    /// The day and the effect.
    let name: String
    let statements: @Sendable (SQLDialect) -> [String]
  }

  /// Brings a database to the newest step. Several processes may do so at once.
  static func run(on database: any SQLDatabase) throws {
    try database.write { transaction in
      if database.dialect == .postgresql {
        // Any number will do, so long as it is always the same.
        try transaction.run("SELECT pg_advisory_xact_lock(7041776)")
      }
      try transaction.run("CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY)")
      let done = Set(try transaction.rows("SELECT name FROM migrations", []).map { $0[0] })
      for step in all where !done.contains(.text(step.name)) {
        for statement in step.statements(database.dialect) { try transaction.run(statement) }
        try transaction.run("INSERT INTO migrations (name) VALUES (?)", [.text(step.name)])
      }
    }
  }

  /// Whether a database has any table with the name of one of ours. One that lacks only some of them
  /// was damaged, and is not taken for one that is empty.
  static func hasTables(_ database: any SQLDatabase) throws -> Bool {
    try database.read { transaction in
      try Backup.everyTable.contains { name in
        try transaction.row(database.dialect.findingTable, [.text(name)]) != nil
      }
    }
  }

  /// Whether a database is ours, and has no step that this program does not know.
  static func isKnown(to transaction: any SQLTransaction) throws -> Bool {
    let names = all.map { SQLValue.text($0.name) }
    let done = try transaction.rows("SELECT name FROM migrations", []).map { $0[0] }
    return done.contains(names[0]) && done.allSatisfy(names.contains)
  }

  static let all = [
    Step(name: "2026-11-21 keep the record of each inspection") { dialect in
      [
        """
        CREATE TABLE records (
          inspection TEXT NOT NULL PRIMARY KEY CHECK (length(inspection) BETWEEN 1 AND 60),
          sequence \(dialect.integer) NOT NULL CHECK (sequence >= 0),
          digest TEXT CHECK (length(digest) = 71),
          recorded_at \(dialect.integer) CHECK (recorded_at >= 0),
          CHECK ((sequence = 0) = (digest IS NULL))
        )\(dialect.strict)
        """,
        """
        CREATE TABLE entries (
          inspection TEXT NOT NULL REFERENCES records (inspection),
          sequence \(dialect.integer) NOT NULL CHECK (sequence >= 1),
          id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
          subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
          line TEXT NOT NULL CHECK (length(line) > 0),
          PRIMARY KEY (inspection, sequence)
        )\(dialect.strict)
        """,
        "CREATE INDEX entries_by_subject ON entries (inspection, subject, sequence)",
        """
        CREATE TABLE inspection_keys (
          inspection TEXT NOT NULL PRIMARY KEY CHECK (length(inspection) BETWEEN 1 AND 60),
          wrapped \(dialect.bytes)
        )\(dialect.strict)
        """,
      ] + refusal(dialect)
        + onlyAddedTo(
          "entries",
          knowing: ["inspection = NEW.inspection AND sequence = NEW.sequence", "id = NEW.id"],
          dialect)
    },
    Step(name: "2026-11-21 keep accounts and sessions") { dialect in
      [
        """
        CREATE TABLE accounts (
          id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 60),
          email TEXT NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
          name TEXT NOT NULL,
          password TEXT NOT NULL,
          is_administrator \(dialect.integer) NOT NULL CHECK (is_administrator IN (0, 1)),
          is_disabled \(dialect.integer) NOT NULL CHECK (is_disabled IN (0, 1)),
          second_factor \(dialect.bytes),
          last_step \(dialect.integer)
        )\(dialect.strict)
        """,
        """
        CREATE TABLE recovery_codes (
          digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 71),
          account TEXT NOT NULL REFERENCES accounts (id)
        )\(dialect.strict)
        """,
        """
        CREATE TABLE failures (
          name TEXT NOT NULL PRIMARY KEY CHECK (length(name) = 71),
          failures \(dialect.integer) NOT NULL CHECK (failures >= 1),
          last_failed_at \(dialect.integer) NOT NULL CHECK (last_failed_at >= 0)
        )\(dialect.strict)
        """,
        """
        CREATE TABLE sessions (
          digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 71),
          account TEXT NOT NULL REFERENCES accounts (id),
          is_complete \(dialect.integer) NOT NULL CHECK (is_complete IN (0, 1)),
          started_at \(dialect.integer) NOT NULL CHECK (started_at >= 0),
          expires_at \(dialect.integer) NOT NULL CHECK (expires_at >= started_at)
        )\(dialect.strict)
        """,
        "CREATE INDEX sessions_by_account ON sessions (account)",
      ]
    },
    Step(name: "2026-11-21 keep files, tokens and the roles of providers’ people") { dialect in
      [
        """
        CREATE TABLE files (
          inspection TEXT NOT NULL CHECK (length(inspection) BETWEEN 1 AND 60),
          digest TEXT NOT NULL CHECK (length(digest) = 71),
          sealed \(dialect.bytes) NOT NULL,
          PRIMARY KEY (inspection, digest)
        )\(dialect.strict)
        """,
        """
        CREATE TABLE views (
          inspection TEXT NOT NULL PRIMARY KEY REFERENCES records (inspection),
          revision \(dialect.integer) NOT NULL CHECK (revision >= 1),
          document TEXT NOT NULL
        )\(dialect.strict)
        """,
        """
        ALTER TABLE accounts ADD COLUMN is_lead_inspector \(dialect.integer) NOT NULL DEFAULT 0
        CHECK (is_lead_inspector IN (0, 1))
        """,
        """
        CREATE TABLE tokens (
          digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 71),
          id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
          account TEXT NOT NULL REFERENCES accounts (id),
          title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
          inspection TEXT NOT NULL CHECK (length(inspection) BETWEEN 1 AND 60),
          permissions TEXT NOT NULL,
          expires_at \(dialect.integer) NOT NULL CHECK (expires_at >= 0)
        )\(dialect.strict)
        """,
        """
        CREATE TABLE identities (
          issuer TEXT NOT NULL CHECK (length(issuer) > 0),
          subject TEXT NOT NULL CHECK (length(subject) > 0),
          account TEXT NOT NULL REFERENCES accounts (id),
          PRIMARY KEY (issuer, subject),
          UNIQUE (issuer, account)
        )\(dialect.strict)
        """,
        """
        CREATE TABLE provider_roles (
          account TEXT NOT NULL REFERENCES accounts (id),
          provider TEXT NOT NULL CHECK (length(provider) BETWEEN 1 AND 100),
          role TEXT NOT NULL,
          PRIMARY KEY (account, provider)
        )\(dialect.strict)
        """,
      ]
        + onlyAddedTo(
          "files", knowing: ["inspection = NEW.inspection AND digest = NEW.digest"], dialect)
    },
    Step(name: "2026-11-22 know when a device was in contact") { dialect in
      [
        """
        CREATE TABLE device_contacts (
          inspection TEXT NOT NULL REFERENCES records (inspection),
          device TEXT NOT NULL CHECK (length(device) = 36),
          author TEXT NOT NULL CHECK (length(author) BETWEEN 1 AND 60),
          at \(dialect.integer) NOT NULL CHECK (at >= 0),
          waiting \(dialect.integer) NOT NULL CHECK (waiting >= 0),
          PRIMARY KEY (inspection, device, author)
        )\(dialect.strict)
        """
      ]
    },
    Step(name: "2026-11-30 work out anew how inspections stand") { _ in
      // Answers that came while a case was returned are not late any more.
      ["DELETE FROM views"]
    },
    Step(name: "2026-11-30 know how many cases a device holds") { dialect in
      [
        """
        ALTER TABLE device_contacts ADD COLUMN held \(dialect.integer) NOT NULL DEFAULT 0
        CHECK (held >= 0)
        """
      ]
    },
  ]

  /// What triggers of PostgreSQL call.
  private static func refusal(_ dialect: SQLDialect) -> [String] {
    guard dialect == .postgresql else { return [] }
    return [
      """
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN RAISE EXCEPTION ''the record is only added to''; END'
      """
    ]
  }

  /// What makes the database refuse a change of what is there.
  ///
  /// - Parameter keys: What finds a row that a new one would replace.
  private static func onlyAddedTo(
    _ table: String, knowing keys: [String], _ dialect: SQLDialect
  ) -> [String] {
    switch dialect {
    case .sqlite:
      // INSERT OR REPLACE takes a row away without asking the triggers against changes.
      let exists = keys.map { "EXISTS (SELECT 1 FROM \(table) WHERE \($0))" }
      return ["UPDATE", "DELETE"].map { change in
        """
        CREATE TRIGGER \(table)_no_\(change.lowercased()) BEFORE \(change) ON \(table)
        BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END
        """
      } + [
        """
        CREATE TRIGGER \(table)_no_replace BEFORE INSERT ON \(table)
        WHEN \(exists.joined(separator: " OR "))
        BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END
        """
      ]
    case .postgresql:
      return [
        """
        CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON \(table)
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """
      ]
    }
  }
}
