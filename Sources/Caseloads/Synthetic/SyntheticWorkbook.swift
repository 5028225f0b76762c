import Calendars
import Problems
import Spreadsheets

extension SyntheticCaseload {
  /// The list as a workbook, its days as days.
  ///
  /// Texts that a spreadsheet program would take for a formula get an apostrophe, as in every
  /// workbook.
  ///
  /// - Throws: ``Problems`` when a sheet cannot hold it.
  public func workbook(name: String) throws -> [UInt8] {
    let writer = try XLSXWriter(
      name: name, sheet: sheet ?? "Cases", title: titleRow, columns: headings)
    var rest = titleRow == nil ? 1 : 2
    try forEachRow { values in
      // The title and the headings are there already.
      guard rest == 0 else { return rest -= 1 }
      try writer.append(values.map(Self.value))
    }
    return try writer.finish()
  }

  private static func value(_ text: String) -> XLSXWriter.Value {
    if text.isEmpty { return .blank }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let turned = parts.count == 3 ? parts.reversed().joined(separator: "-") : text
    return Day(turned).map { .day($0.number) } ?? .text(text)
  }
}
