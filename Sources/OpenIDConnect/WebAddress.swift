import Foundation

/// Where a server can be asked: https, or http where nobody listens in between because it is this
/// machine.
struct WebAddress: Hashable, Sendable {
  let text: String

  /// Whether it is this machine, and so may do without TLS.
  let isLocal: Bool

  private static let localHosts: Set<String> = ["127.0.0.1", "localhost", "::1", "[::1]"]
  private static let longest = 2_000

  /// Nothing for what is no such address, names a person or a password, or has a fragment.
  ///
  /// - Parameter mayBeLocal: Whether http is good enough for this machine.
  init?(_ text: String, mayBeLocal: Bool = true) {
    guard text.utf8.count <= Self.longest, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      !text.utf8.contains(where: { "\"'<>\\^`{|}".utf8.contains($0) }),
      let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
      parts.user == nil, parts.password == nil, parts.fragment == nil
    else { return nil }
    isLocal = Self.localHosts.contains(host)
    switch parts.scheme {
    case "https": break
    case "http" where isLocal && mayBeLocal: break
    default: return nil
    }
    self.text = text
  }
}

/// Names and values as they stand in the body of a form or behind the question mark.
struct Form {
  let text: String

  init(_ pairs: [(name: String, value: String)]) {
    text = pairs.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&")
  }

  /// Leaves only what RFC 3986, 2.3 calls unreserved.
  static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
