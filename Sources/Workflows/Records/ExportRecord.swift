import OrderedJSON
public import Records
import Synchronization

/// Writes a record as lines of JSON, which anyone can check: `plumbline-record/1`.
///
/// The first line says whose record it is, how many entries it has and the digest of the last; then
/// each entry stands on a line as it was recorded. What is sealed stays sealed.
public enum ExportRecord {
  /// - Returns: Nothing when there is no record of the inspection.
  public static func run(
    _ inspection: InspectionID, from store: any RecordStore
  ) async throws -> [UInt8]? {
    guard let head = try await store.heads().first(where: { $0.inspection == inspection }) else {
      return nil
    }
    let heading = ExportHeading(
      inspection: inspection, entries: head.sequence, digest: head.digest)
    let lines = Mutex(heading.line + [UInt8(ascii: "\n")])
    try await store.forEachLine(of: inspection, through: head.sequence) { line in
      lines.withLock { lines in
        lines += line
        lines.append(UInt8(ascii: "\n"))
      }
    }
    return lines.withLock { $0 }
  }
}

/// The first line of an export.
struct ExportHeading {
  private static let format = "plumbline-record/1"

  let inspection: InspectionID
  let entries: Int

  /// Of the last entry.
  let digest: String?

  init(inspection: InspectionID, entries: Int, digest: String?) {
    self.inspection = inspection
    self.entries = entries
    self.digest = digest
  }

  /// Nothing when it is no such line.
  init?(line: [UInt8]) {
    // Whatever is wrong with it, it is no heading.
    guard let json = try? JSON(bytes: line), json["format"].string == Self.format,
      let inspection = json["inspection"].string.flatMap({ InspectionID($0) }),
      let entries = json["entries"].int
    else { return nil }
    self.init(inspection: inspection, entries: entries, digest: json["head"].string)
  }

  var line: [UInt8] {
    let json: JSON = [
      "format": .string(Self.format), "inspection": .string(inspection.description),
      "entries": .number(entries), "head": .text(digest),
    ]
    return json.compactBytes
  }
}
