import NIOSSL
public import Problems

/// A certificate with its chain, and its private key, as PEM files.
public struct TLSFiles: Sendable {
  let configuration: TLSConfiguration

  /// - Throws: ``Problems`` when one of them cannot be read, or they do not belong together.
  public init(certificate: String, key: String) throws(Problems) {
    var problems: [Problem] = []
    var chain: [NIOSSLCertificate] = []
    do {
      chain = try NIOSSLCertificate.fromPEMFile(certificate)
    } catch {
      problems.append(
        Problem(certificate, "holds no certificate", remedy: "give the chain as a PEM file"))
    }
    var privateKey: NIOSSLPrivateKey?
    do {
      privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
    } catch {
      problems.append(
        Problem(key, "holds no private key", remedy: "give it as a PEM file without a password"))
    }
    try Problems.throwAny(problems)
    guard let privateKey else { preconditionFailure("without a problem there is a key") }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
    configuration.minimumTLSVersion = .tlsv12
    do {
      _ = try NIOSSLContext(configuration: configuration)
    } catch {
      throw Problems(
        Problem(
          certificate, "does not belong to the private key",
          remedy: "give the certificate that was issued for it"))
    }
    self.configuration = configuration
  }
}
