import Fieldwork
import Records
import Workflows

/// What people declared that the provider’s list does not have, so that it bars nothing.
enum UnknownNames {
  /// Each with its field, in the order of the form.
  ///
  /// - Parameters:
  ///   - unknown: Only what is not in the list.
  ///   - before: What was declared already, which is taken again.
  static func mistakes(_ unknown: TeamDetails, before: TeamDetails) -> [Mistake] {
    let fields =
      unknown.conflicts.filter { !before.conflicts.contains($0) }.map { ("conflicts", $0) }
      + [("officer", unknown.officer == before.officer ? "" : unknown.officer)]
      + [("team", unknown.team == before.team ? "" : unknown.team)]
    return fields.filter { !$0.1.isEmpty }.map { field, name in
      Mistake(field: field, text: "“\(name)” \(notListed)")
    }
  }

  private static let notListed = "is not in the list: write it as the list has it"

  /// The box of the form that takes names which are not in the list: of somebody who supervises
  /// nobody in it.
  static let kept = "unlisted"

  /// The box, once there was such a name.
  static func box(_ form: SubmittedForm, _ mistakes: [Mistake]) -> HTML {
    guard form[kept] != nil || mistakes.contains(where: { $0.text.hasSuffix(notListed) }) else {
      return .none
    }
    return Form.boxes(
      kept, "Names that are not in the list",
      options: [Form.Option(value: "yes", text: "Keep them: they keep no case from this person")],
      ticked: Set(form.all(kept)), mistakes: mistakes)
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
