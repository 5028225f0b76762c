public import Caseloads
public import OrderedJSON
public import Problems
import RuleFiles
public import Samples

/// Verifies sample files, and changes the samples in them.
public enum ChangeSample {
  /// Who decided something, when and why.
  public struct Decision: Sendable {
    public let reason: String
    public let by: String
    public let at: String

    public init(reason: String, by: String, at: String) {
      self.reason = reason
      self.by = by
      self.at = at
    }
  }

  /// Replaces a case by the next one in reserve that keeps the officer's cap.
  ///
  /// - Returns: The sample file as it is then, and the case that came in.
  /// - Throws: ``Problems`` when the file was changed by hand or the case cannot be replaced.
  public static func replace(
    _ crn: String, in file: SampleFile, _ decision: Decision
  ) throws(Problems) -> (json: JSON, into: String) {
    try checkWhole(file)
    var document = try SampleDocument(file)
    var sample = try current(document, file)
    let next = try sample.replace(crn, in: file.name)
    document.add(
      SampleDocument.Replacement(
        out: crn, into: next.crn, reason: decision.reason, by: decision.by, at: decision.at))
    return (document.json, next.crn)
  }

  /// Adds a case of the list on purpose. It is in no estimate.
  ///
  /// - Throws: ``Problems`` when the file was changed by hand, the list is another one, the case is
  ///   not in it, or is in the sample already.
  public static func add(
    _ crn: String, to file: SampleFile, from list: CaseList, _ decision: Decision
  ) throws(Problems) -> JSON {
    try checkWhole(file)
    try checkFrame(of: list, file)
    var document = try SampleDocument(file)
    let sample = try current(document, file)
    guard let record = list.record(crn) else {
      throw Problems(
        Problem(list.name, "\(crn) is not in the list", remedy: "name a case that was accepted"))
    }
    guard !sample.current.contains(where: { $0.crn == crn }),
      !document.additions.contains(where: { $0.crn == crn })
    else {
      throw Problems(
        Problem(file.name, "\(crn) is in the sample already", remedy: "name another case"))
    }
    guard !sample.isInReserve(crn) else {
      throw Problems(
        Problem(
          file.name, "\(crn) stands in reserve and may still come for another case",
          remedy: "name a case that does not"))
    }
    document.add(
      SampleDocument.Addition(
        crn: crn, isRestricted: record.isRestricted, reason: decision.reason, by: decision.by,
        at: decision.at))
    return document.json
  }

  /// The sample after the replacements in a document.
  ///
  /// - Throws: ``Problems`` when another case came than the reserve says.
  static func current(
    _ document: SampleDocument, _ file: SampleFile
  ) throws(Problems) -> SampleInUse {
    var sample = try file.drawn()
    for (place, replacement) in document.replacements.enumerated() {
      let next = try sample.replace(replacement.out, in: file.name)
      guard next.crn == replacement.into else {
        throw Problems(
          Problem(
            file.name,
            "replacements[\(place)]: \(replacement.into) came for \(replacement.out), "
              + "and the reserve says \(next.crn)",
            remedy: "give the file as it was written"))
      }
    }
    return sample
  }

  /// - Throws: ``Problems`` when the file is not as it was written.
  static func checkWhole(_ file: SampleFile) throws(Problems) {
    guard try SampleDocument(file).json.bytes == file.bytes else {
      throw Problems(
        Problem(
          file.name, "was changed since it was written", remedy: "give the file as it was written"))
    }
  }

  private static func checkFrame(of list: CaseList, _ file: SampleFile) throws(Problems) {
    guard list.frame.description == "sha256:" + file.frame else {
      throw Problems(
        Problem(
          list.name,
          "is not the list that the sample was drawn from: its digest is "
            + list.frame.description,
          remedy: "give the list with \(file.frame)"))
    }
  }
}

extension ChangeSample {
  /// Draws a sample again and says in what its file differs.
  ///
  /// - Returns: Each difference as `path: what the file says is now what comes out`; nothing when
  ///   the file holds, byte for byte.
  /// - Throws: ``Problems`` when the sample cannot be drawn again at all.
  public static func differences(
    _ file: SampleFile, from list: CaseList, plan: SamplingPlan
  ) throws(Problems) -> [String] {
    if list.frame.description != "sha256:" + file.frame {
      return [
        "frame.sha256: \(file.frame) is now \(list.frame): it is another list, or was changed"
      ]
    }
    let sample = try Sample(from: list, by: try file.request(plan: plan))
    var document = SampleDocument(sample)
    for replacement in try file.replacements() { document.add(replacement) }
    for addition in try file.additions() { document.add(addition) }
    let expected = document.json
    let differences = file.json.differences(from: expected, at: "")
      .map { String($0.drop { $0 == "." }) }
    if !differences.isEmpty { return differences }
    if expected.bytes != file.bytes {
      return ["the file says the same in other bytes: it was not written by this program"]
    }
    do {
      _ = try current(document, file)
    } catch {
      return error.list.map(\.what)
    }
    let strangers = try file.additions().filter { list.record($0.crn) == nil }
    return strangers.map { "additions: \($0.crn) is not in the list" }
  }
}
