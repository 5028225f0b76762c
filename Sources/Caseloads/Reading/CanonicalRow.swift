import Crypto
import Spreadsheets

/// Works out the digests of rows that a frame's digest is made of.
///
/// The canonical form of a row has its values in the order of their headings, sorted by bytes,
/// joined with commas. A value stands as it came, with the spaces around it; one that holds a
/// comma, a quote or a line feed stands in quotes, and quotes in it are doubled. A row that has
/// fewer or more values than the heading keeps them in the order they came in; a row of a sheet has
/// no end, so that values it lacks are blank.
struct CanonicalRow {
  /// Columns in the order of their headings.
  private let order: [Int]

  /// Longer than any row with every byte doubled.
  private let buffer = Buffer(size: 4 * CSVFile.longestRow)

  private let mayBeShort: Bool

  init(columns: [String], mayBeShort: Bool) {
    self.mayBeShort = mayBeShort
    order = columns.indices.sorted {
      let (one, other) = (Array(columns[$0].utf8), Array(columns[$1].utf8))
      return one == other ? $0 < $1 : one.lexicographicallyPrecedes(other)
    }
  }

  func digest<Row: ValueRow>(of row: Row) -> RowDigest {
    let isWhole = row.count == order.count || mayBeShort && row.count < order.count
    let bytes = isWhole ? write(row, order) : write(row, Array(0..<row.count))
    var hash = SHA256()
    hash.update(bufferPointer: bytes)
    return hash.finalize().withUnsafeBytes { raw in
      func word(_ place: Int) -> UInt64 {
        UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self))
      }
      return RowDigest(words: (word(0), word(1), word(2), word(3)))
    }
  }

  private func write<Row: ValueRow>(_ row: Row, _ order: [Int]) -> UnsafeRawBufferPointer {
    let start = buffer.start
    var end = start
    var isFirst = true
    for column in order {
      if !isFirst {
        end.pointee = UInt8(ascii: ",")
        end += 1
      }
      isFirst = false
      guard column < row.count else { continue }
      let value = row[column]
      guard let base = value.baseAddress else { continue }
      if Row.mayNeedQuotes, Self.needsQuotes(value) {
        end = Self.quote(value, to: end)
      } else {
        end = Self.copy(base, value.count, to: end)
      }
    }
    return UnsafeRawBufferPointer(start: start, count: end - start)
  }

  /// Copies bytes, most of which are few.
  @inline(__always)
  private static func copy(
    _ base: UnsafePointer<UInt8>, _ count: Int, to place: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    let (source, target) = (UnsafeRawPointer(base), UnsafeMutableRawPointer(place))
    switch count {
    case 8...16:
      // Bytes that are in both words are the same in both.
      let start = source.loadUnaligned(as: UInt64.self)
      let end = source.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      target.storeBytes(of: start, as: UInt64.self)
      target.storeBytes(of: end, toByteOffset: count - 8, as: UInt64.self)
    case 4...7:
      let start = source.loadUnaligned(as: UInt32.self)
      let end = source.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      target.storeBytes(of: start, as: UInt32.self)
      target.storeBytes(of: end, toByteOffset: count - 4, as: UInt32.self)
    case 0...3: for byte in 0..<count { place[byte] = base[byte] }
    default: place.update(from: base, count: count)
    }
    return place + count
  }

  private static func needsQuotes(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
    value.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 }
  }

  private static func quote(
    _ value: UnsafeBufferPointer<UInt8>, to place: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var end = place
    func put(_ byte: UInt8) {
      end.pointee = byte
      end += 1
    }
    put(UInt8(ascii: "\""))
    for byte in value {
      if byte == UInt8(ascii: "\"") { put(byte) }
      put(byte)
    }
    put(UInt8(ascii: "\""))
    return end
  }
}

extension ValueRow {
  /// Whether a value may hold a comma, a quote or a line feed.
  static var mayNeedQuotes: Bool { Self.self != PlainRow.self }
}
