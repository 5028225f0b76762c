import ArgumentParser
import OrderedJSON
import Problems
import Samples
import Workflows

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draws samples, verifies them and changes them.",
    subcommands: [
      Size.self, SampleDraw.self, SampleVerify.self, SampleReplace.self, SampleAdd.self,
      SampleAuditPage.self,
    ])

  struct Size: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Works out a size from confidence and margin.")

    @Option(help: "How many cases there are to draw from.") var population: Int
    @Option(help: "In percent.") var confidence = 80.0
    @Option(help: "Half the width of the interval, in points of percent.") var margin = 5.0
    @Flag(help: "As JSON.") var json = false

    func validate() throws {
      do {
        _ = try size()
      } catch {
        throw ValidationError(error.list.map(\.description).joined(separator: "\n"))
      }
    }

    func run() throws {
      let size = try size()
      if json {
        Output.write(SampleSizeDocument.json(size).bytes)
      } else {
        print(SampleSizeDocument.text(size))
      }
    }

    private func size() throws(Problems) -> SampleSize {
      try SampleSize(population: population, confidence: confidence, margin: margin)
    }
  }
}
