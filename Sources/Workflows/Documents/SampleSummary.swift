import RuleFiles
public import Samples

/// A drawn sample in a few lines.
public enum SampleSummary {
  public static func text(_ sample: Sample) -> String {
    var lines = [
      "\(sample.selected.count) cases of \(sample.inScope) in scope of \(sample.rows) rows, "
        + "\(sample.reserve.count) in reserve",
      "Seed \(sample.request.seed), method \(sample.request.method.rawValue)",
      "Frame \(sample.frame.description)",
      "",
    ]
    lines += sample.strata.map { stratum in
      let weight = stratum.weight.map { ", each stands for \(($0 * 100).rounded() / 100)" } ?? ""
      return "  \(stratum.name): \(stratum.drawn) of \(stratum.population)\(weight)"
    }
    let further = sample.selected.count { $0.reach != .ldu }
    if further > 0 {
      lines.append("\(further) places were filled from another LDU: the cap left none in its own")
    }
    if sample.shortfall > 0 {
      lines.append(
        "\(sample.shortfall) fewer than wanted, accepted: \(sample.request.shortfallReason ?? "")")
    }
    return lines.joined(separator: "\n")
  }
}
