import Fieldwork

/// An address of the part that people sign in to, with who may use it.
struct StaffRoute: Sendable {
  enum Access: Hashable, Sendable {
    /// Anybody: it leads to a sign-in, or ends one.
    case everyone

    /// Those whom ``Permission`` lets.
    case may(Permission)

    /// A program that holds a token for it.
    case program(Permission)
  }

  typealias Handler = @Sendable (StaffSite, Visit) async throws -> Page

  let method: StaffRequest.Method

  /// The parts between slashes; one that starts with a colon takes any text.
  let pattern: [String]
  let access: Access

  /// Whether its form has files.
  let takesFiles: Bool
  let handle: Handler

  init(
    _ method: StaffRequest.Method, _ pattern: String, _ access: Access, takesFiles: Bool = false,
    _ handle: @escaping Handler
  ) {
    self.takesFiles = takesFiles
    self.method = method
    self.pattern = pattern.split(separator: "/").map(String.init)
    self.access = access
    self.handle = handle
  }

  /// What the path has where the pattern takes any text; nothing when it is another path.
  func parameters(of path: [String]) -> [String: String]? {
    guard path.count == pattern.count else { return nil }
    var parameters: [String: String] = [:]
    for (wanted, found) in zip(pattern, path) {
      if wanted.hasPrefix(":") {
        parameters[String(wanted.dropFirst())] = found
      } else if wanted != found {
        return nil
      }
    }
    return parameters
  }
}

/// Every address of the part that people sign in to.
enum StaffRoutes {
  static let all: [StaffRoute] = [
    DevicePages.routes,
    SignInPages.routes,
    AccountPages.routes,
    AccountsPages.routes,
    InspectionPages.routes,
    TeamPages.routes,
    PlanPages.routes,
    ReturnPages.routes,
    SamplePages.routes,
    AllotmentPages.routes,
    RequestPages.routes,
    CasePages.routes,
    AssessmentPages.routes,
    ConflictPages.routes,
    CaseWorkPages.routes,
    FieldworkPage.routes,
    EvidenceForms.routes,
    EvidenceMatrixPage.routes,
    EvidencePages.routes,
    JudgementPages.routes,
    PanelPages.routes,
    WorkforcePages.routes,
    QualityPages.routes,
    AgreementPages.routes,
    DisagreementPages.routes,
    SeverityPages.routes,
    CalibrationPages.routes,
    SecondsPages.routes,
    ProviderPages.routes,
    ProgramRoutes.routes,
  ].flatMap(\.self)

  /// The first parts of their paths.
  static let firsts = Set(all.compactMap(\.pattern.first))

  static func route(
    of request: StaffRequest
  ) -> (StaffRoute, parameters: [String: String])? {
    let path = request.path.utf8.split(separator: UInt8(ascii: "/")).map {
      PercentEncoding.decode($0)
    }
    for route in all where route.method == request.method {
      if let parameters = route.parameters(of: path) { return (route, parameters) }
    }
    return nil
  }
}
