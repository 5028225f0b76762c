public import RuleFiles

/// Something long and random that somebody holds and shows: a session, a token of a program, a
/// recovery code. What is kept is its digest, which is of no use to who steals it.
public struct HeldSecret: Hashable, Sendable {
  /// What its holder is given, once.
  public let text: String

  public enum Kind: String, CaseIterable, Sendable {
    /// In a cookie.
    case session

    /// In the header of a program's request.
    case token

    /// On a piece of paper.
    case recovery
  }

  /// Makes a new one.
  ///
  /// - Parameter chance: Where its bits come from: 160 of them, and 80 for what people type.
  public init(_ kind: Kind, using chance: inout some RandomNumberGenerator) {
    func bytes(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in UInt8(truncatingIfNeeded: chance.next() as UInt64) }
    }
    switch kind {
    case .session: text = "plumbs-" + Base32.text(bytes(20)).lowercased()
    case .token: text = "plumbt-" + Base32.text(bytes(20)).lowercased()
    case .recovery:
      let letters = Base32.text(bytes(10)).lowercased()
      text = stride(from: 0, to: 16, by: 4).map { start in
        String(letters.dropFirst(start).prefix(4))
      }.joined(separator: "-")
    }
  }

  /// The digest of what somebody shows, to look it up by.
  ///
  /// Capitals, hyphens and white space do not matter in what people type.
  public static func digest(of text: String, _ kind: Kind) -> Digest {
    let known =
      kind == .recovery
      ? text.lowercased().filter { !$0.isWhitespace && $0 != "-" } : text
    return Digest(of: Array("\(kind.rawValue) \(known)".utf8))
  }

  public func digest(_ kind: Kind) -> Digest { Self.digest(of: text, kind) }
}
