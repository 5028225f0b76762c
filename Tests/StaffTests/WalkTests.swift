import Calendars
import Fieldwork
import People
import Providers
import Publications
import Records
import Standards
import Storage
import TestKit
import Testing
import Workflows

@testable import Website

/// Every address of the part that people sign in to, tried by everybody, in their own inspection
/// and in another one, and compared with a table that people can read.
@Suite struct WalkTests {
  /// A row of the table: who may.
  private struct Row {
    let method: String
    let path: String
    let allowed: Set<String>
  }

  private static func rows() throws -> [Row] {
    try GoldenTable("permissions", in: .module).rows.map { row in
      let words = try row.text("address").split(separator: " ").map(String.init)
      let allowed = try row.text("who").split(separator: ",").map {
        String($0.drop { $0 == " " })
      }
      return Row(method: words[0], path: words[1], allowed: Set(allowed))
    }
  }

  @Test func `the table has every address, and no other`() throws {
    let rows = try Self.rows().map { "\($0.method) \($0.path)" }
    let routes = StaffRoutes.all.map {
      "\($0.method.rawValue) /" + $0.pattern.joined(separator: "/")
    }
    #expect(Set(rows) == Set(routes))
    #expect(rows.count == Set(rows).count)
    #expect(routes.count == Set(routes).count)
  }

  /// What each person of the training inspection is called in the table.
  private static let names = [
    "lead": "lead", "assessor-1": "assessor", "local": "local assessor",
    "quality": "quality lead", "panel": "panel member", "editor": "editor",
    "provider": "provider lead", "auditor": "provider auditor", "officer": "officer",
    "admin": "administrator",
  ]

  @Test func `everybody may what the table says, in their own inspection and in no other`()
    async throws
  {
    let installation = try await Installation.make()
    let site = installation.site
    try await Self.setUpOther(installation)
    var sessions: [String: String] = [:]
    for name in Self.names.keys { sessions[name] = try await installation.session(of: name) }
    var tried = 0
    for row in try Self.rows() where !row.allowed.contains("program") {
      let method = try #require(StaffRequest.Method(rawValue: row.method))
      for (name, role) in Self.names {
        let secret = try #require(sessions[name])
        for isOwn in [true, false] {
          let path = Self.path(row.path, isOwn: isOwn)
          let request = installation.request(method, path, by: secret)
          let admission = try await Self.admission(request, site)
          let isPlace = row.path.contains(":inspection") || row.path.contains(":provider")
          let isRight =
            row.allowed.contains("anybody")
            || !(isPlace && !isOwn)
              && !row.allowed.isDisjoint(with: ["signed in", role])
            || row.allowed.contains("who sets up inspections") && name == "lead"
          let place = "\(row.method) \(path) by \(name)"
          switch admission {
          case .admitted: #expect(isRight, "\(place) is let in")
          case .refused(let page):
            #expect(!isRight, "\(place) is refused with \(page.status)")
            let isMember = isOwn && Self.belongs(name, to: row.path)
            #expect(page.status == (isPlace && !isMember ? 404 : 403), "\(place)")
            // The answer is the refusal: nothing was done.
            #expect(await site.respond(to: request).status == page.status, "\(place)")
          }
          tried += 1
        }
      }
      // Nobody at all.
      let request = installation.request(method, Self.path(row.path, isOwn: true), by: nil)
      if !row.allowed.contains("anybody") {
        let page = await site.respond(to: request)
        #expect(page.status == (method == .get && !request.isForProgram ? 303 : 401), "\(row.path)")
      }
    }
    #expect(tried > 1_000)
  }

