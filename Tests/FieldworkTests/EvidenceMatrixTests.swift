import Calendars
import RuleFiles
import Standards
import Testing

@testable import Fieldwork

@Suite struct EvidenceMatrixTests {
  private let book: RuleBook

  init() throws {
    book = try PublishedEditions.load().edition(named: "pdu-2023")
  }

  /// The matrix of evidence of some kinds on some questions, numbered from one.
  private func matrix(_ evidence: [[(EvidenceKind, Set<String>)]]) -> EvidenceMatrix {
    let digest = Digest(of: [1])
    var state: [Int: [InspectionState.Noted<EvidenceFacts>]] = [:]
    for (place, versions) in evidence.enumerated() {
      state[place + 1] = versions.map { kind, questions in
        InspectionState.Noted(
          value: EvidenceFacts(
            kind: kind, file: StoredFile(digest: digest, size: 1), content: digest,
            questions: questions), sequence: place + 2)
      }
    }
    return EvidenceMatrix(state, of: book)
  }

  private func support(_ code: String, in matrix: EvidenceMatrix) throws
    -> EvidenceMatrix.Support?
  {
    matrix.support(of: try #require(Code(code)))
  }

  @Test func `a question says plainly what it rests on`() throws {
    let matrix = matrix([
      [(.interview, ["1.1.1"])],
      [(.interview, ["1.1.2", "1.1.3"])], [(.interview, ["1.1.2"])],
      [(.data, ["1.1.3", "1.2.1"])],
    ])
    #expect(try support("1.1.1", in: matrix) == .oneSource(.interview))
    #expect(try support("1.1.2", in: matrix) == .oneKind(.interview, pieces: 2))
    #expect(try support("1.1.3", in: matrix) == .kinds([.interview, .data]))
    #expect(try support("1.2.1", in: matrix) == .oneSource(.data))
    #expect(try support("1.2.2", in: matrix) == .nothing)
    // The standard rests on what its questions rest on, each piece once.
    #expect(try support("1.1", in: matrix) == .kinds([.interview, .data]))
    #expect(try support("1.2", in: matrix) == .oneSource(.data))
    // Not judged on evidence, or in no edition.
    #expect(try support("2.1.1", in: matrix) == nil)
    #expect(try support("9.9", in: matrix) == nil)

    let row = try #require(matrix.standards.first?.rows[1])
    #expect(row.pieces == [.interview: [2, 3]])
    #expect(!row.support.isTriangulated)
    #expect(matrix.standards.map(\.standard.code.text) == ["1.1", "1.2", "1.3"])
  }

  @Test func `what is said of it`() {
    let supports: [(EvidenceMatrix.Support, String)] = [
      (.nothing, "rests on nothing yet"), (.oneSource(.interview), "rests on one interview"),
      (.oneSource(.data), "rests on one set of data"),
      (.oneKind(.focusGroup, pieces: 3), "rests on 3 focus groups and nothing else"),
      (.kinds([.document, .visit]), "rests on 2 kinds of evidence"),
    ]
    for (support, words) in supports { #expect(support.words == words) }
  }

  @Test func `the last version of a piece counts, and what is about cases only stands apart`()
    throws
  {
    let matrix = matrix([
      [(.document, ["1.1.1"]), (.survey, ["1.1.2"])], [(.visit, ["2.1.1", "7.7.7"])],
    ])
    #expect(try support("1.1.1", in: matrix) == .nothing)
    #expect(try support("1.1.2", in: matrix) == .oneSource(.survey))
    #expect(matrix.elsewhere == [2])
  }

  @Test(arguments: [
    ("46", 460), ("46.5", 465), ("0", 0), ("0.0", 0), ("007.5", 75), ("999999999.9", 9_999_999_999),
  ])
  func `a number with one decimal at most is read`(_ text: String, _ tenths: Int) {
    #expect(WorkforceFact.tenths(text) == tenths)
  }

  @Test(arguments: [
    "", ".", "46.", ".5", "46.55", "-1", "+1", "1,5", "1 000", "1e3", "46.5.1", "½", "٤٦",
    "1234567890", "99999999999999999999",
  ])
  func `anything else is no such number`(_ text: String) {
    #expect(WorkforceFact.tenths(text) == nil)
  }

  @Test func `a number is written as it is read`() {
    for tenths in [0, 5, 10, 465, 99_999] {
      #expect(WorkforceFact.tenths(WorkforceFact.number(tenths: tenths)) == tenths)
    }
  }
}
