public import Calendars
import OrderedJSON
public import Providers
import Records
public import RuleFiles
public import Standards

/// What an inspection is about.
public struct InspectionFacts: Hashable, Sendable {
  public let provider: Provider.ID

  /// The edition that it is held under.
  public let edition: RuleBook.ID

  public init(provider: Provider.ID, edition: RuleBook.ID) {
    self.provider = provider
    self.edition = edition
  }

  init?(values: JSON) {
    guard let provider = values["provider"].string.flatMap({ Provider.ID($0) }),
      let edition = values["edition"].string.flatMap({ RuleBook.ID($0) })
    else { return nil }
    self.init(provider: provider, edition: edition)
  }

  var values: JSON {
    ["provider": .string(provider.slug), "edition": .string(edition.text)]
  }
}

/// What somebody is in the team of an inspection.
///
/// Which offices they declared a conflict for, and how a local assessor stands in the list, is
/// sealed beside it.
public struct TeamFacts: Hashable, Sendable {
  /// In the order of ``Role/ofInspections``, each once; at least one.
  public let roles: [Role]

  /// Whether restricted cases may be given to them.
  public let isCleared: Bool

  /// Of how many offices they declared a conflict of interest.
  public let conflicts: Int

  /// Nothing unless there is a role, and each is one of an inspection.
  public init?(roles: Set<Role>, isCleared: Bool, conflicts: Int) {
    guard !roles.isEmpty, roles.isSubset(of: Role.ofInspections), conflicts >= 0 else { return nil }
    self.roles = roles.sorted()
    self.isCleared = isCleared
    self.conflicts = conflicts
  }

  init?(values: JSON) {
    guard let names = values["roles"].array, let conflicts = values["conflicts"].int else {
      return nil
    }
    let roles = names.compactMap { $0.string.flatMap(Role.init) }
    guard roles.count == names.count else { return nil }
    self.init(roles: Set(roles), isCleared: values["cleared"] == true, conflicts: conflicts)
  }

  var values: JSON {
    [
      "roles": .texts(roles.map(\.rawValue)), "cleared": .bool(isCleared),
      "conflicts": .number(conflicts),
    ]
  }
}

/// When an inspection is published, and the phases before that.
public struct PlanFacts: Hashable, Sendable {
  public struct Phase: Hashable, Sendable {
    public let id: String
    public let title: String

    /// Both are in the phase.
    public let first: Day
    public let last: Day

    public init(id: String, title: String, first: Day, last: Day) {
      self.id = id
      self.title = title
      self.first = first
      self.last = last
    }
  }

  public let publication: Day

  /// The digest of the template that the phases were counted by.
  public let template: Digest
  public let phases: [Phase]

  public init(publication: Day, template: Digest, phases: [Phase]) {
    self.publication = publication
    self.template = template
    self.phases = phases
  }

  init?(values: JSON) {
    guard let publication = values["publication"].day,
      let template = values["template"].string.flatMap({ Digest(text: $0) }),
      let list = values["phases"].array
    else { return nil }
    var phases: [Phase] = []
    for one in list {
      guard let id = one["id"].string, let title = one["title"].string,
        let first = one["first"].day,
        let last = one["last"].day, first <= last
      else { return nil }
      phases.append(Phase(id: id, title: title, first: first, last: last))
    }
    self.init(publication: publication, template: template, phases: phases)
  }

  var values: JSON {
    [
      "publication": .string(publication.description),
      "template": .string(template.description),
      "phases": .array(
        phases.map { phase in
          [
            "id": .string(phase.id), "title": .string(phase.title),
            "first": .string(phase.first.description), "last": .string(phase.last.description),
          ]
        }),
    ]
  }
}
