public import Calendars
import Foundation

/// The time that people in England and Wales go by. Records hold UTC.
public enum London {
  private static let zone = {
    guard let zone = TimeZone(identifier: "Europe/London") else {
      preconditionFailure("The system does not know the time zone Europe/London.")
    }
    return zone
  }()

  /// The day there at a moment.
  public static func day(at instant: Instant) -> Day { shifted(instant).dayInUTC }

  /// The time of day there at a moment: `09:30`.
  static func time(at instant: Instant) -> String {
    String(shifted(instant).description.dropFirst(11).prefix(5))
  }

  /// The moment at which a clock in UTC shows what clocks show there at another.
  private static func shifted(_ instant: Instant) -> Instant {
    let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000)
    return instant.adding(seconds: zone.secondsFromGMT(for: date))
  }
}
