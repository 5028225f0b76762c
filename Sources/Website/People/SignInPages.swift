import Calendars
import Fieldwork
import People
import Records
import Workflows

/// Signing in and out.
enum SignInPages {
  static let routes = [
    StaffRoute(.get, "/sign-in", .everyone) { site, visit in form(site, visit) },
    StaffRoute(.post, "/sign-in", .everyone, begin),
    StaffRoute(.get, "/sign-in/code", .everyone) { site, visit in code(site, visit) },
    StaffRoute(.post, "/sign-in/code", .everyone, finish),
    StaffRoute(.get, "/sign-in/elsewhere", .everyone, leave),
    StaffRoute(.get, "/sign-in/elsewhere/return", .everyone, comeBack),
    StaffRoute(.post, "/sign-out", .everyone, end),
    StaffRoute(.get, "/signed-out", .everyone, signedOut),
    StaffRoute(.post, "/sign-out/everywhere", .may(.ownAccount), endEverywhere),
  ]

  /// Where to go afterwards: a path of the part that people sign in to, and nowhere else.
  private static func next(_ text: String?) -> String {
    guard let text, text.hasPrefix("/"), StaffSite.owns(text), !text.hasPrefix("/sign"),
      text.utf8.allSatisfy({ (33..<127).contains($0) && $0 != UInt8(ascii: "\\") })
    else { return "/fieldwork" }
    return text
  }

  private static func form(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) -> Page {
    if visit.visitor != nil, visit.request.method == .get {
      return StaffSite.redirect(to: next(visit.query["next"]))
    }
    let wanted = visit.form["next"] ?? visit.query["next"]
    return site.page(
      "Sign in", visit, mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Sign in</h1>
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(Form.post(
        to: "/sign-in", token: visit.formToken,
        """
        \(Form.hidden("next", next(wanted)))
        \(Form.text(
          "email", "E-mail address", value: visit.form["email"], type: "email",
          autocomplete: "username", mistakes: mistakes))
        \(Form.text(
          "password", "Password", value: nil, type: "password",
          autocomplete: "current-password", mistakes: mistakes))
        \(Form.button("Sign in"))
        """))
      \(site.desks.identityProvider.map { provider -> HTML in
        let address = Link("/sign-in/elsewhere", [("next", next(wanted))]).address
        return """
          <p class="govuk-body">Or <a class="govuk-link" href="\(address)">sign in with \
          \(provider.title)</a>.</p>
          """
      })
      \(Parts.details(
        "I have no account, or forgot my password",
        Parts.paragraph(
          "Accounts are made by the administrator of accounts where you work, who can also give "
          + "you a new password.")))
      </div></div>
      """)
  }

  @Sendable private static func begin(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    var mistakes: [Mistake] = []
    if visit.form["email"] == nil {
      mistakes.append(Mistake(field: "email", text: "Enter your e-mail address"))
    }
    if visit.form.typed("password").isEmpty {
      mistakes.append(Mistake(field: "password", text: "Enter your password"))
    }
    guard mistakes.isEmpty else { return form(site, visit, mistakes: mistakes) }
    var chance = SystemRandomNumberGenerator()
    let outcome = try await site.desks.signIn.begin(
      visit.form["email"] ?? "", String(visit.form.typed("password").prefix(1_000)),
      using: &chance)
    switch outcome {
    case .signedIn(let secret): return welcome(secret, to: next(visit.form["next"]), site)
    case .needsCode(let secret):
      return StaffSite.redirect(
        to: Link("/sign-in/code", [("next", next(visit.form["next"]))]).address,
        further: [site.cookies.set(site.cookies.attempt, secret.text, seconds: SignIn.patience)])
    case .wrong:
      return form(
        site, visit,
        mistakes: [
          Mistake(field: "email", text: "The e-mail address or the password is not right")
        ])
    case .wait(let until):
      return form(site, visit, mistakes: [wait(until.adding(seconds: 1), site, "email")])
    }
  }

  private static func wait(_ until: Instant, _ site: StaffSite, _ field: String) -> Mistake {
    let seconds = max(1, (until.milliseconds - site.desks.now().milliseconds) / 1_000)
    let time =
      seconds < 90 ? Words.count(seconds, "second") : Words.count((seconds + 59) / 60, "minute")
    return Mistake(field: field, text: "Too many wrong attempts: try again in \(time)")
  }

  /// A new session gets a new cookie, and what stood in the browser before is of no use.
  private static func welcome(
    _ secret: HeldSecret, to path: String, _ site: StaffSite
  ) -> Page {
    StaffSite.redirect(
      to: path,
      further: [
        site.cookies.set(site.cookies.session, secret.text),
        site.cookies.clear(site.cookies.attempt), site.cookies.clear(site.cookies.visit),
      ])
  }

  // MARK: - Second factor

  private static func code(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) -> Page {
    guard visit.request.cookie(site.cookies.attempt) != nil else {
      return StaffSite.redirect(to: "/sign-in")
    }
    return site.page(
      "Enter your code", visit, mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Enter your code</h1>
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(Form.post(
        to: "/sign-in/code", token: visit.formToken,
        """
        \(Form.hidden("next", next(visit.form["next"] ?? visit.query["next"])))
        \(Form.text(
          "code", "Code", value: visit.form["code"],
          hint: "The six digits that your app shows now, or one of your recovery codes.",
          width: " govuk-input--width-20", autocomplete: "one-time-code", mistakes: mistakes))
        \(Form.button("Sign in"))
        """))
      </div></div>
      """)
  }

