/// The texts that the cells of a workbook name by number, one behind the other.
struct SharedStrings: XMLPartReader {
  private enum Place {
    case outside, list, string, text, run, runText
  }

  private(set) var bytes: [UInt8] = []

  /// Where each string ends in ``bytes``.
  private var ends: [Int] = []

  private var place = Place.outside
  private var skippedDepth: Int?
  private var text = CellText()

  /// Where the bytes of a string are, or nothing when there is no such string.
  func range(_ index: Int) -> Range<Int>? {
    guard ends.indices.contains(index) else { return nil }
    return (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  mutating func open(
    _ element: String, _ attributes: [String: String], depth: Int
  ) throws(XLSXFault) {
    guard skippedDepth == nil else { return }
    switch (place, element) {
    case (.outside, "sst"): place = .list
    case (.list, "si"): place = .string
    case (.string, "t"):
      place = .text
      text.begin(attributes)
    case (.string, "r"): place = .run
    case (.run, "t"):
      place = .runText
      text.begin(attributes)
    // Phonetic runs (rPh), which say how the text is spoken, and whatever else there may be.
    default: skippedDepth = depth
    }
  }

  mutating func text(_ piece: String) throws(XLSXFault) {
    guard skippedDepth == nil, place == .text || place == .runText else { return }
    try text.append(piece, row: nil)
  }

  mutating func close(depth: Int) throws(XLSXFault) {
    if let skipped = skippedDepth {
      if skipped == depth { skippedDepth = nil }
      return
    }
    switch place {
    case .text, .runText:
      text.decode(into: &bytes)
      let length = bytes.count - (ends.last ?? 0)
      guard length <= XLSXLimits.longestValue else { throw .valueTooLong(row: nil) }
      guard bytes.count <= XLSXLimits.mostSharedText else { throw .tooManySharedStrings }
      place = place == .text ? .string : .run
    case .run: place = .string
    case .string:
      guard ends.count < XLSXLimits.mostSharedStrings else { throw .tooManySharedStrings }
      ends.append(bytes.count)
      place = .list
    case .list, .outside: place = .outside
    }
  }
}
