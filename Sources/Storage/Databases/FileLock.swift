import Foundation
import Problems

/// A lock that one process holds and that ends with it, however it ends.
final class FileLock: Sendable {
  private let descriptor: Int32

  /// - Parameter file: What is locked, as its owner names it.
  /// - Throws: ``Problems`` when another process holds the lock, or the folder cannot be written.
  init(path: String, of file: String) throws(Problems) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Problems(
        Problem(file, "the folder cannot be written", remedy: "make it writable, or name another"))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Problems(
        Problem(
          file, "another process is using it",
          remedy: "stop that one first; several at once need PostgreSQL (--database)"))
    }
  }

  deinit {
    _ = Foundation.close(descriptor)
  }
}
