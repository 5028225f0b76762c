import Crypto
import Foundation

/// The style sheets of the site, at addresses that change with their content.
public struct Assets: Sendable {
  /// One file as it is served.
  struct File: Sendable {
    let path: String
    let type: String
    let bytes: [UInt8]

    init(path: String, type: String, _ bytes: [UInt8]) {
      self.path = path
      self.type = type
      self.bytes = bytes
    }

    init(name: String, ending: String, type: String, _ bytes: [UInt8]) {
      path = "/assets/\(name)-\(Fingerprint.of(bytes)).\(ending)"
      self.type = type
      self.bytes = bytes
    }
  }

  /// The sheet of the GOV.UK Design System, where it was found.
  let govuk: File?

  /// Our own sheet.
  let site: File
  let icon: File

  /// The scripts of pages that work without a network, by their names. They name each other, so
  /// their addresses change together.
  let scripts: [String: File]

  /// The script that answers for pages while there is no network.
  let worker: [UInt8]

  /// What the person who runs the server should know.
  public let warning: String?

  static let sheetName = "govuk-frontend-5.11.1.min.css"

  /// The SHA-256 of the only sheet that is served.
  static let pinned = "85bc0987f4c2b952b040209b0f6108d762c62eed9feba92cb425faba814efbd4"

  static let ownFonts = #"system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif"#

  var files: [File] { [site, icon] + [govuk].compactMap { $0 } + scripts.values }

  /// Reads the style sheets.
  ///
  /// - Parameter folder: Where set-up put the sheet of the GOV.UK Design System. Without it pages
  ///   work with our own sheet alone, and ``warning`` says so.
  public static func load(from folder: String?) -> Assets {
    let found = folder.flatMap { folder in
      FileManager.default.contents(atPath: folder + "/" + sheetName).map { Array($0) }
    }
    let warning: String?
    var govuk: File?
    if let found {
      if hexadecimal(found) == pinned {
        govuk = File(name: "govuk", ending: "css", type: css, ownFonts(found))
        warning = nil
      } else {
        warning = "\(sheetName) is not the pinned file and is not used. Run ./task setup again."
      }
    } else {
      warning = "\(sheetName) was not found, so pages are plain. Run ./task setup."
    }
    return Assets(
      govuk: govuk,
      site: File(name: "site", ending: "css", type: css, own("site.css") + PlanBars.style.bytes),
      icon: File(name: "icon", ending: "svg", type: "image/svg+xml", own("icon.svg")),
      scripts: scripts(), worker: own("device/worker.js"),
      warning: warning)
  }

  static let javaScript = "text/javascript; charset=utf-8"

  /// The scripts, each at `/assets/device-…/name.js`.
  private static func scripts() -> [String: File] {
    let names = [
      "answers.js", "assess.js", "away.js", "keep.js", "keys.js", "queue.js", "shelf.js",
      "status.js", "tidy.js", "typed.js",
    ]
    let texts = names.map { own("device/\($0)") }
    let folder = "/assets/device-\(Fingerprint.of(Array(texts.joined())))"
    return Dictionary(
      uniqueKeysWithValues: zip(names, texts).map { name, text in
        (name, File(path: "\(folder)/\(name)", type: javaScript, text))
      })
  }

  private static let css = "text/css; charset=utf-8"

  /// A file that comes with the product; empty where the product was installed without it.
  private static func own(_ name: String) -> [UInt8] {
    let folder = Bundle.module.url(forResource: "Assets", withExtension: nil)
    let path = folder?.appendingPathComponent(name).path ?? ""
    return FileManager.default.contents(atPath: path).map { Array($0) } ?? []
  }

  /// The sheet without the font that only government may use: its faces are left out and its name
  /// is replaced.
  static func ownFonts(_ sheet: [UInt8]) -> [UInt8] {
    var text = String(decoding: sheet, as: UTF8.self)
    while let start = text.range(of: "@font-face{"),
      let end = text.range(of: "}", range: start.upperBound..<text.endIndex)
    {
      text.removeSubrange(start.lowerBound..<end.upperBound)
    }
    for old in ["GDS Transport,arial,sans-serif", "\"GDS Transport\",arial,sans-serif"] {
      text = text.replacingOccurrences(of: old, with: ownFonts)
    }
    return Array(text.utf8)
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
