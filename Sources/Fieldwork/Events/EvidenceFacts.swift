public import Calendars
import OrderedJSON
public import RuleFiles
public import Standards

/// A kind of evidence.
public enum EvidenceKind: String, CaseIterable, Sendable {
  case document
  case interview
  case focusGroup = "focus-group"
  case visit
  case survey
  case data

  public var title: String {
    switch self {
    case .document: "Document"
    case .interview: "Interview"
    case .focusGroup: "Focus group"
    case .visit: "Visit"
    case .survey: "Survey"
    case .data: "Data"
    }
  }
}

/// A version of a piece of evidence. Its title and what is said about it are sealed beside it.
public struct EvidenceFacts: Hashable, Sendable {
  public let kind: EvidenceKind

  /// The file, or what was typed as a text file.
  public let file: StoredFile

  /// The digest of the file as it came, by which anybody who holds it can tell that it is this one.
  public let content: Digest

  /// The codes of the key questions that it is about, in order.
  public let questions: [String]

  public init(kind: EvidenceKind, file: StoredFile, content: Digest, questions: Set<String>) {
    self.kind = kind
    self.file = file
    self.content = content
    self.questions = questions.sorted()
  }

  init?(values: JSON) {
    guard let kind = values["kind"].string.flatMap(EvidenceKind.init),
      let file = StoredFile(values: values),
      let content = values["content"].string.flatMap({ Digest(text: $0) }),
      let list = values["questions"].array
    else { return nil }
    self.init(
      kind: kind, file: file, content: content, questions: Set(list.compactMap(\.string)))
  }

  var values: JSON {
    .object(
      [JSON.Member("kind", .string(kind.rawValue))] + file.members + [
        JSON.Member("content", .string(content.description)),
        JSON.Member("questions", .texts(questions)),
      ])
  }
}

/// What the lead inspector judges a standard, or one of its key questions, to be on evidence. Why is
/// sealed beside it.
public enum EvidenceRating: Hashable, Sendable {
  case rated(Rating)

  /// It was left out of this inspection.
  case notInspected

  /// A judgement is taken back.
  case none

  private static let notInspectedName = "not-inspected"

  /// Reads `good` or `not-inspected`.
  public init?(_ text: String) {
    if text == Self.notInspectedName {
      self = .notInspected
    } else if let rating = Rating(rawValue: text) {
      self = .rated(rating)
    } else {
      return nil
    }
  }

  /// What ``init(_:)`` reads; nothing for ``none``.
  public var name: String? {
    switch self {
    case .rated(let rating): rating.rawValue
    case .notInspected: Self.notInspectedName
    case .none: nil
    }
  }

  init?(values: JSON) {
    if values["rating"] == .null {
      self = .none
    } else if let read = values["rating"].string.flatMap({ EvidenceRating($0) }) {
      self = read
    } else {
      return nil
    }
  }

  var values: JSON { ["rating": .text(name)] }
}

/// A fact about the people who work there. Where it comes from is sealed beside it.
public struct WorkforceFact: Hashable, Sendable {
  public enum Measure: String, CaseIterable, Sendable {
    /// Cases for each officer, on average.
    case caseloadPerOfficer = "caseload-per-officer"

    /// Posts that nobody holds, of a hundred.
    case vacancies

    /// Working days lost to sickness for each member of staff, over a year.
    case sickness

    /// People in post of a grade, in full-time equivalents.
    case inPost = "in-post"

    public var title: String {
      switch self {
      case .caseloadPerOfficer: "Caseload per officer"
      case .vacancies: "Vacancy rate"
      case .sickness: "Sickness absence"
      case .inPost: "Staff in post"
      }
    }

    public var unit: String {
      switch self {
      case .caseloadPerOfficer: "cases"
      case .vacancies: "%"
      case .sickness: "days a year"
      case .inPost: "full-time equivalents"
      }
    }

    /// The largest that it can be, in tenths of its unit.
    public var mostTenths: Int {
      switch self {
      case .caseloadPerOfficer: 10_000
      case .vacancies: 1_000
      case .sickness: 3_660
      case .inPost: 1_000_000
      }
    }
  }

  /// A grade of staff.
  ///
  /// - Source: general knowledge of the service; no page that we saw lists them.
  public enum Grade: String, CaseIterable, Sendable {
    case administrator
    case servicesOfficer = "pso"
    case trainee
    case officer = "po"
    case seniorOfficer = "spo"
    case manager
    case other

    public var title: String {
      switch self {
      case .administrator: "Case administrator"
      case .servicesOfficer: "Probation services officer"
      case .trainee: "Trainee probation officer"
      case .officer: "Probation officer"
      case .seniorOfficer: "Senior probation officer"
      case .manager: "Manager"
      case .other: "Other"
      }
    }
  }

  public let measure: Measure

  /// The grade that it is about; nothing for all.
  public let grade: String?

  /// In tenths of the measure’s unit.
  public let tenths: Int

  /// The day that it holds for.
  public let heldOn: Day

  /// - Parameter tenths: At least zero.
  public init?(measure: Measure, grade: String?, tenths: Int, heldOn: Day) {
    guard tenths >= 0 else { return nil }
    self.measure = measure
    self.grade = grade
    self.tenths = tenths
    self.heldOn = heldOn
  }

  /// As people write it: `46` or `46.5`.
  public var number: String { Self.number(tenths: tenths) }

  /// As people write so many tenths: `46` or `46.5`.
  public static func number(tenths: Int) -> String {
    tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// Reads what ``number`` writes, `46`, `46.0` or `46.5`, as tenths.
  ///
  /// - Returns: Nothing from anything else: a sign, more decimals, letters, a thousand million.
  public static func tenths(_ text: some StringProtocol) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), (1...9).contains(parts[0].utf8.count),
      parts.count == 1 || parts[1].utf8.count == 1,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    return Int(parts.joined() + (parts.count == 1 ? "0" : ""))
  }

  /// The grade in words; nothing for all grades.
  public var gradeTitle: String? { grade.map { Grade(rawValue: $0)?.title ?? $0 } }

  init?(values: JSON) {
    guard let measure = values["measure"].string.flatMap(Measure.init),
      let tenths = values["tenths"].int, let heldOn = values["heldOn"].day
    else { return nil }
    self.init(measure: measure, grade: values["grade"].string, tenths: tenths, heldOn: heldOn)
  }

  var values: JSON {
    [
      "measure": .string(measure.rawValue), "grade": .text(grade), "tenths": .number(tenths),
      "heldOn": .string(heldOn.description),
    ]
  }
}
