/// Which passwords may be chosen.
///
/// Length is what counts; no kinds of characters are asked for, and nothing expires.
///
/// - Source: National Cyber Security Centre, guidance on password policy: long, not common, no
///   rules on characters. The numbers are ours.
public enum PasswordRule {
  /// The fewest characters.
  public static let shortest = 12

  /// The most bytes, so that nobody can make us work for long.
  public static let longest = 1_000

  /// Why a password cannot be chosen.
  public enum Fault: Hashable, Sendable {
    case tooShort
    case tooLong

    /// It has fewer than five different characters.
    case tooPlain

    /// It holds the e-mail address, or the part before the at sign.
    case holdsTheAddress
  }

  /// Nothing when it may be chosen.
  ///
  /// - Parameter email: Nothing where it is not known yet.
  public static func fault(in password: String, of email: EmailAddress?) -> Fault? {
    if password.utf8.count > longest { return .tooLong }
    if password.count < shortest { return .tooShort }
    let small = password.lowercased()
    if Set(small).count < 5 { return .tooPlain }
    if let local = email?.description.prefix(while: { $0 != "@" }), local.count > 3,
      small.contains(local)
    {
      return .holdsTheAddress
    }
    return nil
  }
}

extension PasswordRule.Fault {
  /// The rest of a sentence that starts with the password, and what to do, without its full stop.
  public var sentence: String { "\(what): \(remedy)" }

  /// The rest of a sentence that starts with the password.
  public var what: String {
    switch self {
    case .tooShort: "has fewer than \(PasswordRule.shortest) characters"
    case .tooLong: "has more than \(PasswordRule.longest) bytes"
    case .tooPlain: "has fewer than five different characters"
    case .holdsTheAddress: "holds the e-mail address"
    }
  }

  /// What to do, without a full stop.
  public var remedy: String {
    switch self {
    case .tooShort: "choose a longer one"
    case .tooLong: "choose a shorter one"
    case .tooPlain, .holdsTheAddress: "choose another"
    }
  }
}

/// An e-mail address as an account is found by: in small letters, without white space around it.
public struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Nothing unless there is one at sign with something before it and a name with a point behind
  /// it, no white space, and at most 254 bytes.
  public init?(_ text: some StringProtocol) {
    let text = String(text).trimmed.lowercased()
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard text.utf8.count <= 254, parts.count == 2, !parts[0].isEmpty,
      !text.contains(where: { $0.isWhitespace || $0.isNewline }),
      !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
    else { return nil }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }) else { return nil }
    description = text
  }
}

extension String {
  fileprivate var trimmed: String {
    var part = self[...]
    while let first = part.first, first.isWhitespace { part = part.dropFirst() }
    while let last = part.last, last.isWhitespace { part = part.dropLast() }
    return String(part)
  }
}
