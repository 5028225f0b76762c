import Foundation

/// Text of 64 letters, digits, hyphens and underscores, which stands in addresses as it is.
///
/// - Source: RFC 4648, 5, without padding.
public enum Base64URL {
  public static func text(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// The bytes of a text, or nothing where they would be written in another way: no padding, no
  /// white space, no bits left over.
  public static func bytes(of text: some StringProtocol) -> [UInt8]? {
    let text = String(text)
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    let usual = text.replacing("-", with: "+").replacing("_", with: "/") + padding
    guard let bytes = Data(base64Encoded: usual), Self.text(bytes) == text else { return nil }
    return Array(bytes)
  }
}
