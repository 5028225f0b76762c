/// A workbook of any sheets and cells, made by hand: the product writes one sheet, and days as
/// serials.
struct HandmadeWorkbook {
  enum Cell {
    case text(String)

    /// A value of a type, such as `d` for a day in words.
    case typed(String, String)

    fileprivate var markup: String {
      switch self {
      case .text(let text): "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>"
      case .typed(let type, let value): "<c t=\"\(type)\"><v>\(value)</v></c>"
      }
    }
  }

  struct Sheet {
    let name: String
    var isHidden = false
    let rows: [[Cell]]

    init(_ name: String, _ rows: [[Cell]]) {
      self.name = name
      self.rows = rows
    }
  }

  private let sheets: [Sheet]

  init(_ sheets: [Sheet]) {
    self.sheets = sheets
  }

  // MARK: - Parts

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let kinds =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

  private var parts: [(name: String, text: String)] {
    let places = Array(sheets.indices)
    let listed = places.map { place -> String in
      let state = sheets[place].isHidden ? " state=\"hidden\"" : ""
      return "<sheet name=\"\(sheets[place].name)\" sheetId=\"\(place + 1)\"\(state) "
        + "r:id=\"rId\(place + 1)\"/>"
    }.joined()
    let targets = places.map { place -> String in
      "<Relationship Id=\"rId\(place + 1)\" Type=\"\(Self.kinds)/worksheet\" "
        + "Target=\"worksheets/sheet\(place + 1).xml\"/>"
    }.joined()
    let uppermost =
      "<Relationship Id=\"rId1\" Type=\"\(Self.kinds)/officeDocument\" "
      + "Target=\"xl/workbook.xml\"/>"
    let book =
      "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.kinds)\"><sheets>\(listed)</sheets>"
      + "</workbook>"
    var parts: [(name: String, text: String)] = [
      ("[Content_Types].xml", "<Types/>"),
      ("_rels/.rels", Self.relationships(uppermost)), ("xl/workbook.xml", book),
      ("xl/_rels/workbook.xml.rels", Self.relationships(targets)),
    ]
    for place in places {
      parts.append(("xl/worksheets/sheet\(place + 1).xml", Self.markup(of: sheets[place])))
    }
    return parts
  }

  private static func relationships(_ markup: String) -> String {
    "<Relationships xmlns=\"\(package)\">\(markup)</Relationships>"
  }

  private static func markup(of sheet: Sheet) -> String {
    let rows = sheet.rows.map { "<row>\($0.map(\.markup).joined())</row>" }.joined()
    return "<worksheet xmlns=\"\(main)\"><sheetData>\(rows)</sheetData></worksheet>"
  }

  // MARK: - Zip file

  /// The file, nothing in it compressed.
  var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    let parts = self.parts
    for part in parts {
      let (name, text) = (Array(part.name.utf8), Array(part.text.utf8))
      let start = file.count
      let header =
        Self.number(20, 2) + Self.number(0, 4) + Self.number(0x0021_0000, 4)
        + Self.number(Int(Self.checksum(of: text)), 4) + Self.number(text.count, 4)
        + Self.number(text.count, 4) + Self.number(name.count, 2) + Self.number(0, 2)
      file += Self.number(0x0403_4B50, 4) + header + name + text
      directory += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + header
      directory += Self.number(0, 10) + Self.number(start, 4) + name
    }
    let end =
      Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(parts.count, 2)
      + Self.number(parts.count, 2) + Self.number(directory.count, 4)
      + Self.number(file.count, 4) + Self.number(0, 2)
    return file + directory + end
  }

  /// The lowest byte first.
  private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32 as zip files have it.
  private static func checksum(of bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
