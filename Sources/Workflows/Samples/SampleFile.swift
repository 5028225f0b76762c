public import Calendars
import Caseloads
import OrderedJSON
public import Problems
import Samples

/// A sample file as it was read back.
///
/// Keeps the order of its members, so that it can be written again byte for byte.
public struct SampleFile: Sendable {
  public let name: String
  let bytes: [UInt8]
  let json: JSON

  /// - Throws: ``Problems`` when it is no sample file.
  public init(_ bytes: [UInt8], name: String) throws(Problems) {
    guard let json = try? JSON(bytes: bytes),  // Why it is no JSON does not matter.
      json["format"].string == SampleDocument.format, json["plan"]["id"].string != nil,
      json["plan"]["sample"].string != nil, json["profile"]["id"].string != nil,
      json["seed"].string != nil, json["frame"]["sha256"].string != nil,
      json["selected"].array != nil, json["reserve"].array != nil, json["sha256"].string != nil
    else {
      throw Problems(
        Problem(name, "is not a sample file", remedy: "give a file that sample draw wrote"))
    }
    self.name = name
    self.bytes = bytes
    self.json = json
  }

  public var planID: String { json["plan"]["id"].string ?? "" }
  public var profileID: String { json["profile"]["id"].string ?? "" }
  public var frame: String { json["frame"]["sha256"].string ?? "" }

  /// The day of the list, if one was given.
  public var listedOn: Day? { json["listedOn"].string.flatMap { Day($0) } }

  /// What was asked for, to draw it again.
  ///
  /// - Throws: ``Problems`` when the file says something that nobody can have asked for.
  func request(plan: SamplingPlan) throws(Problems) -> SampleRequest {
    var request = SampleRequest(plan: plan, seed: json["seed"].string ?? "")
    request.kind = json["plan"]["sample"].string ?? ""
    if let confidence = json["wanted"]["confidence"].double,
      let margin = json["wanted"]["margin"].double
    {
      request.wanted = .confidence(confidence, margin: margin)
    } else if let size = json["wanted"]["size"].int {
      request.wanted = .cases(size)
    } else {
      throw unusable("wanted")
    }
    request.method = try method()
    request.window = try window()
    request.seedSource = json["seedSource"].string
    request.leavesOutRefused = json["refusedLeftOut"] == .bool(true)
    request.shortfallReason = json["shortfall"]["accepted"].string
    request.decisions = try decisions()
    return request
  }

  func method() throws(Problems) -> Allocation.Method {
    guard let method = json["method"].string.flatMap(Allocation.Method.init) else {
      throw unusable("method")
    }
    return method
  }

  func window() throws(Problems) -> Scope.Window {
    Scope.Window(from: try day("from"), until: try day("until"))
  }

  private func day(_ key: String) throws(Problems) -> Day? {
    guard let text = json["window"][key].string else { return nil }
    guard let day = Day(text) else { throw unusable("window.\(key)") }
    return day
  }

  private func decisions() throws(Problems) -> KeepDecisions? {
    guard let list = json["keep"].array, !list.isEmpty else { return nil }
    var entries: [KeepDecisions.Entry] = []
    for (place, entry) in list.enumerated() {
      guard let crn = entry["case"].string.flatMap({ CRN($0) }),
        let day = entry["startedOn"].string.flatMap({ Day($0) }),
        let decision = entry["decision"].string.flatMap(KeepDecisions.Decision.init),
        let reason = entry["reason"].string
      else { throw unusable("keep[\(place)]") }
      entries.append(
        KeepDecisions.Entry(
          line: place + 1, crn: crn, startedOn: Int32(day.number), decision: decision,
          reason: reason))
    }
    return KeepDecisions(name: name, entries: entries)
  }

  func unusable(_ path: String) -> Problems {
    Problems(
      Problem(name, "\(path) cannot be used", remedy: "give the file as sample draw wrote it"))
  }

  /// The sample with its reserve as it was drawn.
  ///
  /// - Throws: ``Problems`` when an entry is no case.
  func drawn() throws(Problems) -> SampleInUse {
    SampleInUse(
      selected: try entries("selected"), reserve: try entries("reserve"),
      officerCap: json["officerCap"].int ?? 0)
  }

  private func entries(_ key: String) throws(Problems) -> [SampleInUse.Entry] {
    var entries: [SampleInUse.Entry] = []
    for (place, entry) in (json[key].array ?? []).enumerated() {
      guard let crn = entry["case"].string, let stratum = entry["stratum"].string else {
        throw unusable("\(key)[\(place)]")
      }
      entries.append(
        SampleInUse.Entry(crn: crn, stratum: stratum, officer: entry["officer"].int))
    }
    return entries
  }

  func replacements() throws(Problems) -> [SampleDocument.Replacement] {
    var all: [SampleDocument.Replacement] = []
    for (place, entry) in (json["replacements"].array ?? []).enumerated() {
      guard let out = entry["out"].string, let into = entry["in"].string,
        let reason = entry["reason"].string, let by = entry["by"].string,
        let at = entry["at"].string
      else { throw unusable("replacements[\(place)]") }
      all.append(
        SampleDocument.Replacement(out: out, into: into, reason: reason, by: by, at: at))
    }
    return all
  }

  func additions() throws(Problems) -> [SampleDocument.Addition] {
    var all: [SampleDocument.Addition] = []
    for (place, entry) in (json["additions"].array ?? []).enumerated() {
      guard let crn = entry["case"].string, let reason = entry["reason"].string,
        let by = entry["by"].string, let at = entry["at"].string,
        case .bool(let isRestricted) = entry["restricted"]
      else { throw unusable("additions[\(place)]") }
      all.append(
        SampleDocument.Addition(
          crn: crn, isRestricted: isRestricted, reason: reason, by: by, at: at))
    }
    return all
  }
}
