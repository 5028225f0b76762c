import ArgumentParser
import Foundation
import Problems
import Storage
import Synchronization
import Website

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves the public site and the part that people sign in to.")

  @Option(help: "The port; 0 for any that is free.") var port = 8080
  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The folder with the style sheet that set-up fetched.") var assets: String?
  @Option(help: "Where browsers reach this server, as in https://inspections.example.org.")
  var address: String?
  @Option(help: "A certificate with its chain (PEM), to serve over TLS.") var certificate: String?
  @Option(help: "The private key of the certificate (PEM).") var privateKey: String?
  @OptionGroup var elsewhere: IdentityOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var keys: KeyOptions

  @Flag(help: ArgumentHelp("Render every page anew, for measuring.", visibility: .hidden))
  var renderEveryTime = false

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port takes a number from 0 to 65535.")
    }
    guard (certificate == nil) == (privateKey == nil) else {
      throw ValidationError("--certificate and --private-key go together.")
    }
    if let address {
      guard let url = URL(string: address), ["http", "https"].contains(url.scheme ?? ""),
        url.host != nil, url.path.isEmpty, url.query == nil
      else {
        throw ValidationError("--address is a scheme and a host: https://inspections.example.org")
      }
    }
  }

  /// Where browsers reach a server.
  ///
  /// - Source: RFC 3986, 3.2.2: an IPv6 address stands in brackets.
  private static func origin(_ scheme: String, _ host: String, _ port: Int) -> String {
    "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }

  func run() async throws {
    let sheet = Assets.load(from: Composition.assetsFolder(assets))
    if let warning = sheet.warning { Output.warn(warning) }
    if let privateKey { try Composition.check(secretFile: privateKey, option: "--private-key") }
    let tls = try certificate.map { try TLSFiles(certificate: $0, key: privateKey ?? "") }
    let open = try store.open()
    defer { open.close() }
    let website = Website(
      record: try Composition.publicRecord(data: store.data), assets: sheet,
      today: Composition.today, hasStaff: true, rendersEveryTime: renderEveryTime)
    let scheme = tls == nil ? "http" : "https"
    let host = host
    let provider = try elsewhere.provider(reachedAt: address ?? Self.origin(scheme, host, port))
    let reachedAt = Mutex(address ?? "")
    let staff = StaffSite(
      of: website,
      try Composition.desks(
        open, try await keys.masterKey(store, of: open.records),
        identityProvider: provider, isSecure: tls != nil || address?.hasPrefix("https://") == true
      ) { reachedAt.withLock { $0 } })
    do {
      try await website.serve(host: host, port: port, staff: staff, tls: tls) { port in
        let here = Self.origin(scheme, host, port)
        reachedAt.withLock { if $0.isEmpty { $0 = here } }
        print("Plumbline is ready at \(here)")
        Output.flush()
      }
    } catch let error where "\(error)".contains("errno: 98") {
      // The networking library documents no error type for an address in use.
      throw Refusal(
        "Port \(port) on \(host) is taken. Stop what uses it, or choose another with --port.")
    }
  }
}
