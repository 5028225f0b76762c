import Calendars
public import Fieldwork
public import Providers
public import Records
public import RuleFiles
public import Workflows

/// Tokens, and what people are for providers.
extension StoredAccounts {
  public func add(_ token: AccessToken, _ digest: Digest) async throws {
    try await database.write { transaction in
      let names = token.permissions.map(\.rawValue).sorted().joined(separator: ",")
      try transaction.run(
        """
        INSERT INTO tokens (digest, id, account, title, inspection, permissions, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
        [
          .text(digest.description), .text(token.id.description), .text(token.account.description),
          .text(token.title), .text(token.inspection.description), .text(names),
          .integer(token.expiresAt.milliseconds),
        ])
    }
  }

  public func token(_ digest: Digest) async throws -> AccessToken? {
    try await tokens("digest", digest.description).first
  }

  public func tokens(of id: AuthorID) async throws -> [AccessToken] {
    try await tokens("account", id.description).sorted {
      ($1.expiresAt.milliseconds, $0.id) < ($0.expiresAt.milliseconds, $1.id)
    }
  }

  private func tokens(_ column: String, _ value: String) async throws -> [AccessToken] {
    try await database.read { transaction in
      try transaction.rows(
        """
        SELECT id, account, title, inspection, permissions, expires_at FROM tokens
        WHERE \(column) = ?
        """, [.text(value)]
      ).map { row in
        let names = row[4].text?.split(separator: ",") ?? []
        let permissions = names.compactMap { Permission(rawValue: String($0)) }
        guard let id = row[0].text.flatMap({ EntryID($0) }),
          let account = row[1].text.flatMap({ AuthorID($0) }), let title = row[2].text,
          let inspection = row[3].text.flatMap({ InspectionID($0) }),
          permissions.count == names.count,
          let expiresAt = row[5].integer.flatMap({ Instant(exactly: $0) })
        else { throw StoreFault.damaged("tokens") }
        return AccessToken(
          id: id, account: account, title: title, inspection: inspection,
          permissions: Set(permissions), expiresAt: expiresAt)
      }
    }
  }

  public func endToken(_ token: EntryID, of id: AuthorID) async throws {
    try await database.write { transaction in
      try transaction.run(
        "DELETE FROM tokens WHERE id = ? AND account = ?",
        [.text(token.description), .text(id.description)])
    }
  }

  public func endTokens(of id: AuthorID) async throws {
    try await database.write { transaction in
      try transaction.run("DELETE FROM tokens WHERE account = ?", [.text(id.description)])
    }
  }

  // MARK: - Identities

  public func account(known identity: Identity) async throws -> AuthorID? {
    try await database.read { transaction in
      try transaction.row(
        "SELECT account FROM identities WHERE issuer = ? AND subject = ?",
        [.text(identity.issuer), .text(identity.subject)])?[0].text.flatMap { AuthorID($0) }
    }
  }

  public func link(_ identity: Identity, to id: AuthorID) async throws {
    try await database.write { transaction in
      try transaction.run(
        """
        INSERT INTO identities (issuer, subject, account) VALUES (?, ?, ?)
        ON CONFLICT DO NOTHING
        """, [.text(identity.issuer), .text(identity.subject), .text(id.description)])
    }
  }

  // MARK: - Providers

  public func providerRoles(of id: AuthorID) async throws -> [ProviderRole] {
    try await database.read { transaction in
      try transaction.rows(
        "SELECT provider, role FROM provider_roles WHERE account = ?", [.text(id.description)]
      ).map { row in
        guard let provider = row[0].text.flatMap({ Provider.ID($0) }),
          let role = row[1].text.flatMap(Role.init)
        else { throw StoreFault.damaged("provider_roles") }
        return ProviderRole(provider: provider, role: role)
      }
    }.sorted { $0.provider.slug < $1.provider.slug }
  }

  public func set(_ role: Role?, for provider: Provider.ID, _ id: AuthorID) async throws {
    try await database.write { transaction in
      let place: [SQLValue] = [.text(id.description), .text(provider.slug)]
      guard let role else {
        return try transaction.run(
          "DELETE FROM provider_roles WHERE account = ? AND provider = ?", place)
      }
      try transaction.run(
        """
        INSERT INTO provider_roles (account, provider, role) VALUES (?, ?, ?)
        ON CONFLICT (account, provider) DO UPDATE SET role = excluded.role
        """, place + [.text(role.rawValue)])
    }
  }
}
