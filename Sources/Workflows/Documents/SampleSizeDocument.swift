import Foundation
public import OrderedJSON
public import Samples

/// The size of a sample with its working.
public enum SampleSizeDocument {
  /// As machines read it: `size` first, then what it rests on.
  public static func json(_ size: SampleSize) -> JSON {
    [
      "size": .number(size.size),
      "population": .number(size.population),
      "confidence": .decimal(size.confidence),
      "margin": .decimal(size.margin),
      "z": .decimal(size.z),
      "ofEndless": .decimal(size.ofEndless),
      "exact": .decimal(size.exact),
    ]
  }

  /// As a person reads it, with the formula.
  public static func text(_ size: SampleSize) -> String {
    func plain(_ number: Double) -> String {
      number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
    func rounded(_ number: Double) -> String { String(format: "%.4f", number) }
    let (confidence, margin) = (plain(size.confidence), plain(size.margin))
    return """
      \(size.size) of \(size.population) cases, for \(confidence) % confidence and a margin of \
      \(margin) points.

      z = \(String(format: "%.6f", size.z)), which leaves \(confidence) % of the normal \
      distribution between -z and z
      n0 = z^2 x 0.5 x (1 - 0.5) / (\(margin)/100)^2 = \(rounded(size.ofEndless)) cases of an \
      endless caseload
      n = n0 / (1 + (n0 - 1) / \(size.population)) = \(rounded(size.exact)), rounded up
      """
  }
}
