import Problems

/// A way in which a file comes into the product, tried with any bytes.
///
/// Whatever the bytes, the product answers with a result that adds up or with ``Problems``. The
/// fuzzer and the tests run the same trials.
public enum Trial: String, CaseIterable, Sendable {
  /// A list of cases as CSV.
  case list

  /// A list of cases as an Excel workbook, with every byte of the file free.
  case workbook

  /// A list of cases as an Excel workbook, with only the XML in it free: see ``PackedSheet``.
  case sheet

  /// A profile, which maps the headings and codes of a provider to ours.
  case profile

  /// A sampling plan.
  case plan

  /// Decisions on people with several orders.
  case keep

  /// A sample file.
  case sample

  /// An exported record of an inspection.
  case record

  /// Answers of several assessors on the same cases.
  case agreement

  /// What a bundle holds once it was opened, and bundles that nobody signed.
  case bundle

  /// Tries the product with some bytes.
  ///
  /// - Throws: ``BrokenPromise`` when the answer is neither a result that adds up nor problems that
  ///   help.
  public func run(_ bytes: [UInt8]) throws(BrokenPromise) {
    switch self {
    case .list: try ListTrial.run(bytes)
    case .workbook: try ListTrial.runWorkbook(bytes)
    case .sheet: try ListTrial.runWorkbook(PackedSheet.workbook(bytes))
    case .profile: try PlanTrial.runProfile(bytes)
    case .plan: try PlanTrial.runPlan(bytes)
    case .keep: try PlanTrial.runKeep(bytes)
    case .sample: try SampleTrial.run(bytes)
    case .record: try RecordTrial.run(bytes)
    case .agreement: try AgreementTrial.run(bytes)
    case .bundle: try BundleTrial.run(bytes)
    }
  }
}

/// What the product promises of any input and did not keep.
public struct BrokenPromise: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// - Throws: ``BrokenPromise`` when a claim does not hold.
func promise(_ holds: Bool, _ claim: @autoclosure () -> String) throws(BrokenPromise) {
  if !holds { throw BrokenPromise(claim()) }
}

/// The result of some work, or nothing when it was refused with problems that help.
func result<Value>(
  of work: () throws -> Value
) throws(BrokenPromise) -> Value? {
  do {
    return try work()
  } catch let problems as Problems {
    try check(problems)
    return nil
  } catch let broken as BrokenPromise {
    throw broken
  } catch {
    throw BrokenPromise("an error that is no problem: \(error)")
  }
}

private func check(_ problems: Problems) throws(BrokenPromise) {
  try promise(!problems.list.isEmpty, "a refusal without a problem")
  for problem in problems.list {
    try promise(
      !problem.file.isEmpty && !problem.what.isEmpty && !problem.remedy.isEmpty,
      "a problem without a file, a fault or a remedy: \(problem)")
    try promise(
      problem.line ?? 1 > 0 && problem.column ?? 1 > 0, "a place before the first: \(problem)")
  }
}
