import Fieldwork
import Problems
import Storage
import Testing
import Workflows

@testable import Website

/// What is refused where accounts are made.
@Suite struct NewAccountTests {
  @Test func `everything that is wrong with a new account is said at once`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "admin")
    let fields = ["email": "bad", "name": String(repeating: "n", count: 201), "password": "short"]

    let page = await installation.respond(.post, "/accounts", by: secret, fields)

    #expect(page.status == 422)
    for (field, text) in [
      ("email", "Enter an e-mail address, as lead@example.org"),
      ("name", "Write at most 200 characters"),
      ("password", "The password has fewer than 12 characters: choose a longer one"),
    ] {
      #expect(page.text.contains(PlanningFixture.mistake(field, text)), "\(field)")
    }
    let accounts = try await installation.store.accounts.accounts()
    #expect(accounts.count == installation.accounts.count)
  }

  @Test func `who has an address of the training inspection must be able to see it`()
    async throws
  {
    let installation = try await Installation.make()
    let accounts = installation.store.accounts
    // Its own people can.
    try await TrainingRecord.check(accounts)
    let lead = try #require(installation.accounts["lead"]).id
    try await accounts.set(.officer, for: TrainingInspection.provider, lead)

    let problems = await #expect(throws: Problems.self) {
      try await TrainingRecord.check(accounts)
    }
    #expect(problems?.list.map(\.file) == ["lead@example.org"])
  }
}
