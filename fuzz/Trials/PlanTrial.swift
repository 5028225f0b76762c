import Caseloads
import Problems
import RuleFiles
import Samples
import Spreadsheets

/// Reads profiles, plans and decisions, and uses them.
enum PlanTrial {
  /// Reads a profile and then a list written as it says.
  static func runProfile(_ bytes: [UInt8]) throws(BrokenPromise) {
    guard let text = String(validating: bytes, as: UTF8.self),
      let profile = try result(of: { () throws in
        try Profile.read(yaml: text, file: "profile.yaml")
      })
    else { return }
    guard let (list, file) = try ListTrial.read(Array(self.list(in: profile).utf8), profile) else {
      return
    }
    try ListTrial.check(list, file)
  }

  /// Reads a plan and draws from the list that is known.
  static func runPlan(_ bytes: [UInt8]) throws(BrokenPromise) {
    let known = try Known.load()
    guard let text = String(validating: bytes, as: UTF8.self),
      let plan = try result(of: { () throws in
        try SamplingPlan.read(yaml: text, file: "plan.yaml")
      })
    else { return }
    try SampleTrial.draw(known.list, plan, by: bytes)
  }

  /// Reads decisions and draws by them from the list that is known.
  static func runKeep(_ bytes: [UInt8]) throws(BrokenPromise) {
    let known = try Known.load()
    guard
      let keep = try result(of: { () throws in
        try KeepDecisions(CSVFile(bytes: bytes, name: "keep.csv"))
      })
    else { return }
    try SampleTrial.draw(known.list, known.plan, by: bytes, keeping: keep)
  }

  /// A list with each heading and each code that a profile has.
  private static func list(in profile: Profile) -> String {
    let fields = CaseField.allCases.filter { profile.headings[$0]?.isEmpty == false }
    var writer = CSVWriter(columns: fields.compactMap { profile.headings[$0]?.first })
    for row in 0..<8 {
      writer.append(
        fields.map { field in
          let words =
            (profile.codes[field] ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value)
            + (profile.nothing[field] ?? [])
          if !words.isEmpty { return words[row % words.count] }
          return switch field {
          case .crn: "X10000\(row)"
          case .startedOn: profile.dates == [.serial] ? "46000" : "2026-01-0\(row + 1)"
          case .dateOfBirth: "03/02/1980"
          default: "\(field.rawValue) \(row)"
          }
        })
    }
    return writer.text
  }
}
