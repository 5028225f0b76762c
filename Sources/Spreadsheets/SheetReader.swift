/// Reads the cells of a sheet.
struct SheetReader: XMLPartReader {
  private enum Place {
    case outside, root, cells, row, cell, value, inline, inlineText, run, runText
  }

  private let name: String
  private let strings: SharedStrings
  private(set) var sheet = XLSXSheet()

  private var place = Place.outside
  private var skippedDepth: Int?

  // The cell being read.
  private var column = -1
  private var type = ""
  private var text = CellText()
  private var value: [UInt8] = []

  /// - Parameter name: The sheet's, for complaints.
  init(_ name: String, _ strings: SharedStrings) {
    self.name = name
    self.strings = strings
  }

  mutating func open(
    _ element: String, _ attributes: [String: String], depth: Int
  ) throws(XLSXFault) {
    guard skippedDepth == nil else { return }
    switch (place, element) {
    case (.outside, "worksheet"): place = .root
    case (.outside, _): throw .notATable(sheet: name)
    case (.root, "sheetData"): place = .cells
    case (.cells, "row"):
      place = .row
      column = -1
      try sheet.startRow(rowNumber(attributes["r"]))
    case (.row, "c"):
      place = .cell
      column = try columnNumber(attributes["r"])
      type = attributes["t"] ?? "n"
      value.removeAll(keepingCapacity: true)
    case (.cell, "v") where type != "inlineStr":
      place = .value
      text.begin(attributes)
    case (.cell, "is") where type == "inlineStr": place = .inline
    case (.inline, "t"):
      place = .inlineText
      text.begin(attributes)
    case (.inline, "r"): place = .run
    case (.run, "t"):
      place = .runText
      text.begin(attributes)
    // Formulas, phonetic runs (rPh) and whatever else there may be.
    default: skippedDepth = depth
    }
  }

  mutating func text(_ piece: String) throws(XLSXFault) {
    guard skippedDepth == nil else { return }
    switch place {
    case .value, .inlineText, .runText: try text.append(piece, row: sheet.currentRow)
    default: break
    }
  }

  mutating func close(depth: Int) throws(XLSXFault) {
    if let skipped = skippedDepth {
      if skipped == depth { skippedDepth = nil }
      return
    }
    switch place {
    case .value:
      value.removeAll(keepingCapacity: true)
      try takeValue()
      place = .cell
    case .inlineText:
      text.decode(into: &value)
      place = .inline
    case .runText:
      text.decode(into: &value)
      place = .run
    case .run: place = .inline
    case .inline: place = .cell
    case .cell:
      try value.withUnsafeBufferPointer { value throws(XLSXFault) in
        try sheet.append(value, column: column)
      }
      place = .row
    case .row: place = .cells
    case .cells: place = .root
    case .root, .outside: place = .outside
    }
    guard value.count <= XLSXLimits.longestValue else {
      throw .valueTooLong(row: sheet.currentRow)
    }
  }

  /// The number of a row that says it, or else the one behind the last.
  private func rowNumber(_ written: String?) throws(XLSXFault) -> Int {
    guard let written else { return sheet.currentRow + 1 }
    guard let number = CellNumber.count(written.utf8, most: XLSXLimits.mostRows), number > 0 else {
      throw .badReference(row: sheet.currentRow + 1)
    }
    return number
  }

  /// The column of a cell that says it, or else the one behind the last; counted from zero.
  private func columnNumber(_ written: String?) throws(XLSXFault) -> Int {
    let row = sheet.currentRow
    guard let written else {
      guard column + 1 < XLSXLimits.mostColumns else { throw .badReference(row: row) }
      return column + 1
    }
    guard let reference = CellReference(written) else { throw .badReference(row: row) }
    guard reference.row == row, reference.column > column else {
      throw .cellOutOfPlace(row: row)
    }
    return reference.column
  }

  private mutating func takeValue() throws(XLSXFault) {
    switch type {
    case "s":
      let index = CellNumber.count(text.trimmed, most: XLSXLimits.mostSharedStrings)
      guard let index, let range = strings.range(index) else {
        throw .unknownSharedString(row: sheet.currentRow)
      }
      value.append(contentsOf: strings.bytes[range])
    case "b":
      switch String(decoding: text.trimmed, as: UTF8.self) {
      case "1", "true", "TRUE": value.append(contentsOf: "TRUE".utf8)
      case "0", "false", "FALSE": value.append(contentsOf: "FALSE".utf8)
      default: value.append(contentsOf: text.trimmed)
      }
    case "n":
      let number = text.trimmed
      if let whole = CellNumber.wholeNumber(number) {
        value.append(contentsOf: String(whole).utf8)
      } else {
        value.append(contentsOf: number)
      }
    default:
      // Results of formulas (str), errors (e), days in words (d).
      text.decode(into: &value)
    }
  }
}
