import Problems
import Spreadsheets

/// The parts of a workbook with one sheet, as the standard has them.
///
/// - Parameters:
///   - rows: What stands in `sheetData`.
///   - strings: What stands in `sst`, if there are shared strings.
///   - properties: What stands before `sheets`.
///   - sheets: What stands in `sheets`.
func workbook(
  _ rows: String, strings: String? = nil, properties: String = "",
  sheets: String = #"<sheet name="Cases" sheetId="1" r:id="rId1"/>"#
) -> TestZip {
  let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  let package = "http://schemas.openxmlformats.org/package/2006/relationships"
  let shared =
    #"<Relationship Id="rId4" Type="\#(kinds)/sharedStrings" Target="sharedStrings.xml"/>"#
  let declaration = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\r\n"
  var zip = TestZip([
    ("[Content_Types].xml", declaration + "<Types/>"),
    (
      "_rels/.rels",
      """
      \(declaration)<Relationships xmlns="\(package)"><Relationship Id="rId1" \
      Type="\(kinds)/officeDocument" Target="xl/workbook.xml"/></Relationships>
      """
    ),
    (
      "xl/workbook.xml",
      """
      \(declaration)<workbook xmlns="\(main)" xmlns:r="\(kinds)">\(properties)\
      <sheets>\(sheets)</sheets></workbook>
      """
    ),
    (
      "xl/_rels/workbook.xml.rels",
      """
      \(declaration)<Relationships xmlns="\(package)">\
      <Relationship Id="rId1" Type="\(kinds)/worksheet" Target="worksheets/sheet1.xml"/>\
      <Relationship Id="rId2" Type="\(kinds)/chartsheet" Target="/xl/chartsheets/sheet1.xml"/>\
      <Relationship Id="rId3" Type="\(kinds)/worksheet" Target="/xl/worksheets/../none.xml"/>\
      \(strings == nil ? "" : shared)\
      </Relationships>
      """
    ),
    (
      "xl/worksheets/sheet1.xml",
      """
      \(declaration)<worksheet xmlns="\(main)"><dimension ref="A1"/>\
      <sheetData>\(rows)</sheetData><pageMargins left="0.7"/></worksheet>
      """
    ),
  ])
  if let strings {
    zip["xl/sharedStrings.xml"].bytes = Array(
      #"\#(declaration)<sst xmlns="\#(main)">\#(strings)</sst>"#.utf8)
  }
  return zip
}

/// A sheet whose first row has these cells.
func row(_ cells: String) -> String { "<row r=\"1\">\(cells)</row>" }

extension XLSXFile {
  func rows(ofSheet index: Int = 0) throws -> [ReadRow] {
    var rows: [ReadRow] = []
    try readSheet(index).forEachRow { rows.append(ReadRow($0)) }
    return rows
  }
}

extension TestZip {
  /// The rows of the first sheet.
  func rows() throws -> [ReadRow] { try XLSXFile(bytes: bytes, name: "t.xlsx").rows() }
}

/// What is wrong with a workbook, as it is printed; empty when nothing is.
func complaint(ofWorkbook bytes: [UInt8], sheet: Int = 0) -> String {
  do {
    _ = try XLSXFile(bytes: bytes, name: "t.xlsx").readSheet(sheet)
    return ""
  } catch {
    return error.description
  }
}
