import Calendars
import Fieldwork
import Foundation
import People
import Records
import Workflows

/// Somebody's own account: password, second factor, tokens.
enum AccountPages {
  static let routes = [
    StaffRoute(.get, "/account", .may(.ownAccount)) { site, visit in
      try await overview(site, visit)
    },
    StaffRoute(.post, "/account/password", .may(.ownAccount), changePassword),
    StaffRoute(.get, "/account/second-factor", .may(.ownAccount)) { site, visit in
      try factor(site, visit)
    },
    StaffRoute(.post, "/account/second-factor", .may(.ownAccount), setUpFactor),
    StaffRoute(.post, "/account/tokens", .may(.ownAccount), makeToken),
    StaffRoute(.post, "/account/tokens/:token/end", .may(.ownAccount), endToken),
  ]

  private static let crumbs = [Crumb(text: "Your account", address: "/account")]

  private static func overview(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = [], notice: HTML? = nil
  ) async throws -> Page {
    let account = try visit.signedIn().account
    let credentials = try await site.desks.accounts.credentials(of: account.id)
    let tokens = try await site.desks.accounts.tokens(of: account.id)
    let isFactorSet = credentials?.secondFactor != nil
    return site.page(
      "Your account", visit, crumbs: crumbs, mistakes: mistakes,
      """
      \(notice)\
      <h1 class="govuk-heading-xl">Your account</h1>
      \(Parts.summary([
        ("Name", "\(account.name)"), ("E-mail address", "\(account.email.description)"),
        (
          "Second factor",
          """
          \(isFactorSet ? "Set up" : "Not set up"). \
          \(Parts.link(isFactorSet ? "Set it up anew" : "Set it up", to: "/account/second-factor"))
          """
        ),
      ]))
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(Parts.heading("Change your password", id: "password-heading"))
      \(Form.post(
        to: "/account/password", token: visit.formToken,
        """
        \(owner(account))
        \(Form.text(
          "present", "Your present password", value: nil, type: "password",
          autocomplete: "current-password", mistakes: mistakes))
        \(Form.text(
          "password", "Your new password", value: nil,
          hint: "At least \(PasswordRule.shortest) characters. Three random words are a good one.",
          type: "password", autocomplete: "new-password", mistakes: mistakes))
        \(Form.button("Change the password"))
        """))
      \(Parts.heading("Tokens for programs", id: "tokens"))
      \(Parts.paragraph(
        "A program that holds a token does things in your name, for one inspection and for so "
        + "many days."))
      \(tokens.isEmpty ? .none : table(tokens, visit))
      \(Form.post(
        to: "/account/tokens", token: visit.formToken,
        """
        \(Form.text("title", "What the token is for", value: visit.form["title"],
          mistakes: mistakes))
        \(Form.text(
          "inspection", "Inspection", value: visit.form["inspection"],
          hint: "Its name in addresses, such as training.", mistakes: mistakes))
        \(Form.boxes(
          "permission", "What it may do",
          options: AccessToken.allowed.map {
            Form.Option(value: $0.rawValue, text: $0.rawValue.sentence)
          }, ticked: Set(visit.form.all("permission")), mistakes: mistakes))
        \(Form.text(
          "days", "For how many days", value: visit.request.method == .get ? "30" : visit.form["days"],
          width: " govuk-input--width-3", mistakes: mistakes))
        \(Form.button("Make a token"))
        """))
      \(Parts.heading("Sign out everywhere", id: "everywhere"))
      \(Parts.paragraph("Ends your sessions on every device, this one too. Tokens stay."))
      \(Form.post(
        to: "/sign-out/everywhere", token: visit.formToken,
        "<button type=\"submit\" class=\"govuk-button govuk-button--warning\">"
        + "Sign out everywhere</button>"))
      </div></div>
      """)
  }

  /// Whose password a form asks for, for programs that keep passwords.
  private static func owner(_ account: Account) -> HTML {
    """
    <input type="text" name="username" autocomplete="username" hidden \
    value="\(account.email.description)">
    """
  }

