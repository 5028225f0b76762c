import Cores
import Judgements
public import Problems
public import Ratings
public import Spreadsheets
public import Standards

/// The files of one inspection, each optional, but not all of them missing.
public struct RatingFiles: Sendable {
  /// What a file is for.
  public enum Role: String, CaseIterable, Sendable {
    case answers
    case counts
    case evidence
    case given
    case panel
  }

  public var files: [Role: CSVFile]

  /// A column of the answers to rate each value of by itself.
  public var groupedBy: String?

  public init(files: [Role: CSVFile] = [:], groupedBy: String? = nil) {
    self.files = files
    self.groupedBy = groupedBy
  }
}

/// The ratings of an inspection, and of each group of its cases where that was asked for.
public struct RatedInspection: Sendable {
  public struct Group: Sendable {
    public let name: String
    public let rating: InspectionRating
  }

  public let rating: InspectionRating
  public let groupedBy: String?
  public let groups: [Group]

  /// How the files were read, where a reader should know.
  public let notices: [String]
}

/// Reads the files of an inspection and rates it.
public enum RateInspection {
  /// Rates an inspection.
  ///
  /// A group is rated on its own cases; ratings on evidence and decisions of the panel belong to
  /// the whole and are not carried over to it. What was not inspected was not inspected there
  /// either.
  ///
  /// - Throws: ``Problems`` in any of the files, all of them together; then nothing is rated.
  public static func rate(
    _ files: RatingFiles, under book: RuleBook
  ) throws(Problems) -> RatedInspection {
    var problems: [Problem] = []
    func read<Value>(
      _ role: RatingFiles.Role, _ empty: Value, _ read: (CSVFile) throws(Problems) -> Value
    ) -> Value {
      guard let file = files.files[role] else { return empty }
      do {
        return try read(file)
      } catch {
        problems += error.list
        return empty
      }
    }
    let answers = read(.answers, Answers.none) { file throws(Problems) in
      // Counts are welcome wherever answers are: the heading tells them apart.
      CountFile.columns.allSatisfy(file.columns.contains)
        ? try CountFile.read(file, for: book)
        : try AnswerFile.read(file, for: book, groupedBy: files.groupedBy)
    }
    let counts = read(.counts, Answers.none) { file throws(Problems) in
      try CountFile.read(file, for: book)
    }
    let evidence = read(.evidence, []) { file throws(Problems) in
      try StandardFiles.evidence(file, for: book)
    }
    let given = read(.given, []) { file throws(Problems) in
      try StandardFiles.given(file, for: book)
    }
    let panel = read(.panel, []) { file throws(Problems) in
      try StandardFiles.panel(file, for: book)
    }
    if let file = files.files[.counts] {
      for code in counts.all.questions.keys.sorted() where answers.all[code].isAnswered {
        problems.append(
          Problem(
            file.name, "\(code) is counted here and answered case by case too",
            remedy: "give one of the two"))
      }
    }
    try Problems.throwAny(problems)

    var tally = answers.all
    tally.pool(counts.all)
    let engine = RatingEngine(book)
    let rating = try engine.rate(
      RatingInputs(answers: tally, evidence: evidence, given: given, panel: panel))
    let left = (evidence + given).filter { $0.rating == .notInspected }
    let groups = try answers.groups.concurrentMap { group in
      Result { () throws(Problems) in
        let rating = try engine.rate(RatingInputs(answers: group.tally, evidence: left))
        return RatedInspection.Group(name: group.name, rating: rating)
      }
    }.map { group throws(Problems) in try group.get() }
    return RatedInspection(
      rating: rating, groupedBy: files.groupedBy, groups: groups,
      notices: answers.notices + counts.notices)
  }
}
