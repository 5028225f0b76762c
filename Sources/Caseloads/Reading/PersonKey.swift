import Foundation
import Names

/// What a full name and a date of birth come down to: 120 bits that two people have in common only
/// by a very odd chance.
///
/// Capitals, and how much white space there is, do not matter.
struct PersonKey {
  /// Of nobody.
  static let none = NameKey(low: 0, high: 0)

  /// The most bytes of one of the two names that count.
  private static let mostBytes = 1_024

  private let buffer = Buffer(size: 2 * mostBytes + 32)

  /// Nobody when a part is missing.
  func key(
    _ family: UnsafeBufferPointer<UInt8>, _ first: UnsafeBufferPointer<UInt8>, _ birth: Int32?
  ) -> NameKey {
    guard let birth, !family.isEmpty, !first.isEmpty else { return Self.none }
    let start = buffer.start
    // Longer than any name that is not mixed.
    let word = UInt64(UInt32(bitPattern: birth))
    UnsafeMutableRawPointer(start).storeBytes(of: word, as: UInt64.self)
    UnsafeMutableRawPointer(start).storeBytes(of: word, toByteOffset: 8, as: UInt64.self)
    var end = put(family, at: start + 16)
    end.pointee = 0
    end = put(first, at: end + 1)
    return NameKey(hashing: UnsafeBufferPointer(start: start, count: end - start))
  }

  /// - Returns: The place behind what was put.
  private func put(
    _ name: UnsafeBufferPointer<UInt8>, at place: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    if name.count < Self.mostBytes, let end = putASCII(name, at: place) { return end }
    let text = String(decoding: name, as: UTF8.self).lowercased()
      .precomposedStringWithCanonicalMapping
    var end = place
    for byte in Profile.folded(text).utf8.prefix(Self.mostBytes) {
      end.pointee = byte
      end += 1
    }
    return end
  }

  /// Nothing when other bytes than those of ASCII are among them.
  private func putASCII(
    _ name: UnsafeBufferPointer<UInt8>, at place: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8>? {
    var end = place
    var isPending = false
    for byte in name {
      if byte <= 32 {
        isPending = true
        continue
      }
      if byte >= 0x80 { return nil }
      if isPending {
        end.pointee = 32
        end += 1
        isPending = false
      }
      end.pointee = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
      end += 1
    }
    return end
  }
}

/// What a PNC comes down to.
///
/// Spaces, capitals and zeros in front of the serial do not matter: 2000/0123456Q and 2000/123456q
/// are one.
///
/// - Source: the forms seen in method h. A form that is not known is mixed into 63 bits.
enum PNCKey {
  /// Zero for nothing.
  static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    if bytes.isEmpty { return 0 }
    if let usual = usual(bytes) { return usual }
    if bytes.contains(32) {
      return bytes.filter { $0 > 32 }.withUnsafeBufferPointer { key($0) }
    }
    var padded = [UInt8](repeating: 0, count: 16)
    for byte in bytes where byte > 32 {
      padded.append(byte &- UInt8(ascii: "a") < 26 ? byte & 0xDF : byte)
    }
    return padded.withUnsafeBufferPointer { NameKey(hashing: $0).low } | 1 << 63
  }

  /// Two or four digits, a slash, up to seven digits, a letter.
  private static func usual(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard (5...13).contains(bytes.count) else { return nil }
    var number: UInt64 = 0
    var slash = 0
    for place in 0..<bytes.count - 1 {
      let digit = bytes[place] &- UInt8(ascii: "0")
      if digit < 10 {
        number = number * 10 + UInt64(digit)
      } else if bytes[place] == UInt8(ascii: "/"), slash == 0, place == 2 || place == 4 {
        slash = place
        // Room for the serial, so that its zeros do not matter.
        number *= 10_000_000
        guard (1...7).contains(bytes.count - 2 - place) else { return nil }
        var serial: UInt64 = 0
        for next in place + 1..<bytes.count - 1 {
          let digit = bytes[next] &- UInt8(ascii: "0")
          guard digit < 10 else { return nil }
          serial = serial * 10 + UInt64(digit)
        }
        number += serial
        break
      } else {
        return nil
      }
    }
    let letter = (bytes[bytes.count - 1] & 0xDF) &- UInt8(ascii: "A")
    guard slash > 0, letter < 26 else { return nil }
    return (number * 26 + UInt64(letter)) * 2 + (slash == 2 ? 1 : 0) + 1 << 60
  }
}
