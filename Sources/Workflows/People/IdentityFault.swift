/// Why an identity provider is no help, in facts that hold no secret, no setting and nothing of the
/// person who signs in.
public enum IdentityFault: Error, Hashable {
  /// What it was set up with cannot be used.
  case unusable(Setting)

  /// It cannot do what is needed, by its own account.
  case unsupported(Feature)

  /// There was no connection, or no whole answer in time.
  case unreachable(Document)

  /// It answered with another status than success, such as 500 or a redirect.
  case refused(Document, status: Int)

  /// Its answer is larger than is read.
  case tooLarge(Document)

  /// Its answer is not what the standard says.
  case unreadable(Document)

  /// It calls itself something else than it was set up with.
  case otherIssuer

  /// The code is wrong, too old, used already or somebody else’s. People come here by going back.
  case codeRefused

  /// It does not know this installation, or not by this secret.
  case clientRefused

  /// What it says of the person is not to be believed.
  case unbelievable(Claim)

  /// It was asked after it was closed.
  case closed

  public enum Setting: String, Hashable, Sendable {
    case issuer
    case client
    case redirectAddress = "redirect address"
  }

  public enum Feature: String, Hashable, Sendable {
    case code = "the authorization code flow"
    case challenge = "PKCE with S256"
    case clientAuthentication = "client_secret_basic, or a client without a secret"
  }

  /// What it was asked for.
  public enum Document: String, Hashable, Sendable {
    case discovery = "configuration"
    case keys
    case token
  }

  /// What is wrong with an ID token.
  public enum Claim: String, Hashable, Sendable {
    /// None of the asymmetric ones that are known here.
    case algorithm

    /// None of the keys that it publishes.
    case key
    case signature
    case issuer
    case audience

    /// Its end is over, or missing.
    case expiry = "end"

    /// It was made in the future, too long ago, or nobody knows when.
    case issuedAt = "time of issue"

    /// It answers another attempt.
    case nonce
    case subject
  }
}

extension IdentityFault: CustomStringConvertible {
  /// What happened and what to do, for those who run an installation.
  public var description: String {
    switch self {
    case .unusable(.issuer):
      "The issuer is no https address without a query (http is for 127.0.0.1 and localhost alone). "
        + "Give it as the provider writes it."
    case .unusable(let setting):
      "The \(setting.rawValue) of the identity provider cannot be used. Correct the settings."
    case .unsupported(let feature):
      "The identity provider does not offer \(feature.rawValue). Allow it there."
    case .unreachable(let document):
      "The identity provider did not answer in time when asked for its \(document.rawValue). "
        + "Try again, and check that its server can be reached from here."
    case .refused(let document, let status):
      "The identity provider answered with status \(status) when asked for its "
        + "\(document.rawValue). Check its address, and its log."
    case .tooLarge(let document):
      "The identity provider’s \(document.rawValue) is larger than is read. Check its address."
    case .unreadable(let document):
      "The identity provider’s \(document.rawValue) is not what OpenID Connect says. "
        + "Check its address."
    case .otherIssuer:
      "The identity provider calls itself something else. Give the issuer exactly as it does."
    case .codeRefused:
      "The identity provider does not take the code. Sign in again."
    case .clientRefused:
      "The identity provider does not know this installation. Check the client’s id and secret."
    case .unbelievable(let claim):
      "The identity provider’s token was refused for its \(claim.rawValue). Sign in again; if it "
        + "stays so, check the settings and both clocks."
    case .closed:
      "The identity provider was asked after it was closed."
    }
  }
}
