public import Problems

/// An Excel workbook (`.xlsx`, `.xlsm`), held in memory, whose sheets are read one at a time.
///
/// Knows nothing of what the columns mean, and formats nothing: a date is the serial number that
/// stands in the file. Macros, links and formulas are never looked at; of a formula its last result
/// is read. May hold personal data.
public struct XLSXFile: Sendable {
  /// The most bytes of a file, packed as it is.
  public static let largestFile = 100 << 20

  /// A sheet as the workbook lists it.
  public struct Sheet: Hashable, Sendable {
    public let name: String

    /// Whether the spreadsheet program keeps it out of sight.
    public let isHidden: Bool
  }

  /// The name that problems carry.
  public let name: String

  /// The sheets in the order of the workbook, those of charts among them.
  public let sheets: [Sheet]

  /// Whether serial number 0 is 1 January 1904. If not, days from 1 March 1900 on are counted from
  /// 30 December 1899, and those before it from the day after.
  public let usesDates1904: Bool

  private let bytes: [UInt8]

  /// The part of each sheet, or nothing for one that is no table.
  private let sheetParts: [String?]
  private let sharedStringsPart: String?

  /// Whether bytes start as a zip file does, which every workbook is and no CSV file.
  ///
  /// - Parameter firstBytes: At least the first four.
  public static func looksLikeOne(_ firstBytes: some Sequence<UInt8>) -> Bool {
    firstBytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
  }

  /// Reads a file that lies on disk.
  ///
  /// - Throws: ``Problems`` when it cannot be read or is not a workbook within our limits.
  public init(path: String, name: String? = nil) throws(Problems) {
    let name = name ?? path
    let size = try ByteSource.size(
      ofFileAt: path, name: name, shouldBe: "an Excel workbook (.xlsx)")
    guard size <= Self.largestFile else { throw XLSXFault.fileTooLarge.problems(in: name) }
    try self.init(bytes: ByteSource.read(.path(path), 0..<size, name: name), name: name)
  }

  /// Takes content that is already in memory.
  ///
  /// - Throws: ``Problems`` when it is not a workbook within our limits.
  public init(bytes: [UInt8], name: String) throws(Problems) {
    do throws(XLSXFault) {
      try Self.checkKind(bytes)
      let workbook = try bytes.withUnsafeBufferPointer { bytes throws(XLSXFault) in
        try Workbook(ZipArchive(bytes))
      }
      sheets = workbook.sheets
      usesDates1904 = workbook.usesDates1904
      sheetParts = workbook.sheetParts
      sharedStringsPart = workbook.sharedStringsPart
    } catch {
      throw error.problems(in: name)
    }
    self.bytes = bytes
    self.name = name
  }

  /// Reads a sheet whole.
  ///
  /// - Parameter index: Its place in ``sheets``.
  /// - Throws: ``Problems`` when it is no table, is damaged or exceeds our limits.
  /// - Precondition: ``sheets`` has `index`.
  public func readSheet(_ index: Int) throws(Problems) -> XLSXSheet {
    var found: Result<XLSXSheet, Problems>?
    try readSheets([index]) { _, sheet in
      found = sheet
      return false
    }
    guard let found else { throw XLSXFault.damaged.problems(in: name) }
    return try found.get()
  }

  /// Reads sheets whole, one after the other, until `onSheet` returns false.
  ///
  /// What they share is read once, and what is unpacked counts for all of them together: a small
  /// file may list one large sheet a thousand times.
  ///
  /// - Parameters:
  ///   - order: Their places in ``sheets``.
  ///   - onSheet: Is given each place with the sheet, or with why it cannot be read.
  /// - Throws: ``Problems`` when the workbook is damaged or exceeds our limits.
  /// - Precondition: ``sheets`` has every place.
  public func readSheets(
    _ order: [Int], _ onSheet: (Int, Result<XLSXSheet, Problems>) -> Bool
  ) throws(Problems) {
    precondition(order.allSatisfy(sheets.indices.contains), "There is no such sheet.")
    do throws(XLSXFault) {
      try bytes.withUnsafeBufferPointer { bytes throws(XLSXFault) in
        let archive = try ZipArchive(bytes)
        var strings = SharedStrings()
        if let sharedStringsPart, try !archive.read(sharedStringsPart, with: &strings) {
          throw .missing(part: sharedStringsPart)
        }
        for index in order {
          let sheet: Result<XLSXSheet, Problems>
          do throws(XLSXFault) {
            sheet = .success(try self.sheet(index, archive, strings))
          } catch .unpacksTooLarge {
            throw .unpacksTooLarge
          } catch {
            sheet = .failure(error.problems(in: name))
          }
          if !onSheet(index, sheet) { return }
        }
      }
    } catch {
      throw error.problems(in: name)
    }
  }

  private func sheet(
    _ index: Int, _ archive: ZipArchive, _ strings: SharedStrings
  ) throws(XLSXFault) -> XLSXSheet {
    guard let part = sheetParts[index] else { throw .notATable(sheet: sheets[index].name) }
    var reader = SheetReader(sheets[index].name, strings)
    guard try archive.read(part, with: &reader) else { throw .missing(part: part) }
    return reader.sheet
  }

  /// Refuses what its first bytes show to be something else.
  private static func checkKind(_ bytes: [UInt8]) throws(XLSXFault) {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= largestFile else { throw .fileTooLarge }
    guard !bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else { throw .oldWorkbook }
    guard looksLikeOne(bytes) else { throw .notAWorkbook }
  }
}

/// What a workbook says of its sheets.
private struct Workbook {
  var sheets: [XLSXFile.Sheet]
  var usesDates1904: Bool
  var sheetParts: [String?]
  var sharedStringsPart: String?

  init(_ archive: ZipArchive) throws(XLSXFault) {
    var uppermost = RelationshipReader(folder: "")
    guard try archive.read("_rels/.rels", with: &uppermost),
      let part = uppermost.part("officeDocument")
    else {
      throw archive.has("mimetype") && archive.has("content.xml") ? .openDocument : .noWorkbook
    }
    guard !part.lowercased().hasSuffix(".bin") else { throw .binaryWorkbook }
    var workbook = WorkbookReader()
    guard try archive.read(part, with: &workbook) else { throw .noWorkbook }

    let folderEnd = part.lastIndex(of: "/").map(part.index(after:)) ?? part.startIndex
    let folder = String(part[..<folderEnd])
    var own = RelationshipReader(folder: folder)
    let relationships = "\(folder)_rels/\(part[folderEnd...]).rels"
    guard try archive.read(relationships, with: &own) else { throw .missing(part: relationships) }
    sheets = workbook.sheets.map { XLSXFile.Sheet(name: $0.name, isHidden: $0.isHidden) }
    usesDates1904 = workbook.usesDates1904
    sheetParts = workbook.sheets.map { sheet in
      own.relationships[sheet.relationship].flatMap { $0.kind == "worksheet" ? $0.part : nil }
    }
    sharedStringsPart = own.part("sharedStrings")
  }
}
