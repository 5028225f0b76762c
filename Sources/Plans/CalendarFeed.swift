public import Calendars

/// A project plan for calendar programs.
///
/// - Source: RFC 5545, and RFC 7986 for the name: lines of at most 75 bytes that end in CR LF, days
///   without times, the end not included.
public struct CalendarFeed: Sendable {
  public let bytes: [UInt8]

  /// Something that lasts whole days, both included.
  public struct Event: Sendable {
    public let id: String
    public let title: String
    public let first: Day
    public let last: Day

    public init(id: String, title: String, first: Day, last: Day) {
      self.id = id
      self.title = title
      self.first = first
      self.last = last
    }
  }

  /// - Parameters:
  ///   - name: How the calendar is called.
  ///   - key: What the ids of its events start with; never used for another plan.
  ///   - instant: When the plan was made or changed last.
  public init(
    _ events: [Event], name: String, key: String, changedAt instant: Instant
  ) {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Plumbline//Project plan//EN",
      "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "NAME:\(Self.escaped(name))",
      "X-WR-CALNAME:\(Self.escaped(name))",
    ]
    for phase in events {
      lines += [
        "BEGIN:VEVENT", "UID:\(Self.escaped("\(key)-\(phase.id)"))",
        "DTSTAMP:\(Self.stamp(instant))", "DTSTART;VALUE=DATE:\(Self.compact(phase.first))",
        "DTEND;VALUE=DATE:\(Self.compact(Day(number: phase.last.number + 1) ?? phase.last))",
        "SUMMARY:\(Self.escaped("\(name): \(phase.title)"))", "TRANSP:TRANSPARENT",
        "END:VEVENT",
      ]
    }
    lines.append("END:VCALENDAR")
    bytes = lines.flatMap { Self.folded($0) }
  }

  private static func compact(_ day: Day) -> String { day.description.filter { $0 != "-" } }

  /// `20260504T101500Z`
  private static func stamp(_ instant: Instant) -> String {
    instant.description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\", ";", ",": escaped += "\\\(character)"
      case "\n": escaped += "\\n"
      case _ where character.value < 32 || character.value == 127: break
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// A line cut into pieces that go on behind a space, never inside a character.
  private static func folded(_ line: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var room = 75
    for scalar in line.unicodeScalars {
      let own = Array(String(scalar).utf8)
      if own.count > room {
        bytes += [13, 10, 32]
        room = 74
      }
      bytes += own
      room -= own.count
    }
    return bytes + [13, 10]
  }
}