  @Test func `a program may what its holder and its token may, and nothing else`() async throws {
    let installation = try await Installation.make()
    try await Self.setUpOther(installation)
    for row in try Self.rows() where row.allowed.contains("program") {
      let permission = try #require(Self.permission(of: row.method, row.path))
      for (name, role) in Self.names {
        for permissions in [
          Set(AccessToken.allowed), Set(AccessToken.allowed).subtracting([permission]),
        ] {
          let secret = try await Self.token(of: name, permissions, installation)
          for isOwn in [true, false] {
            var request = StaffRequest(
              row.method == "GET" ? .get : .post, Self.path(row.path, isOwn: isOwn))
            request.authorization = "Bearer \(secret)"
            let status = await installation.site.respond(to: request).status
            let isMember = isOwn && Self.belongs(name, to: row.path)
            let isRight =
              isMember && permissions.contains(permission) && row.allowed.contains(role)
            let place = "\(row.method) \(row.path) by \(name), own: \(isOwn)"
            #expect((status == 403) == (isMember && !isRight), "\(place): \(status)")
            #expect((status == 404) == !isMember, "\(place): \(status)")
          }
        }
      }
      var request = StaffRequest(
        row.method == "GET" ? .get : .post, Self.path(row.path, isOwn: true))
      #expect(await installation.site.respond(to: request).status == 401)
      // A session is no token.
      request.cookies =
        "\(installation.site.cookies.session)="
        + (try await installation.session(of: "lead"))
      #expect(await installation.site.respond(to: request).status == 401)
    }
  }

  // MARK: - Help

  private static func permission(of method: String, _ path: String) -> Permission? {
    let route = StaffRoutes.all.first {
      $0.method.rawValue == method && "/" + $0.pattern.joined(separator: "/") == path
    }
    if case .program(let permission)? = route?.access { return permission }
    return nil
  }

  /// An inspection of another provider, with another team.
  private static func setUpOther(_ installation: Installation) async throws {
    let desks = installation.site.desks
    let stranger = AuthorID(known: "stranger")
    let id = InspectionID(known: "other")
    let provider = try #require(installation.site.site.register.providers.first?.id)
    let edition = try #require(installation.site.site.editions.ruleBooks.first?.id)
    try await desks.inspections.create(
      id, about: InspectionFacts(provider: provider, edition: edition), title: "Other",
      retainedUntil: nil, by: stranger, masterKey: installation.masterKey)
    let facts = try #require(TeamFacts(roles: [.lead], isCleared: true, conflicts: 0))
    let inspection = try #require(try await desks.planning.memory.inspection(id))
    _ = try await desks.planning.set(
      stranger, facts, TeamDetails(), in: inspection,
      by: PlanningDesk.Actor(stranger, seen: 1))
  }

  private static func path(_ pattern: String, isOwn: Bool) -> String {
    pattern.replacing(":inspection", with: isOwn ? "training" : "other")
      .replacing(":provider", with: isOwn ? "training-service" : "other-provider")
      .replacing(":number", with: "1").replacing(":place", with: "1")
      .replacing(":member", with: "nobody").replacing(":account", with: "nobody")
      .replacing(":token", with: "none").replacing(":secret", with: "none")
  }

  /// Whether somebody is in the team of an inspection, or with a provider.
  private static func belongs(_ name: String, to path: String) -> Bool {
    let isOfProvider = ["provider", "auditor", "officer"].contains(name)
    if name == "admin" { return false }
    return path.contains(":provider") ? isOfProvider : !isOfProvider
  }

  private static func admission(
    _ request: StaffRequest, _ site: StaffSite
  ) async throws -> Admission {
    let (route, parameters) = try #require(StaffRoutes.route(of: request), "\(request.path)")
    return try await site.admit(request, to: route, parameters)
  }

  private static func token(
    of name: String, _ permissions: Set<Permission>, _ installation: Installation
  ) async throws -> String {
    var chance = SystemRandomNumberGenerator()
    let secret = HeldSecret(.token, using: &chance)
    let token = AccessToken(
      id: installation.site.desks.newID(),
      account: try #require(installation.accounts[name]?.id), title: "a test",
      inspection: TrainingRecord.id, permissions: permissions,
      expiresAt: Installation.now.adding(seconds: 60))
    try await installation.store.accounts.add(token, secret.digest(.token))
    return secret.text
  }
}
