import Problems

/// Why a workbook, or a sheet of one, cannot be read.
enum XLSXFault: Error, Equatable {
  // The file.
  case empty
  case fileTooLarge
  case notAWorkbook
  case oldWorkbook
  case openDocument
  case binaryWorkbook
  case noWorkbook

  // The zip file.
  case damaged
  case encrypted
  case unknownCompression
  case tooManyParts
  case unpacksTooLarge
  case unpacksTooFar

  // The XML in it.
  case malformed(part: String)
  case foreignMarkup(part: String)
  case notUTF8(part: String)
  case tooDeep(part: String)
  case tooManyAttributes(part: String)
  case tooMuchMarkup(part: String)

  // The workbook.
  case missing(part: String)
  case tooManySheets
  case tooManySharedStrings
  case notATable(sheet: String)

  // The rows of a sheet.
  case badReference(row: Int)
  case rowOutOfPlace(row: Int)
  case cellOutOfPlace(row: Int)
  case unknownSharedString(row: Int)
  case tooManyValues(row: Int)
  case valueTooLong(row: Int?)
  case rowTooLong(row: Int)
  case sheetTooLarge(row: Int)
}

extension XLSXFault {
  /// The fault as it is told to whoever handed the file in. Quotes no value.
  func problems(in name: String) -> Problems {
    let (line, what, remedy) = sentence
    return Problems(Problem(name, line: line, what, remedy: remedy))
  }

  private static let asWorkbook = "save it as an Excel workbook (.xlsx)"
  private static let again = "open it in a spreadsheet program and save it again as .xlsx"
  private static let asCSV = "save the sheet as “CSV UTF-8”"

  private var sentence: (line: Int?, what: String, remedy: String) {
    switch self {
    case .empty: (nil, "is empty", "give an Excel workbook (.xlsx)")
    case .fileTooLarge:
      (nil, "is larger than \(Self.mebibytes(XLSXFile.largestFile))", Self.asCSV)
    case .notAWorkbook: (nil, "is not an Excel workbook", Self.asWorkbook)
    case .oldWorkbook:
      (
        nil, "is an old Excel workbook (.xls) or is protected with a password",
        "save it as an Excel workbook (.xlsx) without a password"
      )
    case .openDocument: (nil, "is an OpenDocument file", Self.asWorkbook)
    case .binaryWorkbook: (nil, "is a binary Excel workbook (.xlsb)", Self.asWorkbook)
    case .noWorkbook: (nil, "is a zip file without a workbook", Self.asWorkbook)
    case .damaged:
      (nil, "is damaged or not complete", "copy or download it again, or save it again as .xlsx")
    case .encrypted: (nil, "is protected with a password", "save it without a password")
    case .unknownCompression: (nil, "is packed in a way that no workbook is", Self.again)
    case .tooManyParts:
      (nil, "has more than \(XLSXLimits.mostParts) parts", Self.asCSV)
    case .unpacksTooLarge:
      (nil, "unpacks to more than \(Self.mebibytes(XLSXLimits.mostUnpacked))", Self.asCSV)
    case .unpacksTooFar:
      (nil, "unpacks to more than \(XLSXLimits.largestRatio) times its size", Self.asCSV)
    default: sentenceInside
    }
  }

  private var sentenceInside: (line: Int?, what: String, remedy: String) {
    switch self {
    case .malformed(let part): (nil, "\(part) cannot be read as XML", Self.again)
    case .foreignMarkup(let part):
      (nil, "\(part) has a document type or an instruction, which no workbook has", Self.again)
    case .notUTF8(let part): (nil, "\(part) is not UTF-8", Self.again)
    case .tooDeep(let part): (nil, "\(part) is nested too deep", Self.again)
    case .tooManyAttributes(let part): (nil, "\(part) has too many attributes", Self.again)
    case .tooMuchMarkup(let part): (nil, "\(part) has too many elements", Self.asCSV)
    case .missing(let part): (nil, "\(part) is missing", Self.again)
    case .tooManySheets: (nil, "has more than \(XLSXLimits.mostSheets) sheets", Self.asCSV)
    case .tooManySharedStrings: (nil, "has too much text", Self.asCSV)
    case .notATable(let sheet):
      (nil, "the sheet “\(sheet)” has no cells", "choose a sheet with a table")
    case .badReference(let row):
      (row, "a cell's place is not one that a sheet has", Self.again)
    case .rowOutOfPlace(let row):
      (row, "a row is out of order or there twice", Self.again)
    case .cellOutOfPlace(let row):
      (row, "a cell is out of order, there twice or in another row", Self.again)
    case .unknownSharedString(let row): (row, "a cell's text is missing", Self.again)
    case .tooManyValues(let row):
      (
        row, "a row has more than \(CSVScanner.mostValues) values",
        "check that this is the right file"
      )
    case .valueTooLong(let row):
      (row, "a value is longer than 32767 characters", "shorten it")
    case .rowTooLong(let row):
      (row, "a row is longer than \(CSVScanner.longestRow) bytes", "shorten it")
    case .sheetTooLarge(let row):
      (row, "the sheet holds too much from here on", "split it, or s\(Self.asCSV.dropFirst())")
    default: (nil, "cannot be read", Self.again)
    }
  }

  private static func mebibytes(_ bytes: Int) -> String { "\(bytes >> 20) MB" }
}
