import Fieldwork
import Records
import Workflows

/// What people declared that the provider’s list does not have, so that it bars nothing.
enum UnknownNames {
  /// Each with its field, in the order of the form.
  ///
  /// - Parameter unknown: Only what is not in the list.
  static func mistakes(_ unknown: TeamDetails) -> [Mistake] {
    let fields =
      unknown.conflicts.map { ("conflicts", $0) }
      + [("officer", unknown.officer), ("team", unknown.team)]
    return fields.filter { !$0.1.isEmpty }.map { field, name in
      Mistake(field: field, text: "“\(name)” is not in the list: write it as the list has it")
    }
  }

  /// Names members of the team whose declarations bar nothing; nothing where there are none.
  static func warning(_ site: StaffSite, _ inspection: OpenInspection) async throws -> HTML {
    let unknown = try await site.desks.planning.unknownNames(in: inspection)
    guard !unknown.isEmpty else { return .none }
    let accounts = Dictionary(
      uniqueKeysWithValues: try await site.desks.accounts.accounts().map { ($0.id, $0.name) })
    let rows = unknown.map { id, details in
      (id: id, name: accounts[id] ?? id.description, details: details)
    }.sorted { ($0.name, $0.id.description) < ($1.name, $1.id.description) }
    return Parts.inset(
      """
      \(Parts.paragraph("What these people declared is not in the list, so it keeps no case from "
      + "them. Write it as the list has it."))\
      \(Parts.list(rows.map { row -> HTML in
        let change = Link(
          InspectionPages.address(inspection, "/team"), [("member", "\(row.id)")]).address
        let link = Parts.link(row.name, to: change + "#member")
        return "\(link): \(words(row.details))"
      }))
      """)
  }

  private static func words(_ unknown: TeamDetails) -> String {
    let officer = unknown.officer.isEmpty ? [] : ["the officer “\(unknown.officer)”"]
    let team = unknown.team.isEmpty ? [] : ["the team “\(unknown.team)”"]
    return Words.list(unknown.conflicts.map { "the office “\($0)”" } + officer + team)
  }
}
