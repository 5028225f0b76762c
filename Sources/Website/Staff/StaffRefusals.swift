import Fieldwork
import Problems
import RuleFiles
import Workflows

/// What somebody sees who is not let in, or whose request could not be answered.
extension StaffSite {
  private func bar(_ visitor: Visitor?) -> StaffBar? {
    visitor.map {
      StaffBar(account: $0.account, formToken: Self.formToken(of: $0.secret))
    }
  }

  private func plain(
    _ title: String, _ visitor: Visitor?, status: Int, _ text: HTML
  ) -> Page {
    page(
      StaffContent(
        title: title,
        main: "<h1 class=\"govuk-heading-xl\">\(title)</h1>\n\(text)", staff: bar(visitor)),
      status: status)
  }

  func unknown(_ request: StaffRequest, _ visitor: Visitor?) -> Page {
    if request.isForProgram {
      return ProgramRoutes.refusal(404, ["there is nothing at this address"])
    }
    return plain(
      "Page not found", visitor, status: 404,
      """
      \(Parts.paragraph("There is nothing at this address, or nothing that you may see."))\
      \(Parts.paragraph(Parts.link("See your inspections", to: "/fieldwork")))
      """)
  }

  /// A file of an inspection, or why it cannot be had.
  func download(
    _ file: StoredFile, _ visit: Visit, name: String, type: String
  ) async throws -> Page {
    let inspection = try visit.opened()
    if let bytes = try await desks.planning.bytes(of: file, in: inspection) {
      return Self.download(bytes, name: name, type: type)
    }
    if inspection.key == nil { return unknown(visit.request, visit.visitor) }
    if inspection.state.elsewhere.contains(file.digest) {
      return plain(
        "The file is not here", visit.visitor, status: 404,
        Parts.paragraph(
          "It stayed at the installation that this inspection was carried here from. Take it out "
            + "there."))
    }
    desks.log("a file of \(inspection.id) is not as it was kept: see record verify")
    return plain(
      "The file is damaged", visit.visitor, status: 500,
      Parts.paragraph(
        "It is not as it was kept, so it is not given out. Ask whoever runs Plumbline to check the "
          + "record, and to restore a backup beside it."))
  }

  func forbidden(_ request: StaffRequest, _ visitor: Visitor) -> Page {
    if request.isForProgram { return ProgramRoutes.refusal(403, ["your role does not allow it"]) }
    return plain(
      "You may not do this", visitor, status: 403,
      """
      \(Parts.paragraph("Your role does not let you do this. Ask the lead inspector, or the "
      + "administrator of accounts."))\
      \(Parts.paragraph(Parts.link("See your inspections", to: "/fieldwork")))
      """)
  }

  /// Sends somebody to the sign-in, and back afterwards. What a form sent is carried along.
  func signInFirst(_ request: StaffRequest) -> Page {
    if request.isForProgram { return ProgramRoutes.refusal(401, ["nobody is signed in"]) }
    if request.method == .get {
      let wanted = request.path + (request.query.isEmpty ? "" : "?\(request.query)")
      return Self.redirect(to: Link("/sign-in", [("next", wanted)]).address)
    }
    let signIn: HTML = """
      <a class="govuk-link" href="/sign-in" target="_blank" rel="noopener">in a new tab</a>
      """
    return plain(
      "You are signed out", nil, status: 401,
      """
      \(Parts.paragraph("Nothing was recorded. What you typed is kept on this page, but for files "
      + "and passwords."))\
      \(Parts.paragraph("Sign in again \(signIn), come back to this one, and send it again."))\
      \(sendAgain(request, token: ""))
      """)
  }

  /// A form with what another form sent.
  private func sendAgain(_ request: StaffRequest, token: String) -> HTML {
    // What is no form has nothing to carry.
    let form = (try? SubmittedForm(request.body, type: request.contentType)) ?? SubmittedForm()
    return Form.post(
      to: request.path, token: token, "\(form.carried)\n\(Form.button("Send it again"))")
  }

