import Calendars
import Records
import Workflows

/// A contact of a device, with the inspection whose cases it holds.
struct NotedContact: Sendable {
  let inspection: InspectionID
  let contact: DeviceContact
}

/// Notes when devices were in contact, many with one statement.
struct NotingContacts {
  let transaction: any SQLTransaction

  /// What has one row.
  private struct Holder: Hashable {
    let inspection: InspectionID
    let device: EntryID
    let author: AuthorID
  }

  func note(_ contacts: [NotedContact]) throws {
    // No statement may touch a row twice.
    var newest: [Holder: NotedContact] = [:]
    for one in contacts {
      let holder = Holder(
        inspection: one.inspection, device: one.contact.device, author: one.contact.author)
      if let other = newest[holder], other.contact.at > one.contact.at { continue }
      newest[holder] = one
    }
    // In one order, or two processes wait for each other.
    var left = newest.values.sorted { Self.name($0) < Self.name($1) }[...]
    // Powers of two, so that there are few different statements.
    while !left.isEmpty {
      var count = 1
      while count * 2 <= left.count { count *= 2 }
      try put(left.prefix(count))
      left = left.dropFirst(count)
    }
  }

  private static func name(_ one: NotedContact) -> String {
    "\(one.inspection) \(one.contact.device) \(one.contact.author)"
  }

  private func put(_ contacts: some Collection<NotedContact>) throws {
    let rows = contacts.map { _ in "(?, ?, ?, ?, ?, ?)" }.joined(separator: ", ")
    try transaction.run(
      """
      INSERT INTO device_contacts (inspection, device, author, at, waiting, held) VALUES \(rows)
      ON CONFLICT (inspection, device, author) DO UPDATE
      SET at = excluded.at, waiting = excluded.waiting, held = excluded.held
      WHERE device_contacts.at <= excluded.at
      """,
      contacts.flatMap { one -> [SQLValue] in
        [
          .text(one.inspection.description), .text(one.contact.device.description),
          .text(one.contact.author.description), .integer(one.contact.at.milliseconds),
          .integer(one.contact.waiting), .integer(one.contact.held),
        ]
      })
  }
}
