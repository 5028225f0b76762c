/// What became of the rows of a part of a list. Lines are counted from the start of the part.
struct ReadRows: Sendable {
  /// How many lines the part has, where another part follows it.
  let endedAt: Int
  let counts: CaseList.Counts
  let findings: [Finding]
  let blankLines: BlankLines

  /// The line of the last row.
  let lastLine: Int
  var records: [[CaseRecord]]
  let digests: [[RowDigest]]
}

/// What one reader found in all the parts that it read. Records refer to it by number.
struct ReadNames: Sendable {
  let quality: Quality

  /// The first is nobody.
  let officers: [String]

  /// The first is nothing.
  let ethnicities: [String]
  let places: [CaseList.Place]
}
