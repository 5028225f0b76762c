import Fieldwork
import Records
import Testing
import Workflows

@testable import Website

/// What is refused where an inspection is created, as the tool refuses it.
@Suite struct NewInspectionTests {
  @Test func `an inspection must not have the name of a page, nor another kind’s edition`()
    async throws
  {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    let fields = [
      "title": "A title", "id": "new", "provider": "west-kent-pdu", "edition": "crc-2018",
      "retention-day": "1", "retention-month": "2", "retention-year": "2031",
    ]

    let page = await installation.respond(.post, "/fieldwork/new", by: secret, fields)

    #expect(page.status == 422)
    #expect(
      page.text.contains(
        "<a href=\"#id\">A page of the site has the name new: choose another</a>"))
    #expect(
      page.text.contains(
        "<a href=\"#edition\">Choose an edition for probation delivery units</a>"))
    let id = InspectionID(known: "new")
    #expect(try await installation.site.desks.planning.memory.inspection(id) == nil)
  }
}
