import Fieldwork
import Foundation
import People
import Providers
import Publications
import Records
import Workflows

/// The accounts of an installation, for the administrator.
enum AccountsPages {
  static let routes = [
    StaffRoute(.get, "/accounts", .may(.manageAccounts)) { site, visit in
      try await list(site, visit)
    },
    StaffRoute(.post, "/accounts", .may(.manageAccounts), create),
    StaffRoute(.post, "/accounts/:account/disable", .may(.manageAccounts)) { site, visit in
      try await set(true, site, visit)
    },
    StaffRoute(.post, "/accounts/:account/enable", .may(.manageAccounts)) { site, visit in
      try await set(false, site, visit)
    },
    StaffRoute(.post, "/accounts/passwords", .may(.manageAccounts), resetPassword),
    StaffRoute(.post, "/accounts/providers", .may(.manageAccounts), setProviderRole),
  ]

  private static let crumbs = [Crumb(text: "Accounts", address: "/accounts")]

  private static func list(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) async throws -> Page {
    var rows: [Table.Row] = []
    for account in try await site.desks.accounts.accounts() {
      let roles = try await site.desks.accounts.providerRoles(of: account.id)
      rows.append(row(account, roles, site, visit))
    }
    return site.page(
      "Accounts", visit, crumbs: crumbs, mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Accounts</h1>
      \(Table(
        caption: Words.count(rows.count, "account"), captionSize: "m",
        columns: ["Account", "What they may do", "State", "Change"].map { Table.Column($0) },
        rows: rows
      ).html)
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(Parts.heading("Make an account", id: "new-account"))
      \(Form.post(
        to: "/accounts", token: visit.formToken,
        """
        \(Form.text("email", "E-mail address", value: visit.form["email"], type: "email",
          mistakes: mistakes))
        \(Form.text("name", "Name", value: visit.form["name"], mistakes: mistakes))
        \(Form.text(
          "password", "First password", value: nil,
          hint: "Tell it to them in person. They can change it once they have signed in.",
          type: "password", autocomplete: "new-password", mistakes: mistakes))
        \(Form.boxes(
          "is", "What they may do",
          options: [
            Form.Option(value: "lead", text: "Set up inspections, and lead those"),
            Form.Option(
              value: "administrator", text: "Manage accounts (they see no cases then)"),
          ], ticked: Set(visit.form.all("is")), mistakes: mistakes))
        \(Form.button("Make the account"))
        """))
      \(Parts.heading("Give somebody a new password", id: "reset-heading"))
      \(Parts.paragraph(
        "For those who lost theirs. It ends their sessions and their tokens."))
      \(Form.post(
        to: "/accounts/passwords", token: visit.formToken,
        """
        \(Form.text("whose", "E-mail address", value: visit.form["whose"], type: "email",
          mistakes: mistakes))
        \(Form.text(
          "new", "New password", value: nil, hint: "Tell it to them in person.",
          type: "password", autocomplete: "new-password", mistakes: mistakes))
        \(Form.boxes(
          "factor", "Second factor",
          options: [Form.Option(value: "forget", text: "They lost their phone: forget it")],
          ticked: Set(visit.form.all("factor")), mistakes: mistakes))
        \(Form.button("Give the new password"))
        """))
      \(Parts.heading("Make somebody something for a provider", id: "provider-heading"))
      \(Parts.paragraph(
        "A provider’s people see nothing of an inspection but what is sent to their provider."))
      \(providerForm(site, visit, mistakes))
      </div></div>
      """)
  }

  /// What is chosen to take a role for a provider away.
  private static let noRole = "none"

  private static func providerForm(
    _ site: StaffSite, _ visit: Visit, _ mistakes: [Mistake]
  ) -> HTML {
    Form.post(
      to: "/accounts/providers", token: visit.formToken,
      """
      \(Form.text("who", "E-mail address", value: visit.form["who"], type: "email",
        mistakes: mistakes))
      \(Form.text(
        "provider", "Provider", value: visit.form["provider"],
        hint: "Its name in addresses, such as kent-surrey-sussex.", mistakes: mistakes))
      \(Form.choice(
        "role", "What they are there", any: "Choose what they are",
        options: Role.ofProviders.map { Form.Option(value: $0.rawValue, text: $0.title) }
          + [Form.Option(value: noRole, text: "Nothing any more")],
        value: visit.form["role"], mistakes: mistakes))
      \(Form.button("Save"))
      """)
  }

  private static func row(
    _ account: Account, _ roles: [ProviderRole], _ site: StaffSite, _ visit: Visit
  ) -> Table.Row {
    var may: [String] = []
    if account.isAdministrator { may.append("manages accounts") }
    if account.isLeadInspector { may.append("sets up inspections") }
    may += roles.map { "\($0.role.title.lowercased()) of \(site.name(of: $0.provider))" }
    let verb = account.isDisabled ? "enable" : "disable"
    return Table.Row([
      "\(account.name)<br><span class=\"reason\">\(account.email.description)</span>",
      "\(may.isEmpty ? "What their roles in inspections allow" : may.joined(separator: ", ").sentence)",
      account.isDisabled ? "<strong class=\"govuk-tag govuk-tag--grey\">Disabled</strong>" : "Open",
      account.id == visit.visitor?.account.id
        ? "This is you"
        : Form.post(
          to: "/accounts/\(account.id)/\(verb)", token: visit.formToken,
          """
          <button type="submit" class="govuk-button govuk-button--secondary small-button">\
          \(verb.sentence)<span class="govuk-visually-hidden"> \(account.name)</span></button>
          """),
    ])
  }

  @Sendable private static func create(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    var reading = FormReading(visit.form)
    let email = reading.value("email", "Enter an e-mail address, as lead@example.org") {
      EmailAddress($0)
    }
    let name = reading.text("name", "Enter their name", most: NewAccount.longestName)
    let password = visit.form.typed("password")
    if password.isEmpty {
      reading.note("password", "Enter a first password")
    } else if let fault = PasswordRule.fault(in: password, of: email) {
      reading.note("password", "The password \(fault.sentence)")
    }
    let ticked = Set(visit.form.all("is"))
    if ticked.count > 1 {
      reading.note("is", "Choose one: who manages accounts sees no cases")
    }
    guard reading.mistakes.isEmpty, let email, let name,
      let id = AuthorID(site.desks.newID().description)
    else { return try await list(site, visit, mistakes: reading.mistakes) }
    let account = Account(
      id: id, email: email, name: name, isAdministrator: ticked.contains("administrator"),
      isLeadInspector: ticked.contains("lead"))
    guard try await site.desks.signIn.add(account, password: password) else {
      return try await list(
        site, visit,
        mistakes: [Mistake(field: "email", text: "There is an account with this address already")])
    }
    return StaffSite.redirect(to: "/accounts")
  }

  @Sendable private static func resetPassword(
    _ site: StaffSite, _ visit: Visit
  ) async throws -> Page {
    var mistakes: [Mistake] = []
    var account: Account?
    if let email = visit.form["whose"].flatMap({ EmailAddress($0) }) {
      account = try await site.desks.accounts.credentials(of: email)?.account
    }
    if account == nil {
      mistakes.append(Mistake(field: "whose", text: "Enter the address of an account"))
    }
    let password = visit.form.typed("new")
    if password.isEmpty {
      mistakes.append(Mistake(field: "new", text: "Enter a new password"))
    } else if let account, let fault = PasswordRule.fault(in: password, of: account.email) {
      mistakes.append(Mistake(field: "new", text: "The password \(fault.sentence)"))
    }
    guard mistakes.isEmpty, let account else {
      return try await list(site, visit, mistakes: mistakes)
    }
    try await site.desks.signIn.reset(
      account.id, to: password, forgetsFactor: visit.form["factor"] != nil)
    return StaffSite.redirect(to: "/accounts")
  }

  private static func set(
    _ isDisabled: Bool, _ site: StaffSite, _ visit: Visit
  ) async throws -> Page {
    let own = try visit.signedIn().account.id
    guard let id = visit.parameters["account"].flatMap({ AuthorID($0) }),
      try await site.desks.accounts.account(id) != nil
    else { return site.unknown(visit.request, visit.visitor) }
    guard id != own else {
      return try await list(
        site, visit,
        mistakes: [
          Mistake(
            field: "main-content",
            text: "You cannot \(isDisabled ? "disable" : "enable") your own account")
        ])
    }
    try await site.desks.accounts.setDisabled(isDisabled, id)
    return StaffSite.redirect(to: "/accounts")
  }

  /// Whether somebody is in a team as anything but a local assessor.
  private static func isInspector(_ account: Account, _ site: StaffSite) async throws -> Bool {
    try await site.memory.all().contains {
      !$0.state.roles(of: account.id).isSubset(of: [.localAssessor])
    }
  }

  @Sendable private static func setProviderRole(
    _ site: StaffSite, _ visit: Visit
  ) async throws -> Page {
    var mistakes: [Mistake] = []
    var account: Account?
    if let email = visit.form["who"].flatMap({ EmailAddress($0) }) {
      account = try await site.desks.accounts.credentials(of: email)?.account
    }
    if account == nil {
      mistakes.append(Mistake(field: "who", text: "Enter the address of an account"))
    }
    let provider = site.provider(named: visit.form["provider"] ?? "")
    if provider == nil {
      mistakes.append(Mistake(field: "provider", text: "Enter the name of a known provider"))
    }
    let wanted = visit.form["role"] ?? ""
    let role = Role.ofProviders.first { $0.rawValue == wanted }
    if role == nil, wanted != noRole {
      mistakes.append(
        Mistake(field: "role", text: "Choose what they are there, or that they are nothing"))
    }
    if account?.isLeadInspector == true {
      mistakes.append(
        Mistake(field: "who", text: "Who sets up inspections is nothing for a provider"))
    } else if let account, try await isInspector(account, site) {
      mistakes.append(
        Mistake(field: "who", text: "They inspect: remove them from their teams first"))
    }
    if account?.isAdministrator == true {
      mistakes.append(
        Mistake(field: "who", text: "An administrator of accounts is nothing for a provider"))
    }
    guard mistakes.isEmpty, let account, let provider else {
      return try await list(site, visit, mistakes: mistakes)
    }
    try await site.desks.accounts.set(role, for: provider, account.id)
    return StaffSite.redirect(to: "/accounts")
  }
}

extension StaffSite {
  /// What a provider is called: made-up ones are not in the register.
  func name(of provider: Provider.ID) -> String {
    provider == TrainingInspection.provider ? "Training service (made up)" : site.name(of: provider)
  }

  /// A provider by its name in addresses or by its full name.
  func provider(named text: String) -> Provider.ID? {
    if let id = Provider.ID(text), NewInspection.isKnown(id, in: site.register) { return id }
    return site.register.providers.first { $0.name.lowercased() == text.lowercased() }?.id
  }
}
