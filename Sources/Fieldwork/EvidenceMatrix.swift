public import Standards

/// Which evidence each key question of the standards that are judged on evidence rests on, by kind:
/// what rests on one source only is seen before it is judged.
///
/// - Source: product part 43; that two kinds of evidence support each other is ours.
public struct EvidenceMatrix: Hashable, Sendable {
  /// What a question, or a standard, rests on.
  public enum Support: Hashable, Sendable {
    case nothing

    /// One piece of evidence.
    case oneSource(EvidenceKind)

    /// Several pieces, all of one kind.
    case oneKind(EvidenceKind, pieces: Int)

    /// Two kinds at least, in the order of ``EvidenceKind``.
    case kinds([EvidenceKind])

    /// Whether evidence of one kind is borne out by that of another.
    public var isTriangulated: Bool {
      if case .kinds = self { true } else { false }
    }
  }

  public struct Row: Hashable, Sendable {
    public let question: RuleBook.KeyQuestion

    /// The numbers of the pieces of evidence, in order.
    public let pieces: [EvidenceKind: [Int]]
    public let support: Support
  }

  public struct Standard: Hashable, Sendable {
    public let standard: RuleBook.Standard
    public let rows: [Row]

    /// The numbers of the pieces that are about any of its questions, in order.
    public let pieces: [EvidenceKind: [Int]]

    /// Of all its questions together. A piece that is about several counts once.
    public let support: Support
  }

  /// The standards that are judged on evidence, in the order of the book.
  public let standards: [Standard]

  /// The numbers of the pieces that are about none of their questions, in order.
  public let elsewhere: [Int]

  /// - Parameter evidence: The last version counts.
  public init(_ evidence: [Int: [InspectionState.Noted<EvidenceFacts>]], of book: RuleBook) {
    let facts = evidence.compactMapValues { $0.last?.value }
    func pieces(on questions: [String]) -> [EvidenceKind: [Int]] {
      let found = facts.filter { !$0.value.questions.allSatisfy { !questions.contains($0) } }
      return Dictionary(grouping: found.keys.sorted()) { facts[$0]?.kind ?? .document }
    }
    standards = book.standards.filter { $0.ratedBy == .evidence }.map { standard in
      let all = pieces(on: standard.questions.map(\.code.text))
      return Standard(
        standard: standard,
        rows: standard.questions.map { question in
          let pieces = pieces(on: [question.code.text])
          return Row(question: question, pieces: pieces, support: Support(pieces))
        },
        pieces: all, support: Support(all))
    }
    let known = Set(standards.flatMap(\.rows).flatMap { $0.pieces.values.joined() })
    elsewhere = facts.keys.filter { !known.contains($0) }.sorted()
  }

  /// What a standard or a question that is judged on evidence rests on; nothing for another code.
  public func support(of code: Code) -> Support? {
    for one in standards {
      if one.standard.code == code { return one.support }
      if let row = one.rows.first(where: { $0.question.code == code }) { return row.support }
    }
    return nil
  }
}

extension EvidenceMatrix.Support {
  init(_ pieces: [EvidenceKind: [Int]]) {
    let kinds = EvidenceKind.allCases.filter { pieces[$0]?.isEmpty == false }
    guard let first = kinds.first else {
      self = .nothing
      return
    }
    let count = pieces[first]?.count ?? 0
    self =
      kinds.count > 1
      ? .kinds(kinds)
      : count > 1
        ? .oneKind(first, pieces: count)
        : .oneSource(first)
  }

  /// The rest of a sentence that starts with the question, without its full stop.
  public var words: String {
    switch self {
    case .nothing: "rests on nothing yet"
    case .oneSource(let kind): "rests on \(kind.counted(1))"
    case .oneKind(let kind, let pieces): "rests on \(kind.counted(pieces)) and nothing else"
    case .kinds(let kinds): "rests on \(kinds.count) kinds of evidence"
    }
  }
}

extension EvidenceKind {
  /// `one interview`, `3 focus groups`.
  public func counted(_ number: Int) -> String {
    let (one, several) =
      switch self {
      case .document: ("one document", "documents")
      case .interview: ("one interview", "interviews")
      case .focusGroup: ("one focus group", "focus groups")
      case .visit: ("one visit", "visits")
      case .survey: ("one survey", "surveys")
      case .data: ("one set of data", "sets of data")
      }
    return number == 1 ? one : "\(number) \(several)"
  }
}
