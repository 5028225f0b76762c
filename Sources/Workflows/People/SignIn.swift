public import Calendars
public import Foundation
public import People
public import Records
import RuleFiles
import Synchronization

/// Signing in, in one step or two.
///
/// What is said of a wrong address, a wrong password and a disabled account is the same, and takes
/// the same time.
public struct SignIn: Sendable {
  private let store: any AccountStore
  private let masterKey: MasterKey
  private let now: @Sendable () -> Instant
  private let cost: PasswordHash.Cost
  private let work: @Sendable (@escaping @Sendable () -> Bool) async throws -> Bool

  /// How long a session lasts, in seconds: a working day.
  public static let length = 12 * 60 * 60

  /// How long there is to show the second factor, in seconds.
  public static let patience = 10 * 60

  /// What a password is compared with where there is no account, so that it takes as long.
  private let nobody: PasswordHash

  /// - Parameters:
  ///   - now: The clock.
  ///   - cost: What accounts' passwords cost to guess.
  ///   - work: Does what takes long, a few at a time, where nobody else has to wait for it; throws
  ///     ``TooManyPasswords`` when too much waits already.
  public init(
    _ store: any AccountStore, masterKey: MasterKey, now: @escaping @Sendable () -> Instant,
    cost: PasswordHash.Cost = .usual,
    work: @escaping @Sendable (@escaping @Sendable () -> Bool) async throws -> Bool
  ) {
    self.store = store
    self.masterKey = masterKey
    self.now = now
    self.cost = cost
    self.work = work
    nobody = PasswordHash("nobody’s", salt: Data(repeating: 0, count: 16), cost: cost)
  }

  public enum Outcome: Hashable, Sendable {
    /// The secret to hold from now on.
    case signedIn(HeldSecret)

    /// The secret to show together with the second factor.
    case needsCode(HeldSecret)
    case wrong

    /// Too many wrong ones: nothing is looked at before then.
    case wait(until: Instant)
  }

  /// The first step: address and password.
  public func begin(
    _ address: String, _ password: String, using chance: inout some RandomNumberGenerator
  ) async throws -> Outcome {
    let email = EmailAddress(address)
    let name = name(email?.description ?? address)
    let attempt: TakenAttempt
    switch try await store.countFailure(of: name, at: now()) {
    case .counted(let taken): attempt = taken
    case .wait(let until): return .wait(until: until)
    }
    var credentials: Credentials?
    if let email { credentials = try await store.credentials(of: email) }
    let hash = credentials?.password ?? nobody
    let isRight = try await compare(name, attempt) { hash.isOf(password) }
    guard isRight, let credentials, !credentials.account.isDisabled else {
      try await store.noteFailure(of: name, at: now())
      return .wrong
    }
    if credentials.secondFactor != nil {
      return .needsCode(
        try await start(credentials.account.id, isComplete: false, using: &chance))
    }
    try await store.forgetFailures(of: name)
    return .signedIn(try await start(credentials.account.id, isComplete: true, using: &chance))
  }

  /// The second step: the digits that an app shows, or a recovery code.
  ///
  /// - Parameter secret: What ``Outcome/needsCode(_:)`` gave. It is of no use afterwards.
  public func finish(
    _ secret: String, code: String, using chance: inout some RandomNumberGenerator
  ) async throws -> Outcome {
    let digest = HeldSecret.digest(of: secret, .session)
    guard let session = try await store.session(digest), !session.isComplete,
      now() < session.expiresAt,
      let credentials = try await store.credentials(of: session.account),
      !credentials.account.isDisabled
    else { return .wrong }
    let name = name(credentials.account.email.description)
    if case .wait(let until) = try await store.countFailure(of: name, at: now()) {
      return .wait(until: until)
    }
    guard try await isRight(code, credentials) else { return .wrong }
    try await store.endSession(digest)
    try await store.forgetFailures(of: name)
    return .signedIn(try await start(session.account, isComplete: true, using: &chance))
  }

  private func isRight(_ code: String, _ credentials: Credentials) async throws -> Bool {
    let id = credentials.account.id
    if let sealed = credentials.secondFactor,
      let secret = masterKey.open(sealed, named: Self.factorName(id)),
      let step = SecondFactor(secret: Data(secret)).step(of: code, at: now(), after: nil)
    {
      return try await store.use(step: step, of: id)
    }
    return try await store.use(
      recoveryCode: HeldSecret.digest(of: code, .recovery), of: id)
  }

  /// Signs in whom an identity provider named, which asked for a password and what else it wants.
  ///
  /// Who comes the first time is found by an address that the provider says is theirs.
  ///
  /// - Returns: Nothing when they have no account, or one that is disabled.
  public func begin(
    _ identity: Identity, using chance: inout some RandomNumberGenerator
  ) async throws -> HeldSecret? {
    var id = try await store.account(known: identity)
    if id == nil, let email = identity.email,
      let found = try await store.credentials(of: email)?.account, !found.isDisabled
    {
      // An account has one name at each provider: an address that somebody else got opens nothing.
      try await store.link(identity, to: found.id)
      id = try await store.account(known: identity)
    }
    guard let id, let account = try await store.account(id), !account.isDisabled else { return nil }
    return try await start(id, isComplete: true, using: &chance)
  }

  /// Who holds a secret; nothing unless its session is complete, lasts, and its account may sign in.
  public func account(holding secret: String) async throws -> Account? {
    try await holder(of: secret)?.account
  }

  /// Who holds a secret, with whether they are somebody of a provider; nothing where
  /// ``account(holding:)`` gives nothing.
  public func holder(of secret: String) async throws -> SessionHolder? {
    guard
      let holder = try await store.holder(ofSession: HeldSecret.digest(of: secret, .session)),
      holder.session.isComplete, now() < holder.session.expiresAt, !holder.account.isDisabled
    else { return nil }
    return holder
  }

