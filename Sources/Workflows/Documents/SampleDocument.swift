import Calendars
import Caseloads
import Cores
public import OrderedJSON
import Problems
import RuleFiles
public import Samples

/// A sample file, `plumbline-sample/1`: the draw with everything that is needed to draw it again,
/// and what was done to the sample since.
public struct SampleDocument: Sendable {
  static let format = "plumbline-sample/1"

  /// A case that was replaced.
  public struct Replacement: Equatable, Sendable {
    public let out: String
    public let into: String
    public let reason: String

    /// Who decided it, in a role: “the lead inspector”.
    public let by: String

    /// When, as in 2026-05-04T10:15:00Z.
    public let at: String
  }

  /// A case that was added on purpose. It is in no estimate.
  public struct Addition: Equatable, Sendable {
    public let crn: String
    public let isRestricted: Bool
    public let reason: String
    public let by: String
    public let at: String
  }

  /// As it was drawn: every member but the last three.
  private let drawn: [JSON.Member]
  public private(set) var replacements: [Replacement] = []
  public private(set) var additions: [Addition] = []

  /// The document of a new sample.
  public init(_ sample: Sample) {
    drawn = Self.members(of: sample)
  }

  /// The document of a sample file.
  ///
  /// - Throws: ``Problems`` when what was done to the sample cannot be used.
  init(_ file: SampleFile) throws(Problems) {
    guard case .object(let members) = file.json else { throw file.unusable("the file") }
    drawn = members.filter { !["replacements", "additions", "sha256"].contains($0.name) }
    replacements = try file.replacements()
    additions = try file.additions()
  }

  /// The file: the members of the draw, what was done since, and at the end the digest of all that.
  public var json: JSON {
    let members = self.members
    let digest = Digest(of: JSON.object(members).bytes)
    return .object(members + [JSON.Member("sha256", .string(digest.hexadecimal))])
  }

  /// The bytes of ``json``, made in one go.
  public var bytes: [UInt8] {
    var bytes = JSON.object(members).bytes
    let digest = Digest(of: bytes).hexadecimal
    bytes.removeLast("\n}\n".utf8.count)
    bytes += ",\n  \"sha256\": \"\(digest)\"\n}\n".utf8
    return bytes
  }

  private var members: [JSON.Member] {
    drawn + [
      JSON.Member("replacements", .array(replacements.map(Self.json))),
      JSON.Member("additions", .array(additions.map(Self.json))),
    ]
  }
}

// MARK: - The draw

extension SampleDocument {
  private static func members(of sample: Sample) -> [JSON.Member] {
    let request = sample.request
    let object: JSON = [
      "format": .string(format),
      "plan": [
        "id": .string(request.plan.id), "digest": .string(request.plan.digest.hexadecimal),
        "sample": .string(request.kind),
      ],
      "profile": [
        "id": .string(sample.profile.id), "digest": .string(sample.profile.digest.hexadecimal),
      ],
      "frame": [
        "sha256": .string(sample.frame.hexadecimal), "rows": .number(sample.rows),
        "inScope": .number(sample.inScope),
      ],
      "listedOn": .text(sample.listedOn?.description),
      "window": [
        "from": .text(request.window.from?.description),
        "until": .text(request.window.until?.description),
      ],
      "refused": .number(sample.refused),
      "refusedLeftOut": .bool(request.leavesOutRefused),
      "keep": .array((request.decisions?.entries ?? []).map(json)),
      "excluded": .array(sample.excluded.concurrentMap { json($0) }),
      "seed": .string(request.seed),
      "seedSource": .text(request.seedSource),
      "method": .string(request.method.rawValue),
      "wanted": wanted(sample),
      "officerCap": .number(request.plan.officerCap.value),
      "strata": .array(
        sample.strata.map { stratum in
          [
            "name": .string(stratum.name), "population": .number(stratum.population),
            "size": .number(stratum.size), "reserve": .number(stratum.reserve.count),
            "drawn": .number(stratum.drawn), "weight": weight(stratum),
          ]
        }),
      "shortfall": sample.shortfall == 0
        ? .null
        : [
          "cases": .number(sample.shortfall), "accepted": .text(request.shortfallReason),
        ],
      "selected": .array(
        sample.selected.enumerated().map { position, entry in
          entryJSON(entry, position + 1, sample)
        }),
      "reserve": .array(
        sample.reserve.enumerated().map { position, entry in
          entryJSON(entry, position + 1, sample)
        }),
      "achieved": achieved(sample),
    ]
    guard case .object(let members) = object else { return [] }
    return members
  }

