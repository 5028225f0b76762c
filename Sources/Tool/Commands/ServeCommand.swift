import ArgumentParser
import Website

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves the public site.")

  @Option(help: "The port; 0 for any that is free.") var port = 8080
  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The data folder.") var data = "plumbline-data"
  @Option(help: "The folder with the style sheet that set-up fetched.") var assets: String?

  @Flag(help: ArgumentHelp("Render every page anew, for measuring.", visibility: .hidden))
  var renderEveryTime = false

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port takes a number from 0 to 65535.")
    }
  }

  func run() async throws {
    let sheet = Assets.load(from: Composition.assetsFolder(assets))
    if let warning = sheet.warning { Output.warn(warning) }
    let website = Website(
      record: try Composition.publicRecord(data: data), assets: sheet, today: Composition.today,
      rendersEveryTime: renderEveryTime)
    let host = host
    do {
      try await website.serve(host: host, port: port) { port in
        print("Plumbline is ready at http://\(host):\(port)")
        Output.flush()
      }
    } catch let error where "\(error)".contains("errno: 98") {
      // The networking library documents no error type for an address in use.
      throw Refusal(
        "Port \(port) on \(host) is taken. Stop what uses it, or choose another with --port.")
    }
  }
}
