public import Foundation

/// Folders for what tests write. All of them are gone when the tests end.
public enum TestFolder {
  private static let all: URL = {
    // Nothing depends on it.
    atexit { try? FileManager.default.removeItem(at: TestFolder.address) }
    return address
  }()

  private static let address = FileManager.default.temporaryDirectory
    .appendingPathComponent("plumbline-tests-\(UUID().uuidString)")

  /// The address of one that is not there yet, in a folder that is.
  public static func place() throws -> URL {
    try FileManager.default.createDirectory(at: all, withIntermediateDirectories: true)
    return all.appendingPathComponent(UUID().uuidString)
  }

  /// An empty one.
  public static func make() throws -> URL {
    let folder = try place()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    return folder
  }
}
