import Yams

/// Looks for anchors (`&name`) and aliases (`*name`) in YAML.
///
/// A few lines of them stand for more values than any memory holds, and nothing that we read has
/// them, so that they are refused.
enum ReferenceCheck {
  /// As many as keep small what the parser compares when they stand in the keys of a mapping, which
  /// it does before it shows them.
  private static let mostAliases = 8

  /// Whether a text has more of what looks like aliases than a parser should see.
  ///
  /// Looks for marks at the start of a word, wherever that is: in quotes, too. Words such as
  /// `*this` are text as long as nothing looks like an anchor.
  static func hasManyReferences(_ yaml: String) -> Bool {
    var aliases = 0
    var hasAnchor = false
    var before = UInt8(ascii: " ")
    var mark: UInt8?
    for byte in yaml.utf8 {
      if let mark, byte > 32 {
        if mark == UInt8(ascii: "&") { hasAnchor = true } else { aliases += 1 }
      }
      let isMark = byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*")
      mark = isMark && !isWord(before) ? byte : nil
      before = byte
    }
    return hasAnchor && aliases > mostAliases
  }

  /// The first node that has a name. Nothing inside it is looked at, so that what it stands for
  /// does not matter.
  static func firstAnchored(in node: Node) -> Node? {
    if node.anchor != nil { return node }
    switch node {
    case .scalar, .alias: return nil
    case .sequence(let sequence):
      for entry in sequence {
        if let found = firstAnchored(in: entry) { return found }
      }
    case .mapping(let mapping):
      for (key, value) in mapping {
        if let found = firstAnchored(in: key) ?? firstAnchored(in: value) { return found }
      }
    }
    return nil
  }

  /// Whether a mark behind a byte is in the middle of a word.
  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
      true
    default: false
    }
  }
}
