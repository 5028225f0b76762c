public import Calendars
import OrderedJSON
public import Records
public import RuleFiles

/// A file that an entry is about. It is kept sealed, under the digest of its sealed bytes.
public struct StoredFile: Hashable, Sendable {
  /// Of the sealed bytes.
  public let digest: Digest

  /// Of the file as it came, in bytes.
  public let size: Int

  public init(digest: Digest, size: Int) {
    self.digest = digest
    self.size = size
  }

  init?(values: JSON) {
    guard let digest = values["file"].string.flatMap({ Digest(text: $0) }),
      let size = values["bytes"].int, size >= 0
    else { return nil }
    self.init(digest: digest, size: size)
  }

  var members: [JSON.Member] {
    [
      JSON.Member("file", .string(digest.description)), JSON.Member("bytes", .number(size)),
    ]
  }

  var values: JSON { .object(members) }
}

/// The provider's list as it came.
public struct ReturnFacts: Hashable, Sendable {
  public let file: StoredFile

  /// The id of how it is written.
  public let profile: String

  /// The day of the list, if one was given.
  public let listedOn: Day?

  /// How many rows it has, and how many of them were refused.
  public let rows: Int
  public let refused: Int

  /// The digest of all that stands in it.
  public let frame: Digest

  public init(
    file: StoredFile, profile: String, listedOn: Day?, rows: Int, refused: Int, frame: Digest
  ) {
    self.file = file
    self.profile = profile
    self.listedOn = listedOn
    self.rows = rows
    self.refused = refused
    self.frame = frame
  }

  init?(values: JSON) {
    guard let file = StoredFile(values: values), let profile = values["profile"].string,
      let rows = values["rows"].int, let refused = values["refused"].int, rows >= refused,
      let frame = values["frame"].string.flatMap({ Digest(text: $0) })
    else { return nil }
    self.init(
      file: file, profile: profile, listedOn: values["listedOn"].day, rows: rows, refused: refused,
      frame: frame)
  }

  var values: JSON {
    .object(
      file.members + [
        JSON.Member("profile", .string(profile)),
        JSON.Member("listedOn", .text(listedOn?.description)), JSON.Member("rows", .number(rows)),
        JSON.Member("refused", .number(refused)),
        JSON.Member("frame", .string(frame.description)),
      ])
  }
}

/// The list that a sample is drawn from, fixed.
public struct FrameFacts: Hashable, Sendable {
  /// The sequence of the entry with which the list came.
  public let received: Int
  public let frame: Digest

  public init(received: Int, frame: Digest) {
    self.received = received
    self.frame = frame
  }

  init?(values: JSON) {
    guard let received = values["received"].int,
      let frame = values["frame"].string.flatMap({ Digest(text: $0) })
    else { return nil }
    self.init(received: received, frame: frame)
  }

  var values: JSON {
    ["received": .number(received), "frame": .string(frame.description)]
  }
}

/// A sample as it was drawn. The cases in it are numbered from one, in the order of their tickets;
/// who they are stands in the file.
public struct SampleFacts: Hashable, Sendable {
  /// The sample file.
  public let file: StoredFile
  public let seed: String

  /// The digest that the frame had.
  public let frame: Digest

  /// The id of the sampling plan and its digest.
  public let plan: String
  public let planDigest: Digest

  /// How many cases were drawn.
  public let cases: Int

  public init(
    file: StoredFile, seed: String, frame: Digest, plan: String, planDigest: Digest, cases: Int
  ) {
    self.file = file
    self.seed = seed
    self.frame = frame
    self.plan = plan
    self.planDigest = planDigest
    self.cases = cases
  }

  init?(values: JSON) {
    guard let file = StoredFile(values: values), let seed = values["seed"].string,
      let frame = values["frame"].string.flatMap({ Digest(text: $0) }),
      let plan = values["plan"].string,
      let planDigest = values["planDigest"].string.flatMap({ Digest(text: $0) }),
      let cases = values["cases"].int, cases > 0
    else { return nil }
    self.init(
      file: file, seed: seed, frame: frame, plan: plan, planDigest: planDigest, cases: cases)
  }

  var values: JSON {
    .object(
      file.members + [
        JSON.Member("seed", .string(seed)), JSON.Member("frame", .string(frame.description)),
        JSON.Member("plan", .string(plan)),
        JSON.Member("planDigest", .string(planDigest.description)),
        JSON.Member("cases", .number(cases)),
      ])
  }
}

/// What was done to a sample after it was drawn. Why, and which case it is, is sealed beside it.
public struct SampleChange: Hashable, Sendable {
  /// The sample file as it is then.
  public let file: StoredFile

  /// The number of the case that went; nothing where one was added on purpose.
  public let out: Int?

  /// The number of the case that came: the next that no case had.
  public let number: Int

  public init(file: StoredFile, out: Int?, number: Int) {
    self.file = file
    self.out = out
    self.number = number
  }

  init?(values: JSON) {
    guard let file = StoredFile(values: values), let number = values["number"].int else {
      return nil
    }
    self.init(file: file, out: values["out"].int, number: number)
  }

  var values: JSON {
    .object(
      file.members + [JSON.Member("out", .count(out)), JSON.Member("number", .number(number))])
  }
}

/// Cases that were given to assessors, by their numbers.
public struct AllottedCases: Hashable, Sendable {
  public let assessors: [Int: AuthorID]

  /// The subjects of the entries about those who get cases.
  var members: [String] { Set(assessors.values.map { "member/\($0)" }).sorted() }

  public init(_ assessors: [Int: AuthorID]) {
    self.assessors = assessors
  }

  init?(values: JSON) {
    guard let list = values["cases"].array else { return nil }
    var assessors: [Int: AuthorID] = [:]
    for one in list {
      guard let number = one["case"].int, let id = one["assessor"].string.flatMap({ AuthorID($0) }),
        assessors.updateValue(id, forKey: number) == nil
      else { return nil }
    }
    self.init(assessors)
  }

  var values: JSON {
    [
      "cases": .array(
        assessors.sorted { $0.key < $1.key }.map { number, id in
          ["case": .number(number), "assessor": .string(id.description)]
        })
    ]
  }
}
