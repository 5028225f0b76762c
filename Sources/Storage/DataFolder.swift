import Foundation
public import Problems
import Records
import Spreadsheets
public import Standards
public import Workflows

/// The folder that holds this installation's inspections: one folder each under `inspections/`.
public struct DataFolder: Sendable {
  public let path: String

  public init(path: String) {
    self.path = path
  }

  /// Where inspections lie whose ratings are shown to everybody. They are in no database.
  public var inspectionsPath: String { path + "/inspections" }

  private var inspections: URL { URL(fileURLWithPath: inspectionsPath) }

  /// Makes the folder, unless it is there.
  ///
  /// - Throws: ``Problems`` when it cannot be made.
  public func make() throws(Problems) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw unwritable
    }
  }

  /// Where the master key lies unless somebody says otherwise.
  public var keyPath: String { path + "/master.key" }

  /// Whether a master key lies there.
  public var hasKey: Bool { FileManager.default.fileExists(atPath: keyPath) }

  /// Makes a master key that only its owner may read, and that is on the disk before anything is
  /// sealed with it.
  ///
  /// - Throws: ``Problems`` when there is one already, or it cannot be written.
  public func makeKey() throws(Problems) {
    let file = open(keyPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw unwritable }
    defer { close(file) }
    let text = Array((MasterKey.make().text + "\n").utf8)
    guard write(file, text, text.count) == text.count, fsync(file) == 0 else { throw unwritable }
    let folder = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(folder) }
    guard folder >= 0, fsync(folder) == 0 else { throw unwritable }
  }

  private var unwritable: Problems {
    Problems(
      Problem(
        path, "the data folder cannot be written",
        remedy: "make it writable, or name another with --data"))
  }

  /// Puts an inspection's files into the folder, whole or not at all.
  ///
  /// - Returns: Whether it was added; false when there is one of that name already, which stays as
  ///   it is.
  /// - Throws: ``Problems`` when the folder cannot be written.
  public func add(_ id: String, files: [(name: String, bytes: [UInt8])]) throws(Problems) -> Bool {
    let manager = FileManager.default
    let place = inspections.appendingPathComponent(id)
    if manager.fileExists(atPath: place.appendingPathComponent(HeldInspection.description).path) {
      return false
    }
    // Written beside its place and moved there, so that half an inspection is never found.
    let draft = inspections.appendingPathComponent(".\(id).new")
    do {
      try? manager.removeItem(at: draft)  // Left by a run that was cut off, or not there.
      try manager.createDirectory(at: draft, withIntermediateDirectories: true)
      for file in files {
        try Data(file.bytes).write(to: draft.appendingPathComponent(file.name))
      }
      try manager.moveItem(at: draft, to: place)
    } catch {
      throw unwritable
    }
    return true
  }

  /// Every inspection in the folder, rated, in the order of the folder's names.
  ///
  /// - Throws: ``Problems`` in any of their files.
  public func heldInspections(
    editions: PublishedEditions
  ) throws(Problems) -> [HeldInspection] {
    let manager = FileManager.default
    let names: [String]
    do {
      guard manager.fileExists(atPath: inspections.path) else { return [] }
      names = try manager.contentsOfDirectory(atPath: inspections.path).sorted()
    } catch {
      throw Problems(
        Problem(path, "the data folder cannot be read", remedy: "check that you may read it"))
    }
    var held: [HeldInspection] = []
    var problems: [Problem] = []
    for name in names where !name.hasPrefix(".") {
      let folder = inspections.appendingPathComponent(name)
      let description = folder.appendingPathComponent(HeldInspection.description)
      guard let bytes = manager.contents(atPath: description.path) else { continue }
      do {
        held.append(
          try HeldInspection.load(id: name, editions: editions, description: Array(bytes)) {
            file throws(Problems) in
            let path = folder.appendingPathComponent(file).path
            return manager.fileExists(atPath: path)
              ? try CSVFile(path: path, name: "\(name)/\(file)") : nil
          })
      } catch {
        problems += error.list
      }
    }
    try Problems.throwAny(problems)
    return held
  }
}
