import Calendars
import Fieldwork
import Records
import Standards
import Storage
import Testing
import Workflows

@testable import Website

/// An inspection whose personal data were erased.
@Suite struct ErasedTests {
  @Test func `a lead is told that what is personal is kept longer than planned`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    let warning = "What is personal is kept longer than planned in Training inspection"
    for (day, isLate) in [(0, false), (-1, true)] {
      try await installation.site.desks.inspections.retain(
        TrainingRecord.id, until: Installation.now.adding(seconds: 86_400 * day).dayInUTC,
        by: AuthorID(known: "operator"))
      let text = await installation.respond(.get, "/fieldwork", by: secret).text
      #expect(text.contains(warning) == isLate)
    }
  }

  @Test func `its pages answer without what was personal, and nothing is added`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    let desks = installation.site.desks
    let title = "Training inspection"
    #expect(await installation.respond(.get, "/fieldwork", by: secret).text.contains(title))
    let open = try #require(try await desks.planning.memory.inspection(TrainingRecord.id))
    let one = try #require(try await desks.planning.cases(of: open).first)

    try await desks.inspections.erase(TrainingRecord.id, by: AuthorID(known: "operator"))

    let revision = try await installation.store.records.revision(of: TrainingRecord.id)
    for path in [
      "", "/team", "/plan", "/return", "/sample", "/allotment", "/cases", "/requests",
      "/record.jsonl", "/evidence", "/evidence/matrix", "/evidence/1", "/evidence/new",
      "/evidence/1/change", "/judgements", "/judgements/1.2", "/judgements/1.2.1", "/panel",
      "/panel/2.1", "/workforce", "/workforce/1", "/progress", "/device", "/device/cases",
      "/seconds", "/calibrations", "/quality", "/quality/seconds", "/quality/agreement",
      "/quality/disagreements", "/quality/severity", "/quality/calibration",
    ] {
      let page = await installation.respond(.get, "/fieldwork/training" + path, by: secret)
      #expect(page.status == 200, "\(path)")
      #expect(!page.text.contains(one.crn) && !page.text.contains(title), "\(path)")
      for gone in ["Head of the service", "One post in eight", "return of staff"] {
        #expect(!page.text.contains(gone), "\(path)")
      }
    }
    for path in [
      "/sample.json", "/sample/audit.html", "/return/rejects.csv", "/cases/1",
      "/cases/1/assess", "/cases/1/assess/conflicts", "/cases/1/sheet",
      "/evidence/1/files/1",
    ] {
      let page = await installation.respond(.get, "/fieldwork/training" + path, by: secret)
      #expect(page.status == 404, "\(path)")
    }
    let panel = try #require(installation.accounts["panel"]).id.description
    let forms = [
      ("/plan", ["publication-day": "11", "publication-month": "3", "publication-year": "2027"]),
      ("/plan/feed", [:]), ("/allotment/evenly", [:]),
      ("/team", ["email": "panel@example.org", "role": "assessor", "member": panel]),
      (
        "/evidence/new",
        [
          "kind": "visit", "title": "x", "says": "x", "text": "x", "questions": "1.1.1",
        ]
      ), ("/judgements/1.1", ["rating": "good", "reason": "x"]),
      ("/judgements/1.2/back", ["back": "x"]),
      ("/panel/2.1", ["rating": "good", "reason": "x", "members": "x"]),
      (
        "/workforce",
        [
          "measure": "vacancies", "value": "1", "held-day": "1", "held-month": "2",
          "held-year": "2026", "source": "x",
        ]
      ), ("/workforce/1/out", ["back": "x"]),
      (
        "/requests",
        ["title": "A document", "due-day": "1", "due-month": "2", "due-year": "2030"]
      ),
    ]
    for (path, fields) in forms {
      let page = await installation.respond(
        .post, "/fieldwork/training" + path, by: secret, fields)
      #expect([303, 409, 422].contains(page.status), "\(path): \(page.status)")
    }
    for path in ["/assess", "/submit", "/queries", "/reopen"] {
      let page = await installation.respond(
        .post, "/fieldwork/training/cases/1" + path, by: secret,
        ["seen": "9999", "text": "x", "reason": "x", "2.1.1:answer": "sufficient"])
      #expect(page.status == 404, "\(path)")
    }
    #expect(try await installation.store.records.revision(of: TrainingRecord.id) == revision)
    let verified = try await VerifyRecords.run(
      installation.store.records, try PublishedEditions.load())
    #expect(verified.map(\.fault) == [nil])
  }
}
