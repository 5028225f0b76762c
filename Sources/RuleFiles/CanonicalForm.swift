import Foundation
public import Yams

/// The form of a YAML file that its digest is taken of.
///
/// Mappings sorted by key, lists in their order, every scalar as text with white space folded and
/// in Unicode's canonical composition. Comments, layout, quotes and the order of keys do not
/// change it; any word does.
public enum CanonicalForm {
  public static func of(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): quoted(folded(scalar.string))
    case .sequence(let sequence): "[" + sequence.map(of).joined(separator: ",") + "]"
    case .mapping(let mapping):
      "{"
        + mapping.map { (folded($0.key.scalar?.string ?? ""), $0.value) }
        .sorted { Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8)) }
        .map { quoted($0.0) + ":" + of($0.1) }.joined(separator: ",") + "}"
    case .alias: quoted("*")
    }
  }

  /// Text with each run of white space made one space, and none at the ends.
  public static func folded(_ text: String) -> String {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.utf8.count)
    var isPending = false
    for byte in text.utf8 {
      // Space, tab, line feed, carriage return: the white space that YAML knows.
      if byte == 32 || byte == 9 || byte == 10 || byte == 13 {
        isPending = !folded.isEmpty
      } else {
        if isPending { folded.append(32) }
        isPending = false
        folded.append(byte)
      }
    }
    return String(decoding: folded, as: UTF8.self)
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    // By scalars: a quote and a mark that combines with it are one character.
    for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
      if scalar == "\\" || scalar == "\"" { quoted.unicodeScalars.append("\\") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
