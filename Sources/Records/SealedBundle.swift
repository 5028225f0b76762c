import Foundation

/// A file that one installation signed and that only one other can open.
///
/// Three lines of text say what it is, who signed it and for whom it is; then comes what is sealed,
/// and last the signature over everything before it. The signature is looked at before anything is
/// opened; what is sealed is bound to both keys, so that nobody can sign it anew as their own.
public enum SealedBundle {
  private static let format = "plumbline-bundle/1"

  /// Why a file was not opened.
  public enum Fault: Error, Hashable {
    case isNone

    /// It names another installation as the one that it comes from.
    case isFromAnother(InstallationKey.Public)
    case isForAnother(InstallationKey.Public)

    /// It was changed after it was signed, is not whole, or was not signed.
    case isDamaged
  }

  /// - Returns: Nothing when `recipient` is a key for which nothing can be sealed.
  public static func seal(
    _ bytes: [UInt8], from sender: InstallationKey, to recipient: InstallationKey.Public
  ) -> [UInt8]? {
    let heading = heading(from: sender.known, to: recipient)
    guard let box = InstallationKey.seal(bytes, for: recipient, at: heading) else { return nil }
    let signed = Data(heading.utf8) + box
    return Array(signed + sender.sign(signed))
  }

  /// - Parameter sender: Whose signature is asked for.
  public static func open(
    _ file: [UInt8], from sender: InstallationKey.Public, by recipient: InstallationKey
  ) throws(Fault) -> [UInt8] {
    let keys = try keys(in: file)
    guard keys.to == recipient.known else { throw .isForAnother(keys.to) }
    guard keys.from == sender else { throw .isFromAnother(keys.from) }
    let heading = heading(from: keys.from, to: keys.to)
    let end = file.count - InstallationKey.signatureLength
    guard end > heading.utf8.count, file.starts(with: heading.utf8),
      sender.hasSigned(file[..<end], file[end...]),
      let bytes = recipient.open(file[heading.utf8.count..<end], at: heading)
    else { throw .isDamaged }
    return Array(bytes)
  }

  private static func heading(
    from sender: InstallationKey.Public, to recipient: InstallationKey.Public
  ) -> String {
    "\(format)\nfrom \(sender)\nto \(recipient)\n"
  }

  /// The most bytes of the three lines.
  private static let longestHeading = 400

  private static func keys(
    in file: [UInt8]
  ) throws(Fault) -> (from: InstallationKey.Public, to: InstallationKey.Public) {
    let lines = file.prefix(longestHeading).split(
      separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false
    ).map { String(decoding: $0, as: UTF8.self) }
    guard lines.count == 4, lines[0] == format, lines[1].hasPrefix("from "),
      lines[2].hasPrefix("to "),
      let from = InstallationKey.Public(lines[1].dropFirst(5)),
      let to = InstallationKey.Public(lines[2].dropFirst(3))
    else { throw .isNone }
    return (from, to)
  }
}
