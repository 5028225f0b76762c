import Records
import Workflows

/// Reads bundles, and what is in them.
enum BundleTrial {
  private static let master = MasterKey(text: "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=")

  static func run(_ bytes: [UInt8]) throws(BrokenPromise) {
    guard let master else { throw BrokenPromise("a master key that is none") }
    let own = InstallationKey(of: master)
    // Nobody signed it.
    let opened = try? SealedBundle.open(bytes, from: own.known, by: own)
    try promise(opened == nil, "a bundle that nobody signed was opened")
    if let key = InstallationKey.Public(String(decoding: bytes, as: UTF8.self)) {
      try promise(Array(key.description.utf8) == bytes, "a key that is not what was read")
    }
    guard let bundle = WorkBundle(bytes) else { return }
    let again = WorkBundle(bundle.bytes)
    try promise(again?.bytes == bundle.bytes, "what is read twice differs")
    try RecordTrial.run(bundle.record)
  }
}
