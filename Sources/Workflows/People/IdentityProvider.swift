public import People

/// Somebody else who says who somebody is.
public protocol IdentityProvider: Sendable {
  /// How people call it, for the button.
  var title: String { get }

  /// Where to send a browser, which comes back to the address that was agreed on, with a code and
  /// the attempt's state, or with an error.
  ///
  /// - Throws: ``IdentityFault``.
  func address(for attempt: SignInAttempt) async throws -> String

  /// Who came back with a code.
  ///
  /// Ask only after ``SignInAttempt/isAnswered(by:)`` said yes. A code works once.
  ///
  /// - Throws: ``IdentityFault``.
  func identity(code: String, of attempt: SignInAttempt) async throws -> Identity
}

/// Who somebody is, as an identity provider says. Personal data: not for logs.
public struct Identity: Hashable, Sendable {
  /// Who says so. Only together with it does ``subject`` name anybody.
  public let issuer: String

  /// What the issuer calls this person, for ever and nobody else.
  public let subject: String

  /// Nothing unless the issuer says that it is theirs. People get new addresses, and old ones get
  /// new people: what to know somebody by is ``subject``.
  public let email: EmailAddress?

  public init(issuer: String, subject: String, email: EmailAddress?) {
    self.issuer = issuer
    self.subject = subject
    self.email = email
  }
}