  private static func table(_ tokens: [AccessToken], _ visit: Visit) -> HTML {
    Table(
      caption: "Your tokens", captionSize: "s",
      columns: ["Token", "Inspection", "It may", "Until", "End it"].map { Table.Column($0) },
      rows: tokens.map { token in
        Table.Row([
          "\(token.title)", "\(token.inspection.description)",
          "\(token.permissions.map(\.rawValue).sorted().joined(separator: ", "))",
          "\(London.day(at: token.expiresAt).words)",
          Form.post(
            to: "/account/tokens/\(token.id)/end", token: visit.formToken,
            """
            <button type="submit" class="govuk-button govuk-button--secondary small-button">End\
            <span class="govuk-visually-hidden"> \(token.title)</span></button>
            """),
        ])
      }
    ).html
  }

  // MARK: - Password

  @Sendable private static func changePassword(
    _ site: StaffSite, _ visit: Visit
  ) async throws -> Page {
    let visitor = try visit.signedIn()
    let wanted = visit.form.typed("password")
    let present = visit.form.typed("present")
    var mistakes: [Mistake] = []
    if present.isEmpty || wanted.isEmpty {
      if present.isEmpty {
        mistakes.append(Mistake(field: "present", text: "Enter your present password"))
      }
      if wanted.isEmpty {
        mistakes.append(Mistake(field: "password", text: "Enter a new password"))
      }
      return try await overview(site, visit, mistakes: mistakes)
    }
    if let fault = PasswordRule.fault(in: wanted, of: visitor.account.email) {
      mistakes.append(Mistake(field: "password", text: "Your new password \(fault.sentence)"))
    }
    let outcome = try await site.desks.signIn.change(
      of: visitor.account.id, from: present, to: wanted,
      isAllowed: mistakes.isEmpty)
    switch outcome {
    case .wrong:
      mistakes.insert(
        Mistake(field: "present", text: "Your present password is not right"), at: 0)
    case .wait:
      mistakes.insert(
        Mistake(field: "present", text: "Too many wrong attempts: try again in a while"), at: 0)
    case .changed, .notAllowed: break
    }
    guard mistakes.isEmpty else { return try await overview(site, visit, mistakes: mistakes) }
    return StaffSite.redirect(
      to: "/sign-in", further: [site.cookies.clear(site.cookies.session)])
  }

  // MARK: - Second factor

  private static func sealedName(_ account: Account) -> String { "second factor of \(account.id)" }

