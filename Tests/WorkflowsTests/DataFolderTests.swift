import Foundation
import Problems
import Ratings
import Standards
import Storage
import Testing
import Workflows

struct DataFolderTests {
  private func temporaryFolder() -> String {
    FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-\(ProcessInfo.processInfo.globallyUniqueString)").path
  }

  @Test func `the training inspection is added once and rated`() throws {
    let path = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = DataFolder(path: path)
    let editions = try PublishedEditions.load()

    #expect(try folder.heldInspections(editions: editions).isEmpty)
    #expect(try folder.add(TrainingInspection.id, files: TrainingInspection.files()))
    #expect(try !folder.add(TrainingInspection.id, files: []))

    let held = try folder.heldInspections(editions: editions)
    #expect(held.map(\.id) == ["training"])
    #expect(held[0].isTraining)
    #expect(held[0].rating.overall.score == 15)
    #expect(held[0].rating.ruleOverall.score == 14)
    #expect(held[0].rating.overall.rating == .requiresImprovement)
  }

  @Test func `a folder that cannot be written is named, with the flag`() throws {
    let path = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("a file".utf8).write(to: URL(fileURLWithPath: path))
    let problems = #expect(throws: Problems.self) {
      try DataFolder(path: path).add("training", files: [])
    }
    #expect(problems?.description.hasPrefix("\(path): the data folder cannot be written") == true)
    #expect(problems?.description.contains("--data") == true)
  }

  @Test func `a problem in a held inspection names its file and line`() throws {
    let path = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    var files = try TrainingInspection.files()
    let place = try #require(files.firstIndex { $0.name == "evidence.csv" })
    files[place].bytes = Array("standard,rating,reason\n1.1,splendid,Seen\n".utf8)
    #expect(try DataFolder(path: path).add("broken", files: files))
    let problems = #expect(throws: Problems.self) {
      try DataFolder(path: path).heldInspections(editions: try PublishedEditions.load())
    }
    #expect(problems?.description.hasPrefix("broken/evidence.csv:2: “splendid”") == true)
  }
}
