public import Calendars
import Fieldwork
import People
public import Records
import RuleFiles
public import Workflows

/// The part of the site that people sign in to: inspections, providers' sides, accounts, and the
/// interface for programs.
public struct StaffSite: Sendable {
  let site: Site
  let desks: Desks
  let cookies: Cookies
  let tokens = TokenMemory()

  /// What it works with.
  public struct Desks: Sendable {
    let accounts: any AccountStore
    let signIn: SignIn
    let inspections: InspectionDesk
    let planning: PlanningDesk
    let masterKey: MasterKey

    /// Where people can sign in besides here.
    let identityProvider: (any IdentityProvider)?
    let now: @Sendable () -> Instant
    let today: @Sendable () -> Day
    let newID: @Sendable () -> EntryID

    /// Where browsers reach us: `https://inspections.example.org`, without a path.
    let address: @Sendable () -> String

    /// Whether browsers reach us over TLS, also where a proxy ends it.
    let isSecure: Bool

    /// Writes a line for whoever runs the program. No line holds anything personal.
    let log: @Sendable (String) -> Void

    public init(
      accounts: any AccountStore, signIn: SignIn, inspections: InspectionDesk,
      planning: PlanningDesk, masterKey: MasterKey, identityProvider: (any IdentityProvider)?,
      now: @escaping @Sendable () -> Instant, today: @escaping @Sendable () -> Day,
      newID: @escaping @Sendable () -> EntryID, address: @escaping @Sendable () -> String,
      isSecure: Bool, log: @escaping @Sendable (String) -> Void
    ) {
      self.accounts = accounts
      self.signIn = signIn
      self.inspections = inspections
      self.planning = planning
      self.masterKey = masterKey
      self.identityProvider = identityProvider
      self.now = now
      self.today = today
      self.newID = newID
      self.address = address
      self.isSecure = isSecure
      self.log = log
    }
  }

  public init(of website: Website, _ desks: Desks) {
    site = website.site
    self.desks = desks
    cookies = Cookies(isSecure: desks.isSecure)
  }

  var memory: InspectionMemory { desks.planning.memory }

  /// The most bytes of a form without files.
  private static let mostFormBytes = 256 << 10

  /// The most bytes that a program sends at once.
  private static let mostProgramBytes = 4 << 20

  /// The most bytes of a form with files.
  private static let mostFileBytes = 64 << 20

  /// How many bytes a request may have: much only for those who signed in or hold a token, so that
  /// nobody else can make us hold it.
  ///
  /// - Parameter request: Without its body.
  public func mostBytes(of request: StaffRequest) async -> Int {
    guard let (route, _) = StaffRoutes.route(of: request) else { return Self.mostFormBytes }
    do {
      if case .program = route.access {
        let holder = try await holder(of: request)
        return holder == nil ? Self.mostFormBytes : Self.mostProgramBytes
      }
      guard route.takesFiles, request.contentType.lowercased().hasPrefix("multipart/"),
        try await visitor(of: request) != nil
      else { return Self.mostFormBytes }
      return Self.mostFileBytes
    } catch {
      return Self.mostFormBytes  // Why it is not known is told when the request is answered.
    }
  }

  /// Whether a path belongs to this part.
  public static func owns(_ path: String) -> Bool {
    let first = path.utf8.dropFirst().prefix { $0 != UInt8(ascii: "/") }
    return StaffRoutes.firsts.contains { first.elementsEqual($0.utf8) }
  }

  /// Answers a request.
  public func respond(to request: StaffRequest) async -> Page {
    do {
      guard let (route, parameters) = StaffRoutes.route(of: request) else {
        return unknown(request, nil)
      }
      switch try await admit(request, to: route, parameters) {
      case .refused(let page): return page
      case .admitted(let visit): return try await route.handle(self, visit)
      }
    } catch {
      return failure(error, request)
    }
  }
}
