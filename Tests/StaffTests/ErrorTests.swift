import Fieldwork
import Records
import Storage
import Synchronization
import Testing
import Workflows

@testable import Website

/// Errors that nobody expected.
@Suite struct ErrorTests {
  private struct Secret: Error {
    let crn = "X123456"
  }

  @Test func `a reader is told a number, and the log nothing personal`() async throws {
    let installation = try await Installation.make()
    let page = installation.site.failure(Secret(), StaffRequest(.get, "/fieldwork"))
    #expect(page.status == 503)
    let line = try #require(installation.log.lines.withLock { $0.last })
    #expect(!line.contains("X123456"))
    let number = try #require(line.split(separator: " ").dropFirst().first?.dropLast())
    #expect(page.text.contains(number))

    let answer = installation.site.failure(
      StoreFault.unreachable, StaffRequest(.post, "/api/v1/inspections/training/entries"))
    #expect(answer.status == 503)
    #expect(answer.text.hasPrefix("{\"problems\":["))
  }

  @Test func `where too many sign in at once, people are told to come back`() async throws {
    let installation = try await Installation.make()
    let page = installation.site.failure(TooManyPasswords(), StaffRequest(.post, "/sign-in"))
    #expect(page.status == 503)
    #expect(page.text.contains("Try again in a minute"))
    #expect(page.text.contains("Nothing was recorded"))
    #expect(
      installation.log.lines.withLock { $0.last } == "too many passwords wait to be compared")
  }

  @Test func `pages behind the sign-in are kept by nobody`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    for path in [
      "/fieldwork", "/fieldwork/training/cases", "/fieldwork/training/sample.json", "/sign-in",
      "/fieldwork/none", "/account", "/fieldwork/training/record.jsonl",
    ] {
      let page = await installation.respond(.get, path, by: secret)
      #expect(page.header("Cache-Control") == "no-store", "\(path)")
    }
  }
}