  private static func factor(
    _ site: StaffSite, _ visit: Visit, secret: Data? = nil, mistakes: [Mistake] = []
  ) throws -> Page {
    let account = try visit.signedIn().account
    let secret = secret ?? Data((0..<20).map { _ in UInt8.random(in: .min ... .max) })
    let factor = SecondFactor(secret: secret)
    let sealed = Data(site.desks.masterKey.seal(secret, named: sealedName(account)))
      .base64EncodedString()
    return site.page(
      "Set up a second factor", visit, crumbs: crumbs, mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Set up a second factor</h1>
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(Parts.paragraph(
        "An app on your phone shows six digits that change every half minute. Whoever has only "
        + "your password cannot sign in then."))
      <ol class="govuk-list govuk-list--number">
      <li>Open an authenticator app and add an account by typing a key.</li>
      <li>Type this key: <code class="typed">\(factor.typed)</code>, or on the phone itself
      <a class="govuk-link" href="\(factor.address(for: account.email))">open the app with it</a>.
      </li>
      <li>Type the digits that the app shows.</li>
      </ol>
      \(Form.post(
        to: "/account/second-factor", token: visit.formToken,
        """
        \(Form.hidden("sealed", sealed))
        \(owner(account))
        \(Form.text(
          "code", "Code", value: visit.form["code"], width: " govuk-input--width-10",
          autocomplete: "one-time-code", mistakes: mistakes))
        \(Form.text(
          "present", "Your password", value: nil, type: "password",
          autocomplete: "current-password", mistakes: mistakes))
        \(Form.button("Set it up"))
        """))
      </div></div>
      """)
  }

  @Sendable private static func setUpFactor(
    _ site: StaffSite, _ visit: Visit
  ) async throws -> Page {
    let account = try visit.signedIn().account
    guard let sealed = Data(base64Encoded: visit.form.typed("sealed")),
      let bytes = site.desks.masterKey.open(Array(sealed), named: sealedName(account))
    else { return try factor(site, visit) }
    let secret = Data(bytes)
    var mistakes: [Mistake] = []
    if visit.form["code"] == nil {
      mistakes.append(Mistake(field: "code", text: "Enter the code that the app shows"))
    }
    let present = visit.form.typed("present")
    if present.isEmpty {
      mistakes.append(Mistake(field: "present", text: "Enter your password"))
    } else if mistakes.isEmpty {
      switch try await site.desks.signIn.confirm(account.id, present) {
      case .right: break
      case .wrong:
        mistakes.append(Mistake(field: "present", text: "Your password is not right"))
      case .wait:
        mistakes.append(
          Mistake(field: "present", text: "Too many wrong attempts: try again in a while"))
      }
    }
    guard mistakes.isEmpty else {
      return try factor(site, visit, secret: secret, mistakes: mistakes)
    }
    var chance = SystemRandomNumberGenerator()
    guard
      let codes = try await site.desks.signIn.setUp(
        secret, code: visit.form["code"] ?? "", of: account.id, using: &chance)
    else {
      return try factor(
        site, visit, secret: secret,
        mistakes: [Mistake(field: "code", text: "The code is not the one that the app shows now")])
    }
    return site.page(
      "Recovery codes", visit, crumbs: crumbs,
      """
      <h1 class="govuk-heading-xl">Your second factor is set up</h1>
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(Parts.paragraph(
        "Without the phone, each of these recovery codes lets you sign in once. Write them down "
        + "and keep them apart from the phone: they are shown only now."))
      <ul class="govuk-list recovery">\(codes.map { "<li><code>\($0.text)</code></li>\n" })</ul>
      \(Parts.paragraph(Parts.link("I have written them down", to: "/account")))
      </div></div>
      """)
  }

  // MARK: - Tokens

  @Sendable private static func makeToken(
    _ site: StaffSite, _ visit: Visit
  ) async throws -> Page {
    let account = try visit.signedIn().account
    var mistakes: [Mistake] = []
    func mistake(_ field: String, _ text: String) {
      mistakes.append(Mistake(field: field, text: text))
    }
    let title = visit.form["title"].map { String($0.prefix(100)) }
    if title == nil { mistake("title", "Enter what the token is for") }
    let inspection = visit.form["inspection"].flatMap { InspectionID($0) }
    var roles: Set<Role> = []
    if let inspection {
      roles = try await site.memory.inspection(inspection)?.state.roles(of: account.id) ?? []
    }
    if roles.isEmpty { mistake("inspection", "Enter the name of an inspection of yours") }
    let permissions = Set(visit.form.all("permission").compactMap(Permission.init))
      .intersection(AccessToken.allowed)
    if permissions.isEmpty { mistake("permission", "Choose what the token may do") }
    let days = visit.form["days"].flatMap { Int($0) }
    if days.map({ !(1...366).contains($0) }) ?? true {
      mistake("days", "Enter a number of days from 1 to 366")
    }
    guard mistakes.isEmpty, let title, let inspection, let days else {
      return try await overview(site, visit, mistakes: mistakes)
    }
    var chance = SystemRandomNumberGenerator()
    let secret = HeldSecret(.token, using: &chance)
    let token = AccessToken(
      id: site.desks.newID(), account: account.id, title: title, inspection: inspection,
      permissions: permissions, expiresAt: site.desks.now().adding(seconds: days * 86_400))
    try await site.desks.accounts.add(token, secret.digest(.token))
    return site.page(
      "Your token", visit, crumbs: crumbs,
      """
      <h1 class="govuk-heading-xl">Your token</h1>
      \(Parts.paragraph("It is shown only now. Put it where the program reads it:"))
      <p class="govuk-body"><code class="typed digest--whole">\(secret.text)</code></p>
      \(Parts.paragraph(Parts.link("I have put it there", to: "/account")))
      """)
  }

  @Sendable private static func endToken(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    if let token = visit.parameters["token"].flatMap({ EntryID($0) }) {
      try await site.desks.accounts.endToken(token, of: try visit.signedIn().account.id)
    }
    return StaffSite.redirect(to: "/account")
  }
}
