/// Reads which sheets a workbook has.
struct WorkbookReader: XMLPartReader {
  struct Sheet {
    let name: String
    let isHidden: Bool

    /// The name under which the workbook's relationships have the sheet's part.
    let relationship: String
  }

  /// Characters of a sheet's name that are kept. Excel allows 31.
  private static let longestName = 255

  private(set) var sheets: [Sheet] = []
  private(set) var usesDates1904 = false
  private var isInSheets = false

  mutating func open(
    _ element: String, _ attributes: [String: String], depth: Int
  ) throws(XLSXFault) {
    switch (depth, element) {
    case (0, "workbook"): break
    case (0, _): throw .noWorkbook
    case (1, "workbookPr"): usesDates1904 = ["1", "true", "on"].contains(attributes["date1904"])
    case (1, _): isInSheets = element == "sheets"
    case (2, "sheet") where isInSheets:
      guard sheets.count < XLSXLimits.mostSheets else { throw .tooManySheets }
      let relationship = attributes.first { $0.key.hasSuffix(":id") }
      sheets.append(
        Sheet(
          name: String((attributes["name"] ?? "").prefix(Self.longestName)),
          isHidden: ["hidden", "veryHidden"].contains(attributes["state"]),
          relationship: relationship?.value ?? ""))
    default: break
    }
  }

  func text(_ piece: String) {}
  func close(depth: Int) {}
}

/// Reads which part of a zip file belongs to which other.
struct RelationshipReader: XMLPartReader {
  struct Relationship {
    /// The last word of the address that names the kind, such as `worksheet`.
    let kind: Substring

    /// The name of the part in the zip file.
    let part: String
  }

  /// The most bytes of a part's name; no program writes longer ones.
  private static let longestTarget = 255

  /// The folder that targets are relative to, ending in a slash unless it is the uppermost.
  private let folder: String
  private(set) var relationships: [String: Relationship] = [:]

  init(folder: String) {
    self.folder = folder
  }

  /// The part of the first relationship of a kind in the order of their names.
  func part(_ kind: String) -> String? {
    relationships.filter { $0.value.kind == kind }.min { $0.key < $1.key }?.value.part
  }

  mutating func open(_ element: String, _ attributes: [String: String], depth: Int) {
    guard depth == 1, element == "Relationship", attributes["TargetMode"] != "External",
      let id = attributes["Id"], let type = attributes["Type"], let target = attributes["Target"],
      target.utf8.count <= Self.longestTarget, target.utf8.allSatisfy({ $0 >= 32 })
    else { return }
    let kind = type[(type.lastIndex(of: "/").map(type.index(after:)) ?? type.startIndex)...]
    relationships[id] = Relationship(kind: kind, part: resolved(target))
  }

  func text(_ piece: String) {}
  func close(depth: Int) {}

  /// A target without `.` and `..`; one that starts with a slash starts at the uppermost folder.
  private func resolved(_ target: String) -> String {
    var names: [Substring] = []
    let path = target.hasPrefix("/") ? target : folder + target
    for name in path.split(separator: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(name) }
    }
    return names.joined(separator: "/")
  }
}