  func badForm(_ fault: FormFault, _ request: StaffRequest, _ visitor: Visitor?) -> Page {
    switch fault {
    case .notOurs where request.isForProgram:
      return ProgramRoutes.refusal(403, ["the token of this page is out of date"])
    case .notOurs:
      // A browser that says that one of our own pages asked: somebody who signed in meanwhile.
      guard request.fetchSite == "same-origin", let visitor else {
        return plain(
          "The form is out of date", visitor, status: 403,
          Parts.paragraph(
            """
            You signed in or out since it was opened, or your browser keeps no cookies. Nothing \
            was recorded. Go back, reload the page and send the form again.
            """))
      }
      return plain(
        "Send the form again", visitor, status: 403,
        """
        \(Parts.paragraph("""
          You signed in since the form was opened, so nothing was recorded yet. What you typed is \
          kept, but for files and passwords. Send it again if it is still what you want.
          """))\
        \(sendAgain(request, token: Self.formToken(of: visitor.secret)))
        """)
    case .unreadable:
      return plain(
        "The form could not be read", visitor, status: 400,
        Parts.paragraph("Nothing was recorded. Go back and send the form again."))
    }
  }

  /// - Parameter bytes: How many there may be.
  public func tooLarge(_ request: StaffRequest, _ bytes: Int) -> Page {
    if request.isForProgram {
      return ProgramRoutes.refusal(413, ["at most \(bytes) bytes can be sent at once"])
    }
    let takesFiles = bytes >= 1 << 20
    let most = takesFiles ? "\(bytes >> 20) MB" : "\(bytes >> 10) KB"
    return plain(
      "Too much was sent", nil, status: 413,
      """
      \(Parts.paragraph("At most \(most) can be sent at once here. Nothing was recorded. "
      + (takesFiles
        ? "Go back and choose a smaller file: a list as CSV or without pictures, a document "
          + "without pictures or in parts."
        : "Go back, shorten what you wrote, and send it again.")))\
      \(Self.copyable(SubmittedForm(startOf: request.body, type: request.contentType)))
      """)
  }

  /// What somebody typed into a form that was not taken; nothing where they typed nothing.
  static func copyable(_ form: SubmittedForm) -> HTML {
    let typed = form.toCopy
    guard !typed.isEmpty else { return .none }
    return """
      \(Parts.paragraph("What you sent, to copy from:"))\
      \(Parts.summary(
        typed.map { name, text in
          (name.replacing("-", with: " ").sentence, "<span class=\"typed\">\(text)</span>")
        }))
      """
  }

  /// An error that nobody expected: a number for the reader, the rest for the log.
  func failure(_ error: any Error, _ request: StaffRequest) -> Page {
    let isProgram = request.isForProgram
    if let problems = error as? Problems {
      if isProgram { return ProgramRoutes.refusal(422, problems.list.map(\.sentence)) }
      return plain(
        "This cannot be done", nil, status: 422,
        Parts.list(problems.list.map { "\($0.what); \($0.remedy)" }))
    }
    if let error = error as? TooManyPasswords {
      desks.log(error.description)
      return plain(
        "Try again in a minute", nil, status: 503,
        Parts.paragraph(
          """
          More people sign in at this moment than passwords can be checked. Nothing was recorded, \
          and it does not count as a wrong attempt. Go back and send the form again.
          """))
    }
    var chance = SystemRandomNumberGenerator()
    let number = String(chance.next() as UInt64 >> 32, radix: 36).uppercased()
    let what = (error as? any PlainFault)?.description ?? "\(type(of: error))"
    desks.log("error \(number): \(what)")
    if isProgram {
      return ProgramRoutes.refusal(
        503, ["it may or may not have been recorded; send the same again (error \(number))"])
    }
    return plain(
      "Something went wrong", nil, status: 503,
      """
      \(Parts.paragraph("""
        Look whether it was recorded, and try again in a minute if not.
        """))\
      \(Parts.paragraph("If it stays, tell whoever runs Plumbline here this number: "
      + "<strong>\(number)</strong>"))
      """)
  }
}
