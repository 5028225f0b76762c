import OrderedJSON
import Testing
import Workflows

struct JSONTests {
  @Test(arguments: [
    "null", "true", "-0", "12", "1.5", "1e3", "-2.25E-2", "\"a\\\"b\\\\ \\u00e9\\ud83d\\ude00\"",
    "[]", "{}", "[1, [2, {\"b\": [], \"a\": null}]]", " \t\r\n{\"z\": 1, \"a\": 2} ",
    "12345678901234567890",
  ])
  func `what is read and written again reads the same`(_ text: String) throws {
    let value = try JSON(bytes: Array(text.utf8))
    #expect(try JSON(bytes: value.bytes) == value)
    #expect(try JSON(bytes: value.bytes).bytes == value.bytes)
  }

  @Test func `objects keep the order of their members`() throws {
    let text = "{\n  \"z\": 1,\n  \"a\": 2\n}\n"
    #expect(String(decoding: try JSON(bytes: Array(text.utf8)).bytes, as: UTF8.self) == text)
  }

  @Test(arguments: [
    "", "nul", "01", "1.", "-", "1e", ".5", "+1", "[1,]", "[1", "{\"a\"}", "{\"a\":1,}", "{a:1}",
    "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\u+123\"", "\"\n\"", "1 2",
    "{\"a\":1,\"a\":2}",
    "1e999", "\u{FEFF}1",
  ])
  func `what is no JSON is refused`(_ text: String) {
    #expect(throws: JSON.Fault.self) { try JSON(bytes: Array(text.utf8)) }
  }

  @Test(arguments: [1, 2, 11, 12, 13, 40])
  func `a name that stands twice is refused, however many stand between`(_ count: Int) throws {
    let members = (0..<count).map { "\"n\($0)\":\($0)" }
    func object(_ members: [String]) throws -> JSON {
      try JSON(bytes: Array("{\(members.joined(separator: ","))}".utf8))
    }
    #expect(try object(members)["n\(count - 1)"].int == count - 1)
    for name in [0, count / 2, count - 1] {
      #expect(throws: JSON.Fault.self) { try object(members + ["\"n\(name)\":0"]) }
    }
  }

  @Test func `values that lie too deep are refused`() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSON.Fault.tooDeep(100)) { try JSON(bytes: Array(text.utf8)) }
    #expect(throws: JSON.Fault.notUTF8) { try JSON(bytes: [0x22, 0xFF, 0x22]) }
  }
}