  private static func wanted(_ sample: Sample) -> JSON {
    switch sample.request.wanted {
    case .cases(let count): ["size": .number(count), "confidence": .null, "margin": .null]
    case .confidence(let confidence, let margin):
      [
        "size": .number(sample.wanted), "confidence": .decimal(confidence),
        "margin": .decimal(margin),
      ]
    }
  }

  private static func json(_ entry: KeepDecisions.Entry) -> JSON {
    [
      "case": .string(entry.crn.description),
      "startedOn": .text(Day(number: Int(entry.startedOn))?.description),
      "decision": .string(entry.decision.rawValue), "reason": .string(entry.reason),
    ]
  }

  private static func json(_ exclusion: Scope.Exclusion) -> JSON {
    [
      "line": .number(exclusion.line), "case": .text(exclusion.crn?.description),
      "reason": .string(exclusion.reason),
    ]
  }

  private static func weight(_ stratum: Draw.Stratum) -> JSON {
    stratum.weight.map { .decimal(($0 * 10_000).rounded() / 10_000) } ?? .null
  }

  private static func entryJSON(
    _ entry: Sample.Entry, _ position: Int, _ sample: Sample
  ) -> JSON {
    let stratum = sample.strata[entry.stratum]
    var members: [JSON.Member] = [
      JSON.Member("position", .number(position)),
      JSON.Member("case", .string(entry.crn.description)),
      JSON.Member("stratum", .string(stratum.name)),
      JSON.Member("ticket", .string(entry.ticket.text)),
    ]
    if let reach = entry.reach {
      members += [
        JSON.Member("weight", weight(stratum)), JSON.Member("filledFrom", .string(reach.rawValue)),
      ]
    }
    return .object(
      members + [
        JSON.Member("restricted", .bool(entry.isRestricted)),
        JSON.Member("officer", .count(entry.officer)),
      ])
  }

  private static func achieved(_ sample: Sample) -> JSON {
    func rows(_ rows: [Achieved.Row]) -> JSON {
      .array(
        rows.map { row in
          [
            "name": .string(row.name), "population": .number(row.population),
            "planned": .decimal(row.planned), "achieved": .number(row.achieved),
          ]
        })
    }
    let achieved = sample.achieved
    return [
      "strata": rows(achieved.strata),
      "sex": rows(achieved.sex), "ethnicity": rows(achieved.ethnicity),
      "risk": rows(achieved.risk), "ldu": rows(achieved.ldu),
      "officer": [
        "cap": .number(sample.request.plan.officerCap.value),
        "officersByCases": .array(achieved.officersByCases.map(JSON.number)),
      ],
    ]
  }
}

// MARK: - What was done since

extension SampleDocument {
  private static func json(_ replacement: Replacement) -> JSON {
    [
      "out": .string(replacement.out), "in": .string(replacement.into),
      "reason": .string(replacement.reason), "by": .string(replacement.by),
      "at": .string(replacement.at),
    ]
  }

  private static func json(_ addition: Addition) -> JSON {
    [
      "case": .string(addition.crn), "purposive": true, "weight": .null,
      "restricted": .bool(addition.isRestricted), "reason": .string(addition.reason),
      "by": .string(addition.by), "at": .string(addition.at),
    ]
  }

  /// Records that another case came for one.
  public mutating func add(_ replacement: Replacement) { replacements.append(replacement) }

  /// Records that a case was added on purpose.
  public mutating func add(_ addition: Addition) { additions.append(addition) }
}
