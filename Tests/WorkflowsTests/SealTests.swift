import OrderedJSON
import Spreadsheets
import Standards
import Testing
import Workflows

struct SealTests {
  private let inputs = [
    Seal.Input(role: "answers", name: "answers.csv", digest: "sha256:aa"),
    Seal.Input(role: "panel", name: "panel.csv", digest: "sha256:bb"),
  ]

  private func rated(_ answer: String) throws -> RatedInspection {
    let answers = try Files.csv("a.csv", "case,question,answer", "A,2.1.1,\(answer)")
    return try RateInspection.rate(
      RatingFiles(files: [.answers: answers]), under: Files.book("crc-2018"))
  }

  @Test func `a seal read back holds for what it sealed`() throws {
    let rated = try rated("sufficient")
    let content = try Seal.read(Seal.write(rated, inputs: inputs).bytes, file: "seal.json")
    #expect(content.inputs == inputs)
    #expect(Seal.differences(content, from: rated).isEmpty)
  }

  @Test func `what differs is named by its place`() throws {
    let sealed = try Seal.read(
      Seal.write(try rated("sufficient"), inputs: inputs).bytes, file: "seal.json")
    let differences = Seal.differences(sealed, from: try rated("insufficient"))
    #expect(
      differences.contains(#"result.results[4].rating: "outstanding" is now "inadequate""#))
    #expect(differences.contains("result.results[4].questions[0].sufficient: 1 is now 0"))
  }

  @Test func `files are matched by digest, then by name, then by order`() {
    #expect(
      Seal.match(inputs, with: [("x.csv", "sha256:bb"), ("answers.csv", "sha256:cc")]) == [1, 0])
    #expect(Seal.match(inputs, with: [("x.csv", "sha256:dd"), ("y.csv", "sha256:ee")]) == [0, 1])
    #expect(Seal.match(inputs, with: [("panel.csv", "sha256:dd")]) == [nil, 0])
  }

  @Test func `JSON written is JSON read`() throws {
    let value: JSON = [
      "text": "a \"quoted\" \\ line\nnext\u{1}", "list": [.number(1), .decimal(0.3023), .null],
      "empty": [], "yes": true,
    ]
    #expect(try JSON(bytes: value.bytes).bytes.count == value.bytes.count)
    #expect(try JSON(bytes: value.bytes)["text"] == value["text"])
    #expect(try JSON(bytes: value.bytes)["list"] == value["list"])
  }
}
