import Foundation

/// The standard normal distribution.
public enum NormalDistribution {
  /// The z that leaves `confidence` of the distribution between −z and z: 1.2816 for 0.8.
  ///
  /// Found by halving an interval against the error function of the C library, down to the last
  /// bit that a double has.
  ///
  /// - Precondition: `confidence` lies between 0 and 1, both not included.
  public static func z(confidence: Double) -> Double {
    precondition(0 < confidence && confidence < 1, "a confidence lies between 0 and 1")
    // The complement keeps its digits where the confidence is nearly 1.
    let outside = 1 - confidence
    var (low, high) = (0.0, 40.0)
    while true {
      let middle = (low + high) / 2
      guard low < middle, middle < high else { return middle }
      if erfc(middle / 2.0.squareRoot()) > outside { low = middle } else { high = middle }
    }
  }
}
