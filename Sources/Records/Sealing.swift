import Crypto
public import Foundation
import RuleFiles

/// Text that can be read only with the key of its inspection, in Base64.
public struct SealedText: Hashable, Sendable {
  public let text: String

  init?(text: String) {
    guard Data(base64Encoded: text) != nil else { return nil }
    self.text = text
  }

  init(_ box: Data) {
    text = box.base64EncodedString()
  }
}

/// The key that the personal data of one inspection is sealed with. Once it is destroyed nobody can
/// read them.
///
/// AES-256-GCM; a sealed text is bound to the entry that holds it, so that it opens nowhere else.
public struct InspectionKey: Sendable {
  private let key: SymmetricKey

  /// A new key, from the system’s source of chance.
  public init() {
    key = SymmetricKey(size: .bits256)
  }

  fileprivate init(_ bytes: some ContiguousBytes) {
    key = SymmetricKey(data: bytes)
  }

  /// Seals what an entry says.
  public func seal(_ bytes: some DataProtocol, for entry: EntryID) -> SealedText {
    SealedText(sealed(bytes, with: Data("entry \(entry)".utf8)))
  }

  /// What was sealed for an entry.
  ///
  /// - Returns: Nothing when it was sealed with another key, for another entry, or was changed.
  public func open(_ sealed: SealedText, for entry: EntryID) -> [UInt8]? {
    guard let box = Data(base64Encoded: sealed.text) else { return nil }
    return opened(box, with: Data("entry \(entry)".utf8))
  }

  /// Seals a file.
  ///
  /// - Parameter name: What the file is kept under; it opens under no other name.
  public func seal(file bytes: some DataProtocol, named name: String) -> [UInt8] {
    Array(sealed(bytes, with: Data("file \(name)".utf8)))
  }

  /// What was sealed under a name.
  public func open(file box: [UInt8], named name: String) -> [UInt8]? {
    opened(Data(box), with: Data("file \(name)".utf8))
  }

  /// The secret in the address of a calendar feed. It tells nothing of the key.
  ///
  /// - Parameter generation: How often the address was changed.
  public func feedSecret(_ generation: Int) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("calendar feed \(generation)".utf8), using: key)
    return code.prefix(20).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  /// Whether somebody knows the secret of a feed. Takes as long whether they do or not.
  ///
  /// - Parameter text: What they gave, with or without `.ics`.
  public func isFeedSecret(_ text: String, _ generation: Int) -> Bool {
    let given = Array((text.hasSuffix(".ics") ? text.dropLast(4) : text[...]).utf8)
    let known = Array(feedSecret(generation).utf8)
    return given.count == known.count
      && zip(given, known).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private func sealed(_ bytes: some DataProtocol, with place: Data) -> Data {
    // It fails only for a key of another size or a nonce that was given.
    guard let box = try? AES.GCM.seal(bytes, using: key, authenticating: place).combined else {
      preconditionFailure("a key of 256 bits seals anything")
    }
    return box
  }

  private func opened(_ box: Data, with place: Data) -> [UInt8]? {
    // Whatever is wrong with it, it cannot be read, and says no more than that.
    guard let box = try? AES.GCM.SealedBox(combined: box),
      let bytes = try? AES.GCM.open(box, using: key, authenticating: place)
    else { return nil }
    return Array(bytes)
  }
}

/// The key that the keys of inspections are wrapped with. It comes from a file or the environment
/// and is in no database and no backup.
public struct MasterKey: Sendable {
  private let key: InspectionKey

  /// A new key, from the system’s source of chance, and its text.
  public static func make() -> (key: MasterKey, text: String) {
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    return (MasterKey(bytes), bytes.base64EncodedString())
  }

  private init(_ bytes: Data) {
    key = InspectionKey(bytes)
  }

  /// Nothing unless it is 32 bytes in Base64; white space around them does not matter.
  public init?(text: String) {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let bytes = Data(base64Encoded: text), bytes.count == 32 else { return nil }
    self.init(bytes)
  }

  /// Seals something that belongs to no inspection.
  ///
  /// - Parameter name: What it is kept under; it opens under no other name.
  public func seal(_ bytes: some DataProtocol, named name: String) -> [UInt8] {
    key.seal(file: bytes, named: name)
  }

  public func open(_ sealed: [UInt8], named name: String) -> [UInt8]? {
    key.open(file: sealed, named: name)
  }

  /// Another secret of 32 bytes, from which nothing follows about this one.
  ///
  /// - Source: RFC 5869, HKDF-SHA-256 without salt.
  func derived(for purpose: String) -> Data { key.derived(for: purpose) }

  /// HMAC-SHA-256.
  func authenticationCode(of bytes: Data) -> [UInt8] { key.authenticationCode(of: bytes) }

  /// A key as it may be kept.
  public func wrap(_ key: InspectionKey, of inspection: InspectionID) -> [UInt8] {
    self.key.seal(file: key.bytes, named: "key \(inspection)")
  }

  /// - Returns: Nothing when it was wrapped with another master key or for another inspection.
  public func unwrap(_ bytes: [UInt8], of inspection: InspectionID) -> InspectionKey? {
    key.open(file: bytes, named: "key \(inspection)").map { InspectionKey($0) }
  }
}

extension InspectionKey {
  fileprivate func authenticationCode(of bytes: Data) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
  }

  fileprivate func derived(for purpose: String) -> Data {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: key, info: Data(purpose.utf8), outputByteCount: 32
    ).withUnsafeBytes { Data($0) }
  }

  fileprivate var bytes: Data { key.withUnsafeBytes { Data($0) } }

  /// Whether it is the same key. Takes as long whether it is or not.
  public func isSame(as other: InspectionKey) -> Bool { key == other.key }

  /// Gives the key to what seals it for another installation.
  func handed<Sealed>(_ seal: (Data) -> Sealed) -> Sealed { seal(bytes) }

  /// A key that another installation sealed for this one.
  init?(handed bytes: Data) {
    guard bytes.count == 32 else { return nil }
    self.init(bytes)
  }
}
