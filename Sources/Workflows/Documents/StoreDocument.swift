public import Calendars
public import Fieldwork
public import OrderedJSON
import People
import Providers
public import Records
import RuleFiles
import Standards

/// What a store holds, as machines read it. Nothing that is sealed.
public enum StoreDocument {
  /// - Parameters:
  ///   - inspections: Each with how it stands; nothing of a record that is damaged.
  ///   - today: The day on which it matters what is kept too long.
  public static func json(
    _ inspections: [(id: InspectionID, state: InspectionState?)], on today: Day
  ) -> JSON {
    .array(
      inspections.map { id, state in
        guard let state else {
          return ["inspection": .string(id.description), "isDamaged": true]
        }
        return [
          "inspection": .string(id.description), "isDamaged": false,
          "provider": .text(state.facts?.provider.slug),
          "edition": .text(state.facts?.edition.text), "revision": .number(state.revision),
          "retainedUntil": .text(state.retainedUntil?.description),
          "isKeptTooLong": .bool(state.isKeptTooLong(on: today)),
          "isErased": .bool(state.isErased),
        ]
      })
  }

  public static func json(_ accounts: [Account]) -> JSON {
    .array(
      accounts.map { account in
        [
          "email": .string(account.email.description), "id": .string(account.id.description),
          "name": .string(account.name), "isAdministrator": .bool(account.isAdministrator),
          "isLeadInspector": .bool(account.isLeadInspector),
          "isDisabled": .bool(account.isDisabled),
        ]
      })
  }

  public static func json(_ verified: [VerifiedRecord]) -> JSON {
    .array(
      verified.map { one in
        [
          "inspection": .string(one.inspection.description), "entries": .number(one.entries),
          "head": .text(one.head?.description), "filesElsewhere": .number(one.elsewhere),
          "fault": one.fault.map(json) ?? .null,
        ]
      })
  }

  private static func json(_ fault: VerifiedRecord.Fault) -> JSON {
    [
      "sequence": .number(fault.sequence), "id": .text(fault.id), "what": .string(fault.what),
    ]
  }
}
