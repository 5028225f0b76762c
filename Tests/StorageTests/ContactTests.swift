import Calendars
import OrderedJSON
import Records
import TestKit
import Testing
import Workflows

@testable import Storage

@Suite struct ContactTests {
  private static func device(_ number: Int) -> EntryID {
    var chance = Chance(seed: UInt64(number))
    return EntryID(at: newYear, using: &chance)
  }

  private static func contact(_ number: Int, second: Int, waiting: Int = 0) -> DeviceContact {
    DeviceContact(
      device: device(number), author: AuthorID(known: "one"), at: newYear.adding(seconds: second),
      waiting: waiting, held: number)
  }

  @Test(arguments: Backend.allCases)
  func `the newest contact of each device is kept, however many come at once`(
    _ backend: Backend
  ) async throws {
    let store = try backend.place().records()
    _ = try await store.append(Drafts.draft(1), if: .always)

    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...37 {
        for second in 0...5 {
          group.addTask {
            try await store.note(
              Self.contact(number, second: second, waiting: 5 - second), of: .one)
          }
        }
      }
      try await group.waitForAll()
    }

    let contacts = try await store.contacts(of: .one)
    #expect(Set(contacts) == Set((1...37).map { Self.contact($0, second: 5) }))
    #expect(contacts.count == 37)
    // An older one that comes late changes nothing.
    try await store.note(Self.contact(1, second: 4, waiting: 9), of: .one)
    #expect(try await store.contacts(of: .one) == contacts)
  }
}
