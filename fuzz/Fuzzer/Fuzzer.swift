import Foundation
import Trials

/// libFuzzer's own start, for programs that have their own `main`.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Runs one trial under libFuzzer: `Fuzzer TRIAL` and libFuzzer's arguments.
@main
private enum Fuzzer {
  /// Set once, before anything runs.
  nonisolated(unsafe) private static var trial = Trial.list

  static func main() {
    let names = Trial.allCases.map(\.rawValue)
    guard CommandLine.arguments.count > 1, let named = Trial(rawValue: CommandLine.arguments[1])
    else {
      print(names.joined(separator: "\n"))
      exit(CommandLine.arguments.count > 1 ? 2 : 0)
    }
    trial = named
    // libFuzzer takes the name of the trial for the name of the program.
    var arguments = CommandLine.unsafeArgv + 1
    var count = CommandLine.argc - 1
    exit(
      runDriver(&count, &arguments) { start, count in
        let bytes = Array(UnsafeBufferPointer(start: start, count: count))
        do {
          try Fuzzer.trial.run(bytes)
        } catch {
          fatalError("\(Fuzzer.trial.rawValue): \(error)")
        }
        return 0
      })
  }
}
