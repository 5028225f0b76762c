/// Where the commas, line feeds and quotes of 64 bytes are: one bit a byte.
struct Delimiters {
  static let blockSize = 64

  static let comma = UInt8(ascii: ",")
  static let newline = UInt8(ascii: "\n")
  static let quote = UInt8(ascii: "\"")

  /// Bit n is set when byte n is a comma, a line feed or a quote.
  let marks: UInt64

  /// Whether every byte is below 128.
  let isASCII: Bool

  /// Looks at 64 bytes from `start`.
  @inline(__always)
  init(_ start: UnsafePointer<UInt8>) {
    let raw = UnsafeRawPointer(start)
    let commas = SIMD16(repeating: Self.comma)
    let newlines = SIMD16(repeating: Self.newline)
    let quotes = SIMD16(repeating: Self.quote)
    var marks: UInt64 = 0
    var all = SIMD16<UInt8>()
    for at in stride(from: 0, to: Self.blockSize, by: 16) {
      let bytes = raw.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
      all |= bytes
      let found = (bytes .== commas) .| (bytes .== newlines) .| (bytes .== quotes)
      marks |= Self.bits(of: found) << UInt64(at)
    }
    self.marks = marks
    let halves = unsafeBitCast(all, to: SIMD2<UInt64>.self)
    isASCII = (halves.x | halves.y) & 0x8080_8080_8080_8080 == 0
  }

  /// Looks at fewer than 64 bytes.
  init(_ start: UnsafePointer<UInt8>, count: Int) {
    self = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.blockSize) { block in
      block.initialize(repeating: 0)
      guard let base = block.baseAddress else { return Self(start) }
      base.update(from: start, count: count)
      return Self(base)
    }
  }

  /// One bit for each byte of a comparison.
  @inline(__always)
  private static func bits(of mask: SIMDMask<SIMD16<Int8>>) -> UInt64 {
    let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    return gathered(halves.x) | gathered(halves.y) << 8
  }

  /// The lowest bits of eight bytes in one byte.
  @inline(__always)
  private static func gathered(_ bytes: UInt64) -> UInt64 {
    ((bytes & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) >> 56
  }
}
