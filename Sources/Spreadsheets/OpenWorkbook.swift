import CXLSXWriter
import Foundation
import Problems

/// A workbook that libxlsxwriter is writing in a folder of its own, which goes away with it.
final class OpenWorkbook {
  /// 1 January 1980, 00:00 UTC, in seconds since 1970: the oldest time that a zip file can say.
  private static let created: time_t = 315_532_800

  private let name: String
  private let folder: String
  private let path: String

  /// Nothing once it is closed: closing frees it, even when that fails.
  private var book: UnsafeMutablePointer<lxw_workbook>?

  let sheet: UnsafeMutablePointer<lxw_worksheet>

  /// Title and headings.
  let heading: UnsafeMutablePointer<lxw_format>?

  /// Days.
  let day: UnsafeMutablePointer<lxw_format>?

  /// - Parameter name: What problems carry.
  /// - Throws: ``Problems`` when the sheet cannot have its name or nothing can be written.
  init(name: String, sheet sheetName: String) throws(Problems) {
    let folder = try Self.makeFolder(name)
    let path = folder + "/sheet.xlsx"
    let book = folder.withCString { folder in
      // The library copies the path of the folder.
      var options = lxw_workbook_options(
        constant_memory: 1, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 0)
      return workbook_new_opt(path, &options)
    }
    var failure = Self.unwritable(name)
    var sheet: UnsafeMutablePointer<lxw_worksheet>?
    if let book {
      if !sheetName.isEmpty, workbook_validate_sheet_name(book, sheetName) == LXW_NO_ERROR {
        sheet = workbook_add_worksheet(book, sheetName)
      } else {
        failure = Problems(
          Problem(
            name, "a sheet cannot have this name",
            remedy: #"use 1 to 31 characters, none of them []:*?/\ and no ' at either end"#))
      }
    }
    guard let book, let sheet else {
      lxw_workbook_free(book)
      Self.remove(folder)
      throw failure
    }
    var properties = lxw_doc_properties()
    properties.created = Self.created
    workbook_set_properties(book, &properties)
    heading = workbook_add_format(book)
    format_set_bold(heading)
    day = workbook_add_format(book)
    format_set_num_format(day, "dd/mm/yyyy")
    self.name = name
    self.folder = folder
    self.path = path
    self.book = book
    self.sheet = sheet
  }

  deinit {
    if let book { lxw_workbook_free(book) }
    Self.remove(folder)
  }

  /// Puts the workbook together.
  ///
  /// - Returns: The bytes of the file.
  /// - Throws: ``Problems`` when it cannot be written.
  func close() throws(Problems) -> [UInt8] {
    let error = workbook_close(book)
    book = nil
    guard error == LXW_NO_ERROR, let bytes = FileManager.default.contents(atPath: path) else {
      throw Self.unwritable(name)
    }
    return Array(bytes)
  }

  /// A new folder that nobody else may look into.
  private static func makeFolder(_ name: String) throws(Problems) -> String {
    let pattern = FileManager.default.temporaryDirectory.path + "/plumbline-XXXXXX"
    var place = Array(pattern.utf8CString)
    guard mkdtemp(&place) != nil else { throw unwritable(name) }
    return String(decoding: place.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func remove(_ folder: String) {
    // A temporary folder that stays is not worth failing for.
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static func unwritable(_ name: String) -> Problems {
    Problems(
      Problem(name, "cannot be written", remedy: "make room for temporary files and try again"))
  }
}
