/// How the fields of a row are read, and what is said of them.
extension RowReader {
  mutating func readCRN<Row: ValueRow>(_ row: Row, _ line: Int, _ place: Int) -> CRN? {
    let bytes = value(.crn, row)
    guard let crn = CRN(bytes) else {
      note(line, .refused, .crn, bytes.isEmpty ? .missing : .malformed, bytes, place)
      return nil
    }
    if bytes[0] >= UInt8(ascii: "a") { note(line, .changed, .crn, .lowerCase, bytes, place) }
    return crn
  }

  mutating func readStart<Row: ValueRow>(_ row: Row, _ line: Int, _ place: Int) -> Int32? {
    let bytes = value(.startedOn, row)
    guard let start = days.day(bytes) else {
      note(line, .refused, .startedOn, bytes.isEmpty ? .missing : .notADate, bytes, place)
      return nil
    }
    if let listed = layout.listedOnNumber, start > listed {
      note(line, .refused, .startedOn, .afterTheList, bytes, place)
    }
    return start
  }

  mutating func known<Row: ValueRow>(
    _ code: UInt32, _ field: CaseField, _ row: Row, _ line: Int, _ place: Int
  ) -> UInt8 {
    if code == 0, !field.mayBeBlank, !value(field, row).isEmpty {
      quality.add(.missing, of: field, at: place)
    }
    if code != CodeReader.unknown { return UInt8(code) }
    note(line, .changed, field, .unknown, value(field, row), place)
    return 0
  }

  /// Whether a case is marked as one for those cleared to see it.
  ///
  /// A mark that says neither counts as one: what is opened by mistake cannot be closed again.
  mutating func isRestricted<Row: ValueRow>(
    _ code: UInt32, _ row: Row, _ line: Int, _ place: Int
  ) -> Bool {
    guard code == CodeReader.unknown else { return code == CodeReader.restricted }
    note(line, .changed, .restricted, .unknown, value(.restricted, row), place)
    return true
  }

  mutating func readDay<Row: ValueRow>(
    _ field: CaseField, _ row: Row, _ line: Int, _ place: Int
  ) -> Int32? {
    let bytes = value(field, row)
    if bytes.isEmpty { return nil }
    if let day = days.day(bytes) { return day }
    if !saysNothing(field, bytes) { note(line, .changed, field, .notADate, bytes, place) }
    return nil
  }

  mutating func readBirth<Row: ValueRow>(
    _ row: Row, _ start: Int32?, _ line: Int, _ place: Int
  ) -> Int32? {
    guard let birth = readDay(.dateOfBirth, row, line, place) else { return nil }
    guard let start, let kind = Ages.fault(bornOn: birth, startedOn: start) else { return birth }
    note(line, .changed, .dateOfBirth, kind, value(.dateOfBirth, row), place)
    return nil
  }

  mutating func readEnd<Row: ValueRow>(
    _ row: Row, _ start: Int32?, _ line: Int, _ place: Int
  ) {
    guard let end = readDay(.endedOn, row, line, place), let start, end < start else { return }
    note(line, .changed, .endedOn, .endedBeforeTheStart, value(.endedOn, row), place)
  }

  mutating func readHours<Row: ValueRow>(
    _ row: Row, _ line: Int, _ place: Int
  ) -> Int16? {
    let bytes = value(.unpaidWorkHours, row)
    if bytes.isEmpty || saysNothing(.unpaidWorkHours, bytes) { return nil }
    if let hours = Int16(String(decoding: bytes, as: UTF8.self)), hours >= 0 { return hours }
    note(line, .changed, .unpaidWorkHours, .notANumber, bytes, place)
    return nil
  }
}