  @Sendable private static func finish(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let attempt = visit.request.cookie(site.cookies.attempt) else {
      return StaffSite.redirect(to: "/sign-in")
    }
    guard let typed = visit.form["code"] else {
      return code(site, visit, mistakes: [Mistake(field: "code", text: "Enter your code")])
    }
    var chance = SystemRandomNumberGenerator()
    switch try await site.desks.signIn.finish(attempt, code: typed, using: &chance) {
    case .signedIn(let secret), .needsCode(let secret):
      return welcome(secret, to: next(visit.form["next"]), site)
    case .wrong:
      return code(
        site, visit,
        mistakes: [
          Mistake(
            field: "code",
            text: "The code is not right, was used before, or came too late: sign in again if a "
              + "new one does not work")
        ])
    case .wait(let until): return code(site, visit, mistakes: [wait(until, site, "code")])
    }
  }

  // MARK: - Elsewhere

  /// What a browser carries to another provider and back.
  private struct Departure {
    let attempt: SignInAttempt
    let next: String
    let leftAt: Instant

    private static let name = "sign-in elsewhere"

    init(_ attempt: SignInAttempt, next: String, leftAt: Instant) {
      self.attempt = attempt
      self.next = next
      self.leftAt = leftAt
    }

    /// Nothing from anything that ``sealed(_:)`` did not write.
    init?(_ text: String, _ key: MasterKey) {
      guard let box = Base64URL.bytes(of: text), let bytes = key.open(box, named: Self.name) else {
        return nil
      }
      let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ")
      guard parts.count == 3, let attempt = SignInAttempt(text: String(parts[0])),
        let leftAt = Int(parts[1]).flatMap({ Instant(exactly: $0) })
      else { return nil }
      self.init(attempt, next: String(parts[2]), leftAt: leftAt)
    }

    func sealed(_ key: MasterKey) -> String {
      let text = "\(attempt.text) \(leftAt.milliseconds) \(next)"
      return Base64URL.text(key.seal(Array(text.utf8), named: Self.name))
    }
  }

  @Sendable private static func leave(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let provider = site.desks.identityProvider else {
      return StaffSite.redirect(to: "/sign-in")
    }
    var chance = SystemRandomNumberGenerator()
    let departure = Departure(
      SignInAttempt(using: &chance), next: next(visit.query["next"]), leftAt: site.desks.now())
    let address: String
    do {
      address = try await provider.address(for: departure.attempt)
    } catch let fault as IdentityFault {
      return elsewhereFailed(fault, site, visit)
    }
    return StaffSite.redirect(
      to: address,
      further: [
        site.cookies.set(
          site.cookies.attempt, departure.sealed(site.desks.masterKey), seconds: SignIn.patience)
      ])
  }

  @Sendable private static func comeBack(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let provider = site.desks.identityProvider,
      let departure = visit.request.cookie(site.cookies.attempt).flatMap({
        Departure($0, site.desks.masterKey)
      }), site.desks.now() < departure.leftAt.adding(seconds: SignIn.patience),
      let state = visit.longQuery["state"], departure.attempt.isAnswered(by: state),
      let code = visit.longQuery["code"]
    else { return elsewhereFailed(nil, site, visit) }
    var chance = SystemRandomNumberGenerator()
    do {
      let identity = try await provider.identity(code: code, of: departure.attempt)
      guard let secret = try await site.desks.signIn.begin(identity, using: &chance) else {
        return form(
          site, visit,
          mistakes: [
            Mistake(
              field: "email",
              text: "\(provider.title) knows you, but you have no account here: ask the "
                + "administrator of accounts")
          ])
      }
      return welcome(secret, to: departure.next, site)
    } catch let fault as IdentityFault {
      return elsewhereFailed(fault, site, visit)
    }
  }

  private static func elsewhereFailed(
    _ fault: IdentityFault?, _ site: StaffSite, _ visit: Visit
  ) -> Page {
    if let fault, fault != .codeRefused { site.desks.log("sign-in elsewhere: \(fault)") }
    return form(
      site, visit,
      mistakes: [Mistake(field: "email", text: "Signing in elsewhere did not work: try again")])
  }

  // MARK: - Out

  @Sendable private static func end(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    if let visitor = visit.visitor { try await site.desks.signIn.signOut(visitor.secret) }
    return StaffSite.redirect(
      to: "/signed-out", further: [site.cookies.clear(site.cookies.session)])
  }

  @Sendable private static func endEverywhere(
    _ site: StaffSite, _ visit: Visit
  ) async throws -> Page {
    try await site.desks.signIn.signOutEverywhere(try visit.signedIn().account.id)
    return StaffSite.redirect(
      to: "/signed-out", further: [site.cookies.clear(site.cookies.session)])
  }

  /// Says that nobody is signed in any more, and takes from the device what is in the record.
  @Sendable private static func signedOut(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    // The script clears the device: another site that leads people here must not have it run.
    let isOurs = ["same-origin", "none"].contains(visit.request.fetchSite ?? "none")
    return site.page(
      StaffContent(
        title: "You are signed out",
        main: """
          <h1 class="govuk-heading-xl">You are signed out</h1>
          <div id="tidied" role="status"></div>
          \(Parts.paragraph(Parts.link("Sign in again", to: "/sign-in")))
          \(Parts.paragraph(Parts.link("Published ratings", to: "/")))
          """, scripts: isOurs ? ["tidy.js"] : []),
      status: 200, further: isOurs ? [Page.allowingScripts] : [])
  }
}
