import Storage
import Testing

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
}
