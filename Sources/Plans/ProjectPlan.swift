public import Calendars
public import Problems

/// The phases of one inspection with their days.
public struct ProjectPlan: Hashable, Sendable {
  public struct Phase: Hashable, Sendable {
    public let id: String
    public let title: String

    /// Both are working days, and both are in the phase.
    public let first: Day
    public let last: Day

    /// How many working days it has.
    public let workingDays: Int
  }

  public let publication: Day

  /// In the order of their first days; those that start on one day as in the template.
  public let phases: [Phase]

  /// Counts the phases of a template back from the day of publication.
  ///
  /// - Throws: ``Problems`` when nothing can be published on that day, or a phase lies in a year
  ///   whose bank holidays are not known.
  public init(
    _ template: PlanTemplate, publication: Day, over days: WorkingDays
  ) throws(Problems) {
    switch days.isWorkingDay(publication) {
    case true: break
    case false:
      let holiday = days.bankHolidays[publication]
      throw Problems(
        Problem(
          "the plan",
          "\(publication.words) is \(holiday ?? "at a weekend"), and nothing is published then",
          remedy: "choose a working day"))
    default: throw Self.unknown(days)
    }
    var phases: [Phase] = []
    for phase in template.phases {
      guard let first = days.day(-phase.first, from: publication),
        let last = days.day(-phase.last, from: publication)
      else { throw Self.unknown(days) }
      phases.append(
        Phase(
          id: phase.id, title: phase.title, first: first, last: last,
          workingDays: phase.first - phase.last + 1))
    }
    self.publication = publication
    self.phases = phases.enumerated().sorted {
      ($0.element.first, $0.offset) < ($1.element.first, $1.offset)
    }.map(\.element)
  }

  /// The phases for calendar programs.
  public var events: [CalendarFeed.Event] {
    phases.map {
      CalendarFeed.Event(id: $0.id, title: $0.title, first: $0.first, last: $0.last)
    }
  }

  private static func unknown(_ days: WorkingDays) -> Problems {
    Problems(
      Problem(
        "the plan",
        "a phase lies outside \(days.years.lowerBound) to \(days.years.upperBound), the years whose "
          + "bank holidays are known",
        remedy: "choose another day of publication, or bring the bank holidays up to date"))
  }
}