  public func signOut(_ secret: String) async throws {
    try await store.endSession(HeldSecret.digest(of: secret, .session))
  }

  public func signOutEverywhere(_ id: AuthorID) async throws {
    try await store.endSessions(of: id)
  }

  // MARK: - Passwords

  public enum ChangeOutcome: Hashable, Sendable {
    case changed

    /// The present password is another one.
    case wrong
    case wait(until: Instant)

    /// It would have been changed, if the new one had been allowed.
    case notAllowed
  }

  public enum Confirmation: Hashable, Sendable {
    case right
    case wrong
    case wait(until: Instant)
  }

  /// Whether somebody who signed in knows their password still. Wrong ones count.
  public func confirm(_ id: AuthorID, _ password: String) async throws -> Confirmation {
    guard let credentials = try await store.credentials(of: id) else { return .wrong }
    let name = name(credentials.account.email.description)
    let attempt: TakenAttempt
    switch try await store.countFailure(of: name, at: now()) {
    case .counted(let taken): attempt = taken
    case .wait(let until): return .wait(until: until)
    }
    guard try await compare(name, attempt, { credentials.password.isOf(password) }) else {
      try await store.noteFailure(of: name, at: now())
      return .wrong
    }
    try await store.forgetFailures(of: name)
    return .right
  }

  /// Compares a password, which was counted as a wrong one under a name. Where too many wait it is
  /// not looked at, so it does not count.
  private func compare(
    _ name: Digest, _ attempt: TakenAttempt, _ comparison: @escaping @Sendable () -> Bool
  ) async throws -> Bool {
    do {
      return try await work(comparison)
    } catch {
      try await store.takeBackFailure(of: name, attempt)
      throw error
    }
  }

  /// Changes a password, which ends every session and token.
  ///
  /// - Parameter isAllowed: Whether the new one may be chosen (``PasswordRule``).
  public func change(
    of id: AuthorID, from present: String, to wanted: String, isAllowed: Bool
  ) async throws -> ChangeOutcome {
    switch try await confirm(id, present) {
    case .right: break
    case .wrong: return .wrong
    case .wait(let until): return .wait(until: until)
    }
    guard isAllowed else { return .notAllowed }
    try await store.keep(try await hash(wanted), of: id)
    try await end(id)
    return .changed
  }

  /// Gives somebody a new password who lost theirs, and forgets their second factor if they lost
  /// that, too. Ends every session and token of theirs.
  public func reset(_ id: AuthorID, to password: String, forgetsFactor: Bool) async throws {
    try await store.keep(try await hash(password), of: id)
    if forgetsFactor {
      try await store.keep(secondFactor: nil, lastStep: nil, recoveryCodes: [], of: id)
    }
    try await end(id)
  }

  private func end(_ id: AuthorID) async throws {
    try await store.endSessions(of: id)
    try await store.endTokens(of: id)
  }

  /// Makes an account.
  ///
  /// - Returns: Whether it was added; false when its address has an account.
  public func add(_ account: Account, password: String) async throws -> Bool {
    try await store.add(account, password: try await hash(password))
  }

  private func hash(_ password: String) async throws -> PasswordHash {
    let hash = Mutex<PasswordHash?>(nil)
    let salt = Data((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    _ = try await work { [cost] in
      let made = PasswordHash(password, salt: salt, cost: cost)
      hash.withLock { $0 = made }
      return true
    }
    guard let hash = hash.withLock({ $0 }) else {
      preconditionFailure("work does what it is given")
    }
    return hash
  }

  // MARK: - Setting up

  /// Sets up a second factor, once a code of it was shown.
  ///
  /// - Returns: Recovery codes to write down; nothing when the code is wrong.
  public func setUp(
    _ factor: Data, code: String, of id: AuthorID, using chance: inout some RandomNumberGenerator
  ) async throws -> [HeldSecret]? {
    guard let step = SecondFactor(secret: factor).step(of: code, at: now(), after: nil) else {
      return nil
    }
    var codes: [HeldSecret] = []
    for _ in 0..<10 { codes.append(HeldSecret(.recovery, using: &chance)) }
    try await store.keep(
      secondFactor: masterKey.seal(factor, named: Self.factorName(id)),
      lastStep: step, recoveryCodes: codes.map { $0.digest(.recovery) }, of: id)
    return codes
  }

  private func start(
    _ id: AuthorID, isComplete: Bool, using chance: inout some RandomNumberGenerator
  ) async throws -> HeldSecret {
    let secret = HeldSecret(.session, using: &chance)
    let instant = now()
    try await store.endSessions(expiredAt: instant)
    try await store.add(
      Session(
        account: id, isComplete: isComplete, startedAt: instant,
        expiresAt: instant.adding(seconds: isComplete ? Self.length : Self.patience)),
      secret.digest(.session))
    return secret
  }

  /// What failures are counted under: not the address itself, which may be a password that somebody
  /// typed into the wrong field, and nothing that could be found by guessing.
  private func name(_ address: String) -> Digest {
    masterKey.digest(of: "sign-in \(address.prefix(300))")
  }

  private static func factorName(_ id: AuthorID) -> String { "second factor \(id)" }

  /// Whether a master key opens the sealed secret of somebody’s second factor.
  public static func opens(
    _ secondFactor: [UInt8], of id: AuthorID, with masterKey: MasterKey
  ) -> Bool {
    masterKey.open(secondFactor, named: factorName(id)) != nil
  }
}

/// More people sign in at once than passwords can be compared. None was looked at, nothing was
/// recorded, and no attempt was counted.
public struct TooManyPasswords: PlainFault {
  public init() {}

  public var description: String { "too many passwords wait to be compared" }
}
