import CPostgreSQL
import Foundation

/// Why the server refused a statement: its SQLSTATE. Its message may quote values and is left out.
struct PostgreSQLFault: Error {
  let state: String?
}

/// A connection to a PostgreSQL server.
///
/// Unchecked, because its handle is a C pointer: whoever has a connection has it alone.
/// ``PostgreSQLDatabase`` takes it out of its idle ones for as long as a transaction runs.
final class PostgreSQLConnection: @unchecked Sendable {
  private let address: String
  private var handle: OpaquePointer?

  init(address: String) {
    self.address = address
  }

  deinit {
    close()
  }

  /// Whether nothing can be asked of it until it is opened again.
  var isBroken: Bool { handle.map { PQstatus($0) != CONNECTION_OK } ?? true }

  /// Connects, unless it is connected.
  ///
  /// - Throws: ``ConnectionLost`` when the server does not answer.
  func open() throws {
    if !isBroken { return }
    close()
    let options = [
      "dbname": address, "connect_timeout": "5", "application_name": "plumbline",
      "client_encoding": "UTF8",
      // Whatever the server's or the user's settings say.
      "options": "-c client_min_messages=error -c bytea_output=hex -c synchronous_commit=on",
      // A server that vanished is noticed.
      "tcp_user_timeout": "20000", "keepalives_idle": "10", "keepalives_interval": "5",
      "keepalives_count": "3",
    ]
    let names = options.keys.sorted()
    handle = Self.withCStrings(names) { names in
      Self.withCStrings(options.keys.sorted().map { options[$0] }) { values in
        PQconnectdbParams(names, values, 1)
      }
    }
    guard !isBroken else {
      close()
      throw ConnectionLost()
    }
  }

  func close() {
    if let handle { PQfinish(handle) }
    handle = nil
  }

  /// Runs a statement and gives its rows.
  ///
  /// - Throws: ``PostgreSQLFault`` when the server refuses it, ``ConnectionLost``.
  func run(_ sql: String, _ values: [SQLValue] = []) throws -> [[SQLValue]] {
    var rows: [[SQLValue]] = []
    let result = try send(sql, values)
    defer { PQclear(result) }
    for row in 0..<PQntuples(result) { rows.append(Self.row(row, of: result)) }
    return rows
  }

  /// How many rows are asked for at once.
  private static let rowsAtOnce = 2_000

  /// Runs a SELECT and calls `body` with each row as it comes. Needs a transaction.
  func forEachRow(
    _ sql: String, _ values: [SQLValue], _ body: ([SQLValue]) throws -> Void
  ) throws {
    PQclear(try send("DECLARE every NO SCROLL CURSOR FOR " + sql, values))
    while true {
      let rows = try run("FETCH \(Self.rowsAtOnce) FROM every")
      for row in rows { try body(row) }
      if rows.count < Self.rowsAtOnce { break }
    }
    _ = try run("CLOSE every")
  }

  /// Adds rows to a table.
  func copy(into table: String, _ columns: [String], _ rows: [[SQLValue]]) throws {
    if rows.isEmpty { return }
    let handle = try opened()
    let list = columns.joined(separator: ", ")
    let start = PQexec(handle, "COPY \(table) (\(list)) FROM STDIN")
    defer { PQclear(start) }
    try check(start, is: PGRES_COPY_IN)
    var text: [UInt8] = []
    for row in rows {
      for (place, value) in row.enumerated() {
        if place > 0 { text.append(UInt8(ascii: "\t")) }
        value.writeForCopy(to: &text)
      }
      text.append(UInt8(ascii: "\n"))
      if text.count > Self.bytesAtOnce {
        try put(text)
        text = []
      }
    }
    try put(text)
    guard PQputCopyEnd(handle, nil) == 1 else { throw ConnectionLost() }
    var fault: (any Error)?
    // A connection that was found to be ending is closed, and has no more results.
    while let handle = self.handle, let result = PQgetResult(handle) {
      defer { PQclear(result) }
      do { try check(result, is: PGRES_COMMAND_OK) } catch { fault = fault ?? error }
    }
    if let fault { throw fault }
  }

  /// About how many bytes are sent at once.
  private static let bytesAtOnce = 1 << 20

