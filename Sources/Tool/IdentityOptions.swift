import ArgumentParser
import Foundation
import OpenIDConnect
import Problems
import Workflows

/// Where people can sign in besides here.
struct IdentityOptions: ParsableArguments {
  /// The variable of the environment that may hold the client's secret.
  private static let variable = "PLUMBLINE_OIDC_SECRET"

  @Option(help: "The issuer of an OpenID Connect provider: https://…") var oidcIssuer: String?
  @Option(help: "What that provider calls this installation.") var oidcClient: String?
  @Option(
    help: """
      A file with the secret that the provider gave; else the environment variable \
      PLUMBLINE_OIDC_SECRET, else none.
      """)
  var oidcSecretFile: String?
  @Option(help: "How people call that provider.") var oidcTitle = "your organisation"

  func validate() throws {
    guard (oidcIssuer == nil) == (oidcClient == nil) else {
      throw ValidationError("--oidc-issuer and --oidc-client go together.")
    }
  }

  /// - Parameter address: Where browsers reach us.
  func provider(reachedAt address: String) throws -> OpenIDProvider? {
    guard let oidcIssuer, let oidcClient else { return nil }
    var secret = ProcessInfo.processInfo.environment[Self.variable]
    if let oidcSecretFile {
      secret = try Composition.secret(inFileAt: oidcSecretFile, option: "--oidc-secret-file")
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
    do {
      return try OpenIDProvider(
        issuer: oidcIssuer, clientID: oidcClient, clientSecret: secret,
        redirectAddress: address + "/sign-in/elsewhere/return", title: oidcTitle,
        now: Composition.instant)
    } catch {
      throw Refusal("--oidc-issuer: \(error)")
    }
  }
}
