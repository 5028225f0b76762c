import ArgumentParser
import Problems
import Publications
import Storage
import Workflows

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Creates a data folder with a training inspection.")

  @Option(help: "The data folder.") var data = "plumbline-data"

  func run() throws {
    let folder = DataFolder(path: data)
    let isNew = try folder.add(TrainingInspection.id, files: try TrainingInspection.files())
    let record = try Composition.publicRecord(data: data)
    print(
      isNew
        ? "\(data): the training inspection was added."
        : "\(data): the training inspection is there already and stays as it is.")
    print(
      "The register holds \(record.register.inspections.count) published inspections of "
        + "\(record.register.providers.count) providers.")
  }
}
