import Calendars
import Fieldwork
import People
import Records
import RuleFiles
import Synchronization
import Workflows

/// Tokens that were shown of late, so that not every request asks the database.
///
/// A token that was ended works for a second more at most.
final class TokenMemory: Sendable {
  /// Whose token it is, and what it may.
  struct Holder: Sendable {
    let account: Account
    let token: AccessToken
    let isOfProvider: Bool
  }

  private struct Known {
    let holder: Holder?
    let readAt: Instant
  }

  private static let seconds = 1
  private static let most = 10_000
  private let known = Mutex<[Digest: Known]>([:])

  /// Who holds a token that still lasts.
  func holder(
    of secret: String, in accounts: any AccountStore, at now: Instant
  ) async throws -> Holder? {
    let digest = HeldSecret.digest(of: secret, .token)
    if let known = known.withLock({ $0[digest] }), now < known.readAt.adding(seconds: Self.seconds)
    {
      return known.holder.flatMap { now < $0.token.expiresAt ? $0 : nil }
    }
    var holder: Holder?
    if let token = try await accounts.token(digest), now < token.expiresAt,
      let account = try await accounts.account(token.account), !account.isDisabled
    {
      let providers = try await accounts.providerRoles(of: account.id)
      holder = Holder(account: account, token: token, isOfProvider: !providers.isEmpty)
    }
    let found = holder
    known.withLock { known in
      if known.count >= Self.most { known = [:] }
      known[digest] = Known(holder: found, readAt: now)
    }
    return holder
  }
}

extension StaffSite {
  /// How old what is known of an inspection may be when a program asks, in seconds.
  private static let programPatience = 1

  /// Who holds the token that a program shows.
  func holder(of request: StaffRequest) async throws -> TokenMemory.Holder? {
    guard let given = request.authorization, given.lowercased().hasPrefix("bearer ") else {
      return nil
    }
    return try await tokens.holder(
      of: String(given.dropFirst(7)), in: desks.accounts, at: desks.now())
  }

  /// Lets a program in that holds a token for what it wants, as far as its holder may.
  func admitProgram(
    _ request: StaffRequest, _ permission: Permission, _ parameters: [String: String]
  ) async throws -> Admission {
    guard let holder = try await holder(of: request) else {
      return .refused(
        ProgramRoutes.refusal(401, ["show a token that lasts: Authorization: Bearer plumbt-…"]))
    }
    guard let id = parameters["inspection"].flatMap({ InspectionID($0) }),
      id == holder.token.inspection,
      let inspection = try await memory.inspection(id, within: Self.programPatience)
    else { return .refused(ProgramRoutes.refusal(404, ["there is no such inspection"])) }
    let roles = Self.roles(
      of: holder.account, in: inspection, isOfProvider: holder.isOfProvider)
    if roles.isEmpty {
      return .refused(ProgramRoutes.refusal(404, ["there is no such inspection"]))
    }
    guard holder.token.permissions.contains(permission),
      case .inspection(let allowed) = permission.ground, !roles.isDisjoint(with: allowed)
    else {
      return .refused(
        ProgramRoutes.refusal(403, ["the token, or its holder, may not \(permission.rawValue)"]))
    }
    return .admitted(
      Visit(
        request: request, parameters: parameters, form: SubmittedForm(),
        visitor: Visitor(
          account: holder.account, isOfProvider: holder.isOfProvider, secret: ""),
        formToken: "", remembering: nil, inspection: inspection, provider: nil, roles: roles))
  }

  /// The inspection that a path names, for those who show its secret.
  func inspection(in parameters: [String: String]) async throws -> OpenInspection? {
    guard let id = parameters["inspection"].flatMap({ InspectionID($0) }) else { return nil }
    return try await memory.inspection(id)
  }
}
