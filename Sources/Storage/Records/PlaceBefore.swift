import Foundation

/// What is not there yet where something is put.
struct PlaceBefore {
  /// The innermost first.
  private var folders: [String] = []
  private var files: [String] = []

  init(_ address: DatabaseAddress) {
    guard case .folder(let path) = address else { return }
    let manager = FileManager.default
    var folder = URL(fileURLWithPath: path).standardizedFileURL
    while folder.path != "/", !manager.fileExists(atPath: folder.path) {
      folders.append(folder.path)
      folder.deleteLastPathComponent()
    }
    let file = DatabaseAddress.file(in: path)
    guard !manager.fileExists(atPath: file) else { return }
    files = ["", "-wal", "-shm", ".lock"].map { file + $0 }
      .filter { !manager.fileExists(atPath: $0) }
  }

  func removeFiles() {
    // Some are not there; what cannot be removed holds nothing.
    for file in files { try? FileManager.default.removeItem(atPath: file) }
  }

  /// Removes those that are empty.
  func removeFolders() {
    for folder in folders { _ = rmdir(folder) }
  }
}
