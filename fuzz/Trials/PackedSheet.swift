/// Packs some XML as a workbook, so that a trial gets past the zip file.
///
/// The bytes are four pieces with a zero byte between them, of which the last ones may be missing:
/// what stands in `sheetData`, in `sst`, in the workbook before its sheets, and in `sheets`.
public enum PackedSheet {
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

  public static func workbook(_ bytes: [UInt8]) -> [UInt8] {
    let pieces = bytes.split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
    func piece(_ place: Int) -> [UInt8] { place < pieces.count ? Array(pieces[place]) : [] }
    var zip = StoredZip()
    zip.add("_rels/.rels", relationships([("officeDocument", "xl/workbook.xml")]))
    zip.add(
      "xl/_rels/workbook.xml.rels",
      relationships([
        ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"),
        ("chartsheet", "/xl/chart.xml"), ("worksheet", "../none.xml"),
      ]))
    let sheets =
      piece(3).isEmpty ? Array(#"<sheet name="A" sheetId="1" r:id="rId0"/>"#.utf8) : piece(3)
    zip.add(
      "xl/workbook.xml",
      Array("<workbook xmlns=\"\(main)\" xmlns:r=\"\(kinds)\">".utf8) + piece(2)
        + Array("<sheets>".utf8) + sheets + Array("</sheets></workbook>".utf8))
    zip.add("xl/worksheets/sheet1.xml", wrapped("worksheet", "sheetData", piece(0)))
    zip.add("xl/sharedStrings.xml", wrapped("sst", nil, piece(1)))
    return zip.bytes
  }

  private static func wrapped(_ outer: String, _ inner: String?, _ xml: [UInt8]) -> [UInt8] {
    let start = "<\(outer) xmlns=\"\(main)\">" + (inner.map { "<\($0)>" } ?? "")
    let end = (inner.map { "</\($0)>" } ?? "") + "</\(outer)>"
    return Array(start.utf8) + xml + Array(end.utf8)
  }

  private static func relationships(_ all: [(kind: String, target: String)]) -> [UInt8] {
    let each = all.enumerated().map { place, one in
      #"<Relationship Id="rId\#(place)" Type="\#(kinds)/\#(one.kind)" Target="\#(one.target)"/>"#
    }
    return Array("<Relationships xmlns=\"\(package)\">\(each.joined())</Relationships>".utf8)
  }
}

/// A zip file in which nothing is compressed.
///
/// - Source: APPNOTE.TXT of PKWARE, 4.3.
private struct StoredZip {
  private var file: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  mutating func add(_ name: String, _ content: [UInt8]) {
    let start = file.count
    let header =
      number(20, 2) + number(0, 4) + number(0x0021_0000, 4) + number(Int(Self.checksum(content)), 4)
      + number(content.count, 4) + number(content.count, 4) + number(name.utf8.count, 2)
      + number(0, 2)
    file += number(0x0403_4B50, 4) + header + Array(name.utf8) + content
    directory += number(0x0201_4B50, 4) + number(20, 2) + header
    directory += number(0, 10) + number(start, 4) + Array(name.utf8)
    count += 1
  }

  var bytes: [UInt8] {
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(count, 2) + number(count, 2)
      + number(directory.count, 4) + number(file.count, 4) + number(0, 2)
    return file + directory + end
  }

  private func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  private static let remainders: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(byte) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      sum >> 8 ^ remainders[Int(UInt8(truncatingIfNeeded: sum) ^ byte)]
    }
  }
}
