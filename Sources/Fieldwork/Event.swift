public import Calendars
public import OrderedJSON
public import Providers
public import Records
public import Standards

/// What happened in an inspection. Holds no personal data and no free text; what is personal is
/// sealed beside it.
public enum Event: Hashable, Sendable {
  /// The inspection was set up.
  case inspectionCreated(InspectionFacts)

  /// The day after which what is personal is to be erased was set.
  case retentionSet(until: Day)

  /// What is personal was made unreadable for ever.
  case personalDataErased

  /// How it is called in the record.
  public var name: String {
    switch self {
    case .inspectionCreated: "inspection-created"
    case .retentionSet: "retention-set"
    case .personalDataErased: "personal-data-erased"
    }
  }

  /// What it happened to.
  public var subject: String {
    switch self {
    case .inspectionCreated: "inspection"
    case .retentionSet: "retention"
    case .personalDataErased: "personal-data"
    }
  }

  /// What the record holds of it.
  public var values: JSON {
    switch self {
    case .inspectionCreated(let facts):
      [
        "provider": .string(facts.provider.slug), "edition": .string(facts.edition.text),
      ]
    case .retentionSet(let day): ["until": .string(day.description)]
    case .personalDataErased: .object([])
    }
  }
}

/// What an inspection is about.
public struct InspectionFacts: Hashable, Sendable {
  public let provider: Provider.ID

  /// The edition that it is held under.
  public let edition: RuleBook.ID

  public init(provider: Provider.ID, edition: RuleBook.ID) {
    self.provider = provider
    self.edition = edition
  }
}

/// Why an entry is nothing that can happen.
public enum EventFault: Error, Hashable {
  case unknown
  case wrongValues
  case wrongSubject

  /// The inspection was not set up yet, or is set up a second time.
  case outOfPlace
}

extension EventFault: CustomStringConvertible {
  /// The rest of a sentence that starts with the entry, without its full stop.
  public var description: String {
    switch self {
    case .unknown: "says that something happened which this program does not know"
    case .wrongValues: "has not the values of its event"
    case .wrongSubject: "is about something else than its event"
    case .outOfPlace: "comes before the inspection was set up, or sets it up again"
    }
  }
}

extension Event {
  /// Reads what an entry holds.
  ///
  /// - Throws: ``EventFault``. Only what ``values`` writes is read.
  public init(_ entry: Entry) throws(EventFault) {
    let values = entry.draft.values
    let event: Event
    switch entry.draft.event {
    case "inspection-created":
      guard let provider = values["provider"].string.flatMap({ Provider.ID($0) }),
        let edition = values["edition"].string.flatMap({ RuleBook.ID($0) })
      else { throw .wrongValues }
      event = .inspectionCreated(InspectionFacts(provider: provider, edition: edition))
    case "retention-set":
      guard let day = values["until"].string.flatMap({ Day($0) }) else { throw .wrongValues }
      event = .retentionSet(until: day)
    case "personal-data-erased": event = .personalDataErased
    default: throw .unknown
    }
    guard event.values == values else { throw .wrongValues }
    guard event.subject == entry.draft.subject else { throw .wrongSubject }
    self = event
  }
}
