import Dispatch
import Fieldwork
import Records
import Synchronization

/// Works out a state from lines as they come. What many of them say is read on all cores, while more
/// of them come; what it comes to is worked out in their order.
///
/// What is wrong with one of them is told by ``VerifyRecords``.
final class StateWork: Sendable {
  private struct Progress {
    var state: InspectionState?
    var lines: [[UInt8]] = []
    var blocks: [Block] = []
  }

  private let progress: Mutex<Progress>

  /// Fewer are read where they are: handing them on would take longer.
  private static let linesOfABlock = 500

  /// The most blocks that are read and not yet taken in.
  private static let mostBlocks = 64

  init(after state: InspectionState) {
    progress = Mutex(Progress(state: state))
  }

  func add(_ line: [UInt8]) {
    progress.withLock { progress in
      progress.lines.append(line)
      guard progress.lines.count == Self.linesOfABlock else { return }
      let block = Block(progress.lines)
      progress.lines.removeAll()
      progress.blocks.append(block)
      block.begin()
      guard progress.blocks.count > Self.mostBlocks else { return }
      Self.take(progress.blocks.removeFirst().happenings(), into: &progress.state)
    }
  }

  /// - Returns: Nothing when a line cannot be read or cannot happen.
  func finish() -> InspectionState? {
    progress.withLock { progress in
      for block in progress.blocks { Self.take(block.happenings(), into: &progress.state) }
      Self.take(Block.happenings(progress.lines), into: &progress.state)
      return progress.state
    }
  }

  private static func take(_ happenings: [HappenedEvent?], into state: inout InspectionState?) {
    for happened in happenings {
      guard state != nil else { return }
      guard let happened, (try? state?.apply(happened)) != nil else {
        state = nil
        return
      }
    }
  }
}

/// Lines that somebody reads once.
private final class Block: Sendable {
  private let lines: [[UInt8]]
  private let isBegun = Mutex(false)
  private let result = Mutex<[HappenedEvent?]>([])
  private let isDone = DispatchSemaphore(value: 0)

  init(_ lines: [[UInt8]]) {
    self.lines = lines
  }

  /// Has them read on another core.
  func begin() {
    DispatchQueue.global(qos: .userInitiated).async {
      guard self.mayBegin() else { return }
      let happenings = Self.happenings(self.lines)
      self.result.withLock { $0 = happenings }
      self.isDone.signal()
    }
  }

  /// What they say. Whoever needs it reads them when nobody has begun: all threads may be at
  /// something that waits for this.
  func happenings() -> [HappenedEvent?] {
    if mayBegin() { return Self.happenings(lines) }
    isDone.wait()
    return result.withLock { $0 }
  }

  private func mayBegin() -> Bool {
    isBegun.withLock { isBegun in
      defer { isBegun = true }
      return !isBegun
    }
  }

  static func happenings(_ lines: [[UInt8]]) -> [HappenedEvent?] {
    lines.map { line in
      // Why not is told by who verifies.
      (try? EntryGist(line: line)).flatMap { try? HappenedEvent($0) }
    }
  }
}
