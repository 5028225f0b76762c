public import Calendars
public import Fieldwork
public import People
public import Providers
public import Records
public import RuleFiles

/// What a session leads to.
public struct SessionHolder: Hashable, Sendable {
  public let session: Session
  public let account: Account

  /// Whether they are somebody of a provider.
  public let isOfProvider: Bool

  public init(session: Session, account: Account, isOfProvider: Bool) {
    self.session = session
    self.account = account
    self.isOfProvider = isOfProvider
  }
}

/// Somebody who may sign in.
public struct Account: Hashable, Sendable {
  public let id: AuthorID
  public let email: EmailAddress
  public let name: String

  /// Manages accounts, and sees no cases.
  public let isAdministrator: Bool

  /// Sets up inspections, and leads those.
  public let isLeadInspector: Bool
  public let isDisabled: Bool

  public init(
    id: AuthorID, email: EmailAddress, name: String, isAdministrator: Bool = false,
    isLeadInspector: Bool = false, isDisabled: Bool = false
  ) {
    self.id = id
    self.email = email
    self.name = name
    self.isAdministrator = isAdministrator
    self.isLeadInspector = isLeadInspector
    self.isDisabled = isDisabled
  }
}

/// What somebody is known by.
public struct Credentials: Sendable {
  public let account: Account
  public let password: PasswordHash

  /// The secret of the second factor, sealed; nothing where none is set up.
  public let secondFactor: [UInt8]?

  public init(account: Account, password: PasswordHash, secondFactor: [UInt8]?) {
    self.account = account
    self.password = password
    self.secondFactor = secondFactor
  }
}

/// A sign-in that lasts.
public struct Session: Hashable, Sendable {
  public let account: AuthorID

  /// Whether the second factor was shown, where one is set up. Until then it gives no right.
  public let isComplete: Bool
  public let startedAt: Instant

  /// The first instant at which it is no session any more.
  public let expiresAt: Instant

  public init(account: AuthorID, isComplete: Bool, startedAt: Instant, expiresAt: Instant) {
    self.account = account
    self.isComplete = isComplete
    self.startedAt = startedAt
    self.expiresAt = expiresAt
  }
}

/// What a program may do in somebody's name: at most what they may do themselves.
public struct AccessToken: Hashable, Sendable {
  public let id: EntryID
  public let account: AuthorID

  /// What its holder calls it.
  public let title: String

  /// The one inspection that it is for.
  public let inspection: InspectionID
  public let permissions: Set<Permission>

  /// The first instant at which it is none any more.
  public let expiresAt: Instant

  /// What a token can be for.
  public static let allowed: [Permission] = [.seeInspection, .answer, .takeRecord]

  public init(
    id: EntryID, account: AuthorID, title: String, inspection: InspectionID,
    permissions: Set<Permission>, expiresAt: Instant
  ) {
    self.id = id
    self.account = account
    self.title = title
    self.inspection = inspection
    self.permissions = permissions
    self.expiresAt = expiresAt
  }
}

/// What somebody is for a provider.
public struct ProviderRole: Hashable, Sendable {
  public let provider: Provider.ID
  public let role: Role

  public init(provider: Provider.ID, role: Role) {
    self.provider = provider
    self.role = role
  }
}

/// What came of counting an attempt to sign in.
public enum CountedAttempt: Hashable, Sendable {
  case counted(TakenAttempt)

  /// There were too many: nothing was counted, and the next is looked at then.
  case wait(until: Instant)
}

/// An attempt that was counted as a failure, and what it followed.
public struct TakenAttempt: Hashable, Sendable {
  public let at: Instant

  /// When the one before it failed; nothing where it was the first.
  public let lastFailedAt: Instant?

  public init(at instant: Instant, after lastFailedAt: Instant?) {
    at = instant
    self.lastFailedAt = lastFailedAt
  }
}

/// Where accounts are kept. Of secrets only digests are.
public protocol AccountStore: Sendable {
  /// - Returns: Whether it was added; false when its address has an account.
  func add(_ account: Account, password: PasswordHash) async throws -> Bool

  /// Every account, in the order of their addresses.
  func accounts() async throws -> [Account]
  func account(_ id: AuthorID) async throws -> Account?
  func credentials(of email: EmailAddress) async throws -> Credentials?
  func credentials(of id: AuthorID) async throws -> Credentials?

  func keep(_ password: PasswordHash, of id: AuthorID) async throws

  /// Lets somebody sign in again, or not any more, which ends their sessions.
  func setDisabled(_ isDisabled: Bool, _ id: AuthorID) async throws

  /// Keeps the sealed secret of a second factor, with recovery codes instead of the earlier ones.
  ///
  /// - Parameter lastStep: The step of the code that set it up, which is of no use any more.
  func keep(secondFactor: [UInt8]?, lastStep: Int?, recoveryCodes: [Digest], of id: AuthorID)
    async throws

  /// Notes that the code of a step was used.
  ///
  /// - Returns: Whether none of that step or a later one was used before.
  func use(step: Int, of id: AuthorID) async throws -> Bool

  /// Uses a recovery code up.
  ///
  /// - Returns: Whether it was one of theirs and not used before.
  func use(recoveryCode: Digest, of id: AuthorID) async throws -> Bool

  /// Counts an attempt as a failure before it is looked at, so that none of many at once goes
  /// uncounted.
  ///
  /// - Parameter name: Of what somebody called themselves; whether there is such an account does not
  ///   matter.
  func countFailure(of name: Digest, at instant: Instant) async throws -> CountedAttempt

  /// Takes one attempt back that was counted and never looked at. Others stay counted.
  func takeBackFailure(of name: Digest, _ attempt: TakenAttempt) async throws

  /// Notes when an attempt that was counted turned out wrong: the wait starts then.
  func noteFailure(of name: Digest, at instant: Instant) async throws

  /// Forgets the failures of somebody who got it right.
  func forgetFailures(of name: Digest) async throws

  func add(_ session: Session, _ digest: Digest) async throws
  func session(_ digest: Digest) async throws -> Session?

  /// The session with its account: what every request of somebody who signed in asks for. Whether
  /// it lasts is for the asker.
  func holder(ofSession digest: Digest) async throws -> SessionHolder?
  func endSession(_ digest: Digest) async throws
  func endSessions(of id: AuthorID) async throws
  func endSessions(expiredAt instant: Instant) async throws

  /// Whom an identity provider’s name for somebody belongs to.
  func account(known identity: Identity) async throws -> AuthorID?

  /// Notes whom an identity provider’s name for somebody belongs to, unless it belongs to somebody
  /// already.
  func link(_ identity: Identity, to id: AuthorID) async throws

  func add(_ token: AccessToken, _ digest: Digest) async throws
  func token(_ digest: Digest) async throws -> AccessToken?

  /// Somebody's tokens, the one that ends last first.
  func tokens(of id: AuthorID) async throws -> [AccessToken]
  func endToken(_ token: EntryID, of id: AuthorID) async throws
  func endTokens(of id: AuthorID) async throws

  /// In the order of the providers.
  func providerRoles(of id: AuthorID) async throws -> [ProviderRole]

  /// Makes somebody something for a provider, or nothing.
  func set(_ role: Role?, for provider: Provider.ID, _ id: AuthorID) async throws
}
