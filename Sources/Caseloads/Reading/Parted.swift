import Dispatch

/// Says into which of 256 parts a row goes, and as what.
protocol PartingRule: Sendable {
  associatedtype Row: Sendable
  associatedtype Element: Sendable

  /// Nothing for a row that goes into none.
  ///
  /// - Parameter place: The place of the row among all rows.
  func element(of row: Row, at place: Int) -> Element?

  /// From 0 to 255.
  func part(of element: Element) -> Int
}

/// What many rows come to, put into parts on all cores, so that each part can be worked on in near
/// memory and on any core.
struct Parted<Element: Sendable>: ~Copyable {
  static var parts: Int { 256 }

  private let elements: UnsafeMutablePointer<Element>
  private let bounds: [Int]

  /// - Parameter pages: Rows, in pages of any size.
  init<Rule: PartingRule>(_ pages: [[Rule.Row]], by rule: Rule) where Rule.Element == Element {
    let pieces = Self.pieces(of: pages)
    var ends = [Int](repeating: 0, count: pieces.count * Self.parts)
    let bounds = ends.withUnsafeMutableBufferPointer { ends in
      // Each piece counts for itself.
      nonisolated(unsafe) let ends = ends
      DispatchQueue.concurrentPerform(iterations: pieces.count) { piece in
        let own = piece * Self.parts
        Self.forEach(pages, pieces[piece], rule) { part, _ in ends[own + part] += 1 }
      }
      return Self.startEach(ends)
    }
    let elements = UnsafeMutablePointer<Element>.allocate(
      capacity: max(1, bounds[Self.parts]))
    ends.withUnsafeMutableBufferPointer { ends in
      // Each piece has places of its own in every part.
      nonisolated(unsafe) let (ends, elements) = (ends, elements)
      DispatchQueue.concurrentPerform(iterations: pieces.count) { piece in
        let own = piece * Self.parts
        Self.forEach(pages, pieces[piece], rule) { part, element in
          (elements + ends[own + part]).initialize(to: element)
          ends[own + part] += 1
        }
      }
    }
    self.elements = elements
    self.bounds = bounds
  }

  deinit {
    elements.deinitialize(count: bounds[Self.parts])
    elements.deallocate()
  }

  /// Calls `body` with each part, on any core.
  func forEachPart(_ body: @Sendable (Int, UnsafeMutableBufferPointer<Element>) -> Void) {
    // Each part is touched by one thread alone.
    nonisolated(unsafe) let elements = elements
    let bounds = bounds
    DispatchQueue.concurrentPerform(iterations: Self.parts) { part in
      body(
        part,
        UnsafeMutableBufferPointer(
          start: elements + bounds[part], count: bounds[part + 1] - bounds[part]))
    }
  }

  /// Every element, one part behind the other.
  func withAll<Result>(_ body: (UnsafeBufferPointer<Element>) -> Result) -> Result {
    body(UnsafeBufferPointer(start: elements, count: bounds[Self.parts]))
  }

  // MARK: - Pieces

  /// More than there are cores, so that one which is kept from its work leaves little behind.
  private static var mostPieces: Int { 16 }

  /// Pages that are worked on together, and the place of their first row.
  private struct Piece {
    var pages: Range<Int>
    let firstRow: Int
  }

  /// Pieces of about the same number of rows.
  private static func pieces(of pages: [[some Any]]) -> [Piece] {
    let most = pages.reduce(0) { $0 + $1.count } / mostPieces + 1
    var pieces: [Piece] = []
    var row = 0
    for page in pages.indices {
      if pieces.isEmpty || row - pieces[pieces.count - 1].firstRow >= most {
        pieces.append(Piece(pages: page..<page, firstRow: row))
      }
      pieces[pieces.count - 1].pages = pieces[pieces.count - 1].pages.lowerBound..<page + 1
      row += pages[page].count
    }
    return pieces
  }

  /// Turns how many elements of a part each piece has into the place where it puts the first.
  ///
  /// - Returns: Where each part starts, and where the last ends.
  private static func startEach(_ counts: UnsafeMutableBufferPointer<Int>) -> [Int] {
    var bounds: [Int] = []
    var start = 0
    for part in 0..<parts {
      bounds.append(start)
      for place in stride(from: part, to: counts.count, by: parts) {
        (counts[place], start) = (start, start + counts[place])
      }
    }
    return bounds + [start]
  }

  @inline(__always)
  private static func forEach<Rule: PartingRule>(
    _ pages: [[Rule.Row]], _ piece: Piece, _ rule: Rule, _ body: (Int, Element) -> Void
  ) where Rule.Element == Element {
    var place = piece.firstRow
    for page in piece.pages {
      pages[page].withUnsafeBufferPointer { rows in
        for row in 0..<rows.count {
          if let element = rule.element(of: rows[row], at: place + row) {
            body(rule.part(of: element), element)
          }
        }
        place += rows.count
      }
    }
  }
}
