/// How much may be written where a line is asked for that people call somebody or something by.
public struct TextLimit: Sendable {
  /// In characters.
  public let most: Int

  public init(_ most: Int) {
    self.most = most
  }

  /// Why a text cannot be taken.
  public enum Fault: Hashable, Sendable {
    /// It has nothing but white space.
    case empty

    /// It has more characters than this.
    case tooLong(most: Int)
  }

  /// Nothing when it can be taken.
  public func fault(in text: String) -> Fault? {
    if text.allSatisfy(\.isWhitespace) { return .empty }
    // A character can have any number of bytes, so those are counted, too.
    return text.utf8.count <= most * 4 && text.count <= most ? nil : .tooLong(most: most)
  }
}

extension TextLimit.Fault {
  /// The rest of a sentence that starts with what was to be written.
  public var what: String {
    switch self {
    case .empty: "is empty"
    case .tooLong(let most): "has more than \(most) characters"
    }
  }

  /// What to do, without a full stop.
  public var remedy: String {
    switch self {
    case .empty: "write one"
    case .tooLong: "write a shorter one"
    }
  }
}