  private func put(_ text: [UInt8]) throws {
    let handle = try opened()
    let isSent = text.withUnsafeBytes {
      PQputCopyData(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
    }
    guard isSent == 1 else { throw ConnectionLost() }
  }

  // MARK: - Sending

  private func opened() throws -> OpaquePointer {
    guard let handle else { throw ConnectionLost() }
    return handle
  }

  private func send(_ sql: String, _ values: [SQLValue]) throws -> OpaquePointer? {
    let handle = try opened()
    let result = Self.withCStrings(values.map(\.parameter)) { parameters in
      PQexecParams(
        handle, Self.numbered(sql), Int32(values.count), nil, parameters, nil, nil, 0)
    }
    do {
      try check(result, is: PGRES_COMMAND_OK, or: PGRES_TUPLES_OK)
    } catch {
      PQclear(result)
      throw error
    }
    return result
  }

  private func check(_ result: OpaquePointer?, is wanted: ExecStatusType...) throws {
    try check(result, wanted)
  }

  private func check(
    _ result: OpaquePointer?, is one: ExecStatusType, or other: ExecStatusType
  ) throws {
    try check(result, [one, other])
  }

  private func check(_ result: OpaquePointer?, _ wanted: [ExecStatusType]) throws {
    let status = PQresultStatus(result)
    if wanted.contains(where: { $0 == status }) { return }
    if isBroken { throw ConnectionLost() }
    let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) }
    // The server is going down, or was told to end this connection.
    if let state, state.hasPrefix("57P") {
      close()
      throw ConnectionLost()
    }
    throw PostgreSQLFault(state: state)
  }

  /// The statement with `$1`, `$2` … for each `?`. No statement here has one elsewhere.
  private static func numbered(_ sql: String) -> String {
    let parts = sql.split(separator: "?", omittingEmptySubsequences: false)
    return parts.dropFirst().enumerated().reduce(into: String(parts[0])) { text, part in
      text += "$\(part.offset + 1)\(part.element)"
    }
  }

  /// - Parameter texts: Nothing stands for NULL.
  private static func withCStrings<Result>(
    _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
  ) -> Result {
    let copies = texts.map { text in text.map { $0.withCString { strdup($0) } } ?? nil }
    defer { for copy in copies { free(copy) } }
    let pointers = copies.map { $0.map { UnsafePointer($0) } } + [nil]
    return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  // MARK: - Values

  /// The types of PostgreSQL that are used here, by their numbers in its catalog.
  private enum TypeNumber {
    static let integers: Set<UInt32> = [20, 21, 23]
    static let bytes: UInt32 = 17
  }

  private static func row(_ row: Int32, of result: OpaquePointer?) -> [SQLValue] {
    (0..<PQnfields(result)).map { column in
      if PQgetisnull(result, row, column) == 1 { return .null }
      guard let start = PQgetvalue(result, row, column) else { return .null }
      let text = UnsafeRawBufferPointer(
        start: start, count: Int(PQgetlength(result, row, column)))
      let type = PQftype(result, column)
      if type == TypeNumber.bytes { return .blob(bytes(hexadecimal: text)) }
      let string = String(decoding: text, as: UTF8.self)
      if TypeNumber.integers.contains(type), let number = Int(string) { return .integer(number) }
      return .text(string)
    }
  }

  /// Bytes as the server writes them: `\x` and two digits for each.
  private static func bytes(hexadecimal text: UnsafeRawBufferPointer) -> [UInt8] {
    func digit(_ byte: UInt8) -> UInt8 {
      byte < UInt8(ascii: "a") ? byte - UInt8(ascii: "0") : byte - UInt8(ascii: "a") + 10
    }
    return stride(from: 2, to: text.count, by: 2).map {
      digit(text[$0]) << 4 | digit(text[$0 + 1])
    }
  }
}

extension SQLValue {
  /// As a parameter in text form.
  fileprivate var parameter: String? {
    switch self {
    case .null: nil
    case .integer(let number): String(number)
    case .text(let text): text
    case .blob(let bytes): String(decoding: [92, 120] + Self.digits(bytes), as: UTF8.self)
    }
  }

  private static func digits(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }

  /// In the text form of COPY.
  fileprivate func writeForCopy(to text: inout [UInt8]) {
    switch self {
    case .null: text += "\\N".utf8
    case .integer(let number): text += String(number).utf8
    case .text(let string):
      for byte in string.utf8 {
        switch byte {
        case UInt8(ascii: "\\"): text += "\\\\".utf8
        case 9: text += "\\t".utf8
        case 10: text += "\\n".utf8
        case 13: text += "\\r".utf8
        default: text.append(byte)
        }
      }
    case .blob(let bytes): text += "\\\\x".utf8 + Self.digits(bytes)
    }
  }
}
