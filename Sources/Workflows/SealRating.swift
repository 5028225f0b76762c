import Crypto
import Foundation
public import OrderedJSON
public import Problems
import Ratings
import RuleFiles
import Standards

/// A rating that anyone can recompute offline: digests of what went in, and what came out.
public enum Seal {
  static let format = "plumbline-seal/1"

  /// A file as it goes into a seal.
  public struct Input: Equatable, Sendable {
    /// What it is for: a ``RatingFiles/Role``, or `standards` for a rule book that is no published
    /// edition.
    public let role: String

    /// Its name without folders.
    public let name: String
    public let digest: String

    public init(role: String, name: String, digest: String) {
      self.role = role
      self.name = name
      self.digest = digest
    }
  }

  /// What a seal says.
  public struct Content: Sendable {
    public let engine: String
    public let edition: String
    public let editionDigest: String
    public let inputs: [Input]
    public let groupedBy: String?
    public let result: JSON
  }

  /// The seal of a rating.
  public static func write(_ rated: RatedInspection, inputs: [Input]) -> JSON {
    [
      "format": .string(format),
      "engine": .string(RatingEngine.version),
      "standards": [
        "id": .string(rated.rating.edition.text),
        "digest": .string(rated.rating.editionDigest.description),
      ],
      "groupedBy": .text(rated.groupedBy),
      "inputs": .array(
        inputs.map { input in
          [
            "role": .string(input.role), "name": .string(input.name),
            "sha256": .string(input.digest),
          ]
        }),
      "result": RatingDocument.of(rated),
    ]
  }

  /// Reads a seal.
  ///
  /// - Throws: ``Problems`` when it is not one.
  public static func read(_ bytes: [UInt8], file: String) throws(Problems) -> Content {
    guard let json = try? JSON(bytes: bytes),  // Why it is no JSON does not matter.
      json["format"].string == format, let engine = json["engine"].string,
      let edition = json["standards"]["id"].string,
      let digest = json["standards"]["digest"].string, let list = json["inputs"].array,
      case .object = json["result"]
    else {
      throw Problems(
        Problem(file, "is not a sealed rating", remedy: "give a file that --seal wrote"))
    }
    let inputs = list.compactMap { entry -> Input? in
      guard let role = entry["role"].string, let name = entry["name"].string,
        let digest = entry["sha256"].string
      else { return nil }
      return Input(role: role, name: name, digest: digest)
    }
    guard inputs.count == list.count else {
      throw Problems(
        Problem(file, "does not say what went into it", remedy: "give a file that --seal wrote"))
    }
    return Content(
      engine: engine, edition: edition, editionDigest: digest, inputs: inputs,
      groupedBy: json["groupedBy"].string, result: json["result"])
  }

  /// The digest of a file, read in pieces.
  public static func digest(ofFileAt path: String) throws -> String {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? handle.close() }  // Only read from.
    var hash = SHA256()
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
      hash.update(data: piece)
    }
    return "sha256:" + hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Which of the files given now each sealed input is: the one with its digest, else the one with
  /// its name, else the next that is left.
  ///
  /// - Returns: For each input of the seal the place of a file, or nothing where none is left.
  public static func match(_ sealed: [Input], with found: [(name: String, digest: String)])
    -> [Int?]
  {
    var free = Set(found.indices)
    var matched = [Int?](repeating: nil, count: sealed.count)
    func claim(_ isMatch: (Input, (name: String, digest: String)) -> Bool) {
      for (place, input) in sealed.enumerated() where matched[place] == nil {
        guard let index = free.sorted().first(where: { isMatch(input, found[$0]) }) else {
          continue
        }
        matched[place] = index
        free.remove(index)
      }
    }
    claim { $0.digest == $1.digest }
    claim { $0.name == $1.name }
    claim { _, _ in true }
    return matched
  }

  /// Everything in which a result recomputed now differs from the sealed one.
  public static func differences(_ content: Content, from rated: RatedInspection) -> [String] {
    var differences: [String] = []
    if content.engine != RatingEngine.version {
      differences.append("engine: sealed by \(content.engine), this is \(RatingEngine.version)")
    }
    let digest = rated.rating.editionDigest.description
    if content.editionDigest != digest {
      differences.append(
        "standards.digest: sealed under \(content.editionDigest), this is \(digest)")
    }
    return differences + content.result.differences(from: RatingDocument.of(rated))
  }
}
