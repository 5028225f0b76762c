import OrderedJSON
public import RuleFiles

/// That work was carried here from another installation, in a bundle that it had signed.
public struct CarriedFacts: Hashable, Sendable {
  /// The public key of the installation that signed it.
  public let from: String

  /// The digest of the last entry that it held.
  public let head: Digest

  /// How many of its entries were added here.
  public let entries: Int

  /// Whether there was no record of the inspection before: it is planned elsewhere.
  public let isWhole: Bool

  /// The files that these entries are about and that did not come with them.
  public let elsewhere: [Digest]

  public init(
    from: String, head: Digest, entries: Int, isWhole: Bool, elsewhere: [Digest]
  ) {
    self.from = from
    self.head = head
    self.entries = entries
    self.isWhole = isWhole
    self.elsewhere = elsewhere
  }

  init?(values: JSON) {
    guard let from = values["from"].string, !from.isEmpty,
      let head = values["head"].string.flatMap({ Digest(text: $0) }),
      let entries = values["entries"].int, entries >= 0, case .bool(let isWhole) = values["whole"],
      let elsewhere = Self.digests(values["elsewhere"])
    else { return nil }
    self.init(from: from, head: head, entries: entries, isWhole: isWhole, elsewhere: elsewhere)
  }

  var values: JSON {
    [
      "from": .string(from), "head": .string(head.description), "entries": .number(entries),
      "whole": .bool(isWhole), "elsewhere": .texts(elsewhere.map(\.description)),
    ]
  }

  /// Nothing unless every one is a digest.
  static func digests(_ json: JSON) -> [Digest]? {
    guard let list = json.array else { return nil }
    let digests = list.compactMap { $0.string.flatMap { Digest(text: $0) } }
    return digests.count == list.count ? digests : nil
  }
}

extension Event {
  /// Whether it is done wherever people work on an inspection. Everything else belongs to the
  /// installation where the inspection is planned.
  ///
  /// - Source: ours, decision 0021.
  public var isWork: Bool {
    switch self {
    case .answerGiven, .answerDropped, .caseSubmitted, .caseReopened, .queryAsked, .queryAnswered,
      .queryClosed,
      .evidenceKept:
      true
    case .inspectionCreated, .memberSet, .memberRemoved, .planSet, .feedRenewed, .returnReceived,
      .frameFrozen, .sampleDrawn, .sampleChanged, .casesAllotted, .casesReleased,
      .documentRequested, .documentSent, .documentReceived, .secondsDrawn, .secondsAllotted,
      .calibrationSet, .evidenceJudged, .panelDecided, .workforceNoted, .retentionSet,
      .personalDataErased, .workCarried:
      false
    }
  }
}
