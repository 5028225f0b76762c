import Fieldwork
import People
import Providers
import Records
import RuleFiles
import Workflows

/// A request that was let in, with who asks and what it is about.
struct Visit: Sendable {
  let request: StaffRequest
  let parameters: [String: String]
  let form: SubmittedForm

  /// Nothing before somebody signed in.
  let visitor: Visitor?

  /// What the token of every form must be.
  let formToken: String

  /// What makes the browser remember what ``formToken`` rests on, where it must.
  let remembering: Page.Header?

  /// The inspection that the path names.
  let inspection: OpenInspection?

  /// The provider that the path names.
  let provider: Provider.ID?

  /// What the visitor is in the inspection or for the provider.
  let roles: Set<Role>

  var query: Query { Query(request.query) }

  /// The values of the address, also long ones.
  var longQuery: SubmittedForm {
    // What is no list of pairs has no values.
    (try? SubmittedForm(
      Array(request.query.utf8), type: "application/x-www-form-urlencoded")) ?? SubmittedForm()
  }

  /// - Precondition: The route asks for a sign-in.
  func signedIn() throws -> Visitor {
    guard let visitor else { throw Misrouted() }
    return visitor
  }

  /// - Precondition: The path names an inspection.
  func opened() throws -> OpenInspection {
    guard let inspection else { throw Misrouted() }
    return inspection
  }

  /// Who does something, over the revision that their form shows.
  func actor() throws -> PlanningDesk.Actor {
    let revision = try opened().state.revision
    return PlanningDesk.Actor(
      try signedIn().account.id, seen: min(form["seen"].flatMap { Int($0) } ?? 0, revision))
  }

  func may(_ permission: Permission) -> Bool {
    switch permission.ground {
    case .account: visitor != nil
    case .administrator: visitor?.account.isAdministrator == true
    case .leadInspector: visitor?.account.isLeadInspector == true
    case .inspection(let allowed), .provider(let allowed): !roles.isDisjoint(with: allowed)
    }
  }
}

/// A handler asked for what its route does not have.
struct Misrouted: Error {}

/// Somebody who signed in.
struct Visitor: Sendable {
  let account: Account

  /// Whether they are somebody of a provider.
  let isOfProvider: Bool

  /// What the cookie holds.
  let secret: String
}

/// Whether a request is let in.
enum Admission {
  case admitted(Visit)
  case refused(Page)
}

extension StaffSite {
  /// Lets a request in, or says why not.
  ///
  /// Who has nothing to do with an inspection is not told that there is one.
  func admit(
    _ request: StaffRequest, to route: StaffRoute, _ parameters: [String: String]
  ) async throws -> Admission {
    if case .program(let permission) = route.access {
      return try await admitProgram(request, permission, parameters)
    }
    let visitor = try await visitor(of: request)
    let (formToken, remembering) = formToken(of: request, visitor)
    if case .may(let permission) = route.access {
      guard let visitor else { return .refused(signInFirst(request)) }
      let place = try await place(parameters, permission, visitor)
      switch place {
      case .unknown: return .refused(unknown(request, visitor))
      case .forbidden: return .refused(forbidden(request, visitor))
      case .known(let inspection, let provider, let roles):
        switch await form(of: request, token: formToken) {
        case .failure(let fault): return .refused(badForm(fault, request, visitor))
        case .success(let form):
          return .admitted(
            Visit(
              request: request, parameters: parameters, form: form, visitor: visitor,
              formToken: formToken, remembering: remembering, inspection: inspection,
              provider: provider, roles: roles))
        }
      }
    }
    switch await form(of: request, token: formToken) {
    case .failure(let fault): return .refused(badForm(fault, request, visitor))
    case .success(let form):
      return .admitted(
        Visit(
          request: request, parameters: parameters, form: form, visitor: visitor,
          formToken: formToken, remembering: remembering, inspection: nil, provider: nil,
          roles: []))
    }
  }

  func visitor(of request: StaffRequest) async throws -> Visitor? {
    guard let secret = request.cookie(cookies.session),
      let holder = try await desks.signIn.holder(of: secret)
    else { return nil }
    return Visitor(account: holder.account, isOfProvider: holder.isOfProvider, secret: secret)
  }

