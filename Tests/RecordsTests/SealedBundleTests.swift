import Foundation
import Testing

@testable import Records

@Suite struct SealedBundleTests {
  /// The key of an installation whose master key is 32 times the same byte.
  private static func installation(_ byte: UInt8) throws -> InstallationKey {
    let text = Data(repeating: byte, count: 32).base64EncodedString()
    return InstallationKey(of: try #require(MasterKey(text: text)))
  }

  private static let content = Array("what is carried".utf8)

  /// Worked out by another program, pyca/cryptography.
  @Test func `a key follows from the master key for ever`() throws {
    #expect(
      try Self.installation(1).known.description
        == """
        plumbk-x1-0qRgzQg28g7_E67eLVyorhjVDYb_T3ty8JaZJwWjQYSd8nUD52\
        u2YHbV220GZrg5ersOWPl06pT8dv4ybJBMWrzA
        """)
    #expect(try Self.installation(1).known != Self.installation(2).known)
  }

  @Test func `the text of a key is read back, and no other is`() throws {
    let known = try Self.installation(1).known
    let text = known.description
    #expect(text.count == 98)
    #expect(InstallationKey.Public(text) == known)
    #expect(InstallationKey.Public(text[...]) == known)
    for place in text.indices {
      for other in ["a", "Z", "-", "_", "é", ""] where String(text[place]) != other {
        let wrong = text[..<place] + other + text[text.index(after: place)...]
        #expect(InstallationKey.Public(wrong) == nil, "\(wrong)")
      }
    }
    for wrong in ["", "plumbk-", text + "=", text + " ", " " + text, text.uppercased()] {
      #expect(InstallationKey.Public(wrong) == nil, "\(wrong)")
    }
  }

  @Test func `only the one that it is for opens it, and only as from the one that signed it`()
    throws
  {
    let (one, two, three) = try (
      Self.installation(1), Self.installation(2), Self.installation(3)
    )
    let file = try #require(SealedBundle.seal(Self.content, from: one, to: two.known))

    #expect(try SealedBundle.open(file, from: one.known, by: two) == Self.content)
    #expect(throws: SealedBundle.Fault.isForAnother(two.known)) {
      try SealedBundle.open(file, from: one.known, by: three)
    }
    #expect(throws: SealedBundle.Fault.isForAnother(two.known)) {
      try SealedBundle.open(file, from: one.known, by: one)
    }
    #expect(throws: SealedBundle.Fault.isFromAnother(one.known)) {
      try SealedBundle.open(file, from: three.known, by: two)
    }
    #expect(!String(decoding: file, as: UTF8.self).contains("carried"))
    let again = try #require(SealedBundle.seal(Self.content, from: one, to: two.known))
    #expect(file != again)
  }

  @Test func `one with any byte changed, cut off or added is refused`() throws {
    let (one, two) = try (Self.installation(1), Self.installation(2))
    let file = try #require(SealedBundle.seal(Self.content, from: one, to: two.known))
    func isRefused(_ bytes: [UInt8]) -> Bool {
      (try? SealedBundle.open(bytes, from: one.known, by: two)) == nil
    }
    for place in file.indices {
      var changed = file
      changed[place] ^= UInt8(1) << UInt8(place % 8)
      #expect(isRefused(changed), "byte \(place)")
    }
    for count in stride(from: 0, to: file.count, by: 7) {
      #expect(isRefused(Array(file[..<count])), "\(count) bytes")
    }
    #expect(isRefused(file + [0]))
    #expect(isRefused([0] + file))
  }

  @Test func `nobody can take the signature off and sign it as their own`() throws {
    let (one, two, thief) = try (
      Self.installation(1), Self.installation(2), Self.installation(3)
    )
    let file = try #require(SealedBundle.seal(Self.content, from: one, to: two.known))
    let heading = "plumbline-bundle/1\nfrom \(one.known)\nto \(two.known)\n"
    let box = file[heading.utf8.count..<(file.count - 64)]
    let own = "plumbline-bundle/1\nfrom \(thief.known)\nto \(two.known)\n"
    let signed = Data(own.utf8) + box

    #expect(throws: SealedBundle.Fault.isDamaged) {
      try SealedBundle.open(
        Array(signed + thief.sign(signed)), from: thief.known, by: two)
    }
    // Without any signature.
    #expect(throws: SealedBundle.Fault.isDamaged) {
      try SealedBundle.open(Array(file.dropLast(64)), from: one.known, by: two)
    }
    for other in [[], Array("plumbline-bundle/1\n".utf8), Array("{}".utf8)] as [[UInt8]] {
      #expect(throws: SealedBundle.Fault.isNone) {
        try SealedBundle.open(other, from: one.known, by: two)
      }
    }
  }

  @Test func `the key of an inspection is handed to one installation alone`() throws {
    let (two, three) = try (Self.installation(2), Self.installation(3))
    let (inspection, other) = (InspectionID(known: "one"), InspectionID(known: "other"))
    let key = InspectionKey()
    let wrapped = try #require(InstallationKey.wrap(key, of: inspection, for: two.known))

    #expect(two.unwrap(wrapped, of: inspection)?.isSame(as: key) == true)
    #expect(!InspectionKey().isSame(as: key))
    #expect(two.unwrap(wrapped, of: other) == nil)
    #expect(three.unwrap(wrapped, of: inspection) == nil)
    #expect(two.unwrap([], of: inspection) == nil)
  }

  @Test func `nothing is sealed for a key that is none`() throws {
    // All zeros: a point of small order, which everybody knows the secret of.
    let zeros = Data(repeating: 0, count: 32)
    let text = InstallationKey.Public(receiving: zeros, signing: zeros).description
    let known = try #require(InstallationKey.Public(text))
    #expect(SealedBundle.seal(Self.content, from: try Self.installation(1), to: known) == nil)
    #expect(
      InstallationKey.wrap(InspectionKey(), of: InspectionID(known: "one"), for: known) == nil)
  }
}
