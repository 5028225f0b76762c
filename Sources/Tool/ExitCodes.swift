import ArgumentParser
import Foundation
import Problems

/// The one place where errors become exit codes: 0 done, 1 refused, 2 wrong usage.
enum ExitCodes {
  static func end(with error: any Error) -> Never {
    switch error {
    case let problems as Problems:
      Output.warn(problems.description)
      exit(1)
    case let refusal as Refusal:
      Output.warn(refusal.description)
      exit(1)
    case let code as ExitCode:
      exit(code.rawValue)
    default:
      let isUsage = Plumbline.exitCode(for: error) == .validationFailure
      let message = Plumbline.fullMessage(for: error)
      if Plumbline.exitCode(for: error) == .success {
        print(message)
        exit(0)
      }
      Output.warn(message)
      exit(isUsage ? 2 : 1)
    }
  }
}

/// Why something was not done, in a sentence that says what to do.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// What the tool prints.
enum Output {
  /// Writes bytes to standard output as they are.
  static func write(_ bytes: [UInt8]) {
    FileHandle.standardOutput.write(Data(bytes))
  }

  /// Writes bytes to a file, all of them or nothing.
  ///
  /// - Parameter option: What named the file.
  static func write(_ bytes: [UInt8], to path: String, option: String) throws(Problems) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Problems(
        Problem(path, "cannot be written", remedy: "name another file with \(option)"))
    }
  }

  /// Writes a line to standard error.
  static func warn(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// Sends on what was printed, also into a pipe.
  static func flush() {
    fflush(nil)
  }

  /// Columns of text, each as wide as its widest value.
  static func table(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, text in
        column == row.count - 1
          ? text : text + String(repeating: " ", count: widths[column] - text.count)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