  // MARK: - Places

  /// What somebody is in an inspection, on the right side of the wall: who manages accounts could
  /// make themselves anything, so they see none; and who is of a provider is a local assessor at
  /// most, whatever else somebody made them.
  static func roles(
    of account: Account, in inspection: OpenInspection, isOfProvider: Bool
  ) -> Set<Role> {
    if account.isAdministrator { return [] }
    let roles = inspection.state.roles(of: account.id)
    return isOfProvider ? roles.intersection([.localAssessor]) : roles
  }

  private enum Place {
    case known(OpenInspection?, Provider.ID?, Set<Role>)
    case forbidden
    case unknown
  }

  /// What the path names, if the visitor may do there what they want to.
  private func place(
    _ parameters: [String: String], _ permission: Permission, _ visitor: Visitor
  ) async throws -> Place {
    switch permission.ground {
    case .account: return .known(nil, nil, [])
    case .administrator:
      return visitor.account.isAdministrator ? .known(nil, nil, []) : .forbidden
    case .leadInspector:
      return visitor.account.isLeadInspector ? .known(nil, nil, []) : .forbidden
    case .inspection(let allowed):
      guard let id = parameters["inspection"].flatMap({ InspectionID($0) }),
        let inspection = try await memory.inspection(id)
      else { return .unknown }
      let roles = Self.roles(
        of: visitor.account, in: inspection, isOfProvider: visitor.isOfProvider)
      if roles.isEmpty { return .unknown }
      return roles.isDisjoint(with: allowed) ? .forbidden : .known(inspection, nil, roles)
    case .provider(let allowed):
      guard !visitor.account.isAdministrator,
        let provider = parameters["provider"].flatMap({ Provider.ID($0) })
      else {
        return .unknown
      }
      let all = try await desks.accounts.providerRoles(of: visitor.account.id)
      let roles = Set(all.filter { $0.provider == provider }.map(\.role))
      if roles.isEmpty { return .unknown }
      var inspection: OpenInspection?
      if let name = parameters["inspection"] {
        guard let id = InspectionID(name), let found = try await memory.inspection(id),
          found.state.facts?.provider == provider, !found.state.requests.isEmpty
        else { return .unknown }
        inspection = found
      }
      return roles.isDisjoint(with: allowed) ? .forbidden : .known(inspection, provider, roles)
    }
  }

  // MARK: - Forms

  /// What the token of this browser's forms is: another site cannot know it.
  private func formToken(
    of request: StaffRequest, _ visitor: Visitor?
  ) -> (token: String, remembering: Page.Header?) {
    if let visitor { return (Self.formToken(of: visitor.secret), nil) }
    if let visit = request.cookie(cookies.visit), visit.utf8.count >= 20 {
      return (Self.formToken(of: visit), nil)
    }
    var chance = SystemRandomNumberGenerator()
    let visit = HeldSecret(.session, using: &chance).text
    return (Self.formToken(of: visit), cookies.set(cookies.visit, visit))
  }

  static func formToken(of secret: String) -> String {
    Digest(of: Array("form \(secret)".utf8)).hexadecimal
  }

  enum FormFault: Error {
    /// It did not come from a form of ours, or from one of before somebody signed in or out.
    case notOurs
    case unreadable(SubmittedForm.Fault)
  }

  private func form(
    of request: StaffRequest, token: String
  ) async -> Result<SubmittedForm, FormFault> {
    guard request.method == .post else { return .success(SubmittedForm()) }
    if request.isJSON {
      // No other site can set this header, and none can read the token.
      return request.formToken == token && request.fetchSite ?? "same-origin" == "same-origin"
        ? .success(SubmittedForm()) : .failure(.notOurs)
    }
    do throws(SubmittedForm.Fault) {
      let form = try await SubmittedForm.read(request)
      guard form.typed("token") == token, request.fetchSite ?? "same-origin" == "same-origin"
      else { return .failure(.notOurs) }
      return .success(form)
    } catch {
      return .failure(.unreadable(error))
    }
  }
}
