import Calendars
import Testing

@testable import Website

@Suite struct FormTests {
  private static let type = "multipart/form-data; boundary=----x7"

  private func body(_ parts: [(heading: String, bytes: String)]) -> [UInt8] {
    let text = parts.map { "------x7\r\n\($0.heading)\r\n\r\n\($0.bytes)\r\n" }.joined()
    return Array((text + "------x7--\r\n").utf8)
  }

  private func field(_ name: String, _ bytes: String) -> (heading: String, bytes: String) {
    ("Content-Disposition: form-data; name=\"\(name)\"", bytes)
  }

  @Test func `fields and files of a form are read as a browser sends them`() throws {
    let form = try SubmittedForm(
      body([
        field("seed", " 3 5 1\r\n6 "), field("box", "one"), field("box", "two"),
        (
          "Content-Disposition: form-data; name=\"list\"; filename=\"a %22list%22; x.csv\"\r\n"
            + "Content-Type: text/csv", "a,b\r\n--x7\r\n------x\r\n1,2\r\n"
        ),
        ("Content-Disposition: form-data; name=\"none\"; filename=\"\"", ""),
      ]), type: Self.type)

    #expect(form.typed("seed") == " 3 5 1\r\n6 ")
    #expect(form["seed"] == "3 5 1\r\n6")
    #expect(form.all("box") == ["one", "two"])
    #expect(form.files["list"]?.name == "a \"list\"; x.csv")
    #expect(
      form.files["list"].map { String(decoding: $0.bytes, as: UTF8.self) }
        == "a,b\r\n--x7\r\n------x\r\n1,2\r\n")
    #expect(form.files["none"] == nil)
    #expect(form["nothing"] == nil)
  }

  @Test func `what is to be copied is what somebody typed or chose`() throws {
    let form = try SubmittedForm(
      body([
        field("email", "a@example.org"), field("seen", "7"), field("member", "01a1"),
        field("frame", "sha256-x"), field("next", "/x"), field("was:2.1.1", "y"),
        field("password", "p"), field("case-7", "b"), field("role", "lead"), field("team", ""),
      ]), type: Self.type)

    #expect(form.toCopy.map(\.name) == ["email", "role"])
    #expect(form.toCopy.map(\.text) == ["a@example.org", "lead"])
  }

  @Test func `an empty part is empty, and bytes stay as they are`() throws {
    let start = "------x7\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"
    let bytes: [UInt8] = [0, 13, 10, 45, 45, 255, 13]
    let whole = Array(start.utf8) + bytes + Array("\r\n------x7--".utf8)

    #expect(try SubmittedForm(whole, type: Self.type).files["f"]?.bytes == bytes)
    #expect(try SubmittedForm(body([field("a", "")]), type: Self.type).all("a") == [""])
    #expect(try SubmittedForm(Array("------x7--".utf8), type: Self.type).all("a") == [])
  }

  @Test(arguments: [
    "", "------x7", "------x7\r\n", "------x7\r\nContent-Disposition: form-data; name=\"a\"",
    "------x7\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
    "------x7\r\nContent-Type: text/plain\r\n\r\nx\r\n------x7--",
    "------x7\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n------x7--",
    "------x7 \r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n------x7--",
    "before------x7--",
  ])
  func `what is cut off or no form is refused`(_ text: String) {
    #expect(throws: SubmittedForm.Fault.malformed) {
      try SubmittedForm(Array(text.utf8), type: Self.type)
    }
  }

  @Test func `the type of a form is looked at, and how many fields it has`() {
    #expect(throws: SubmittedForm.Fault.wrongType) {
      try SubmittedForm([], type: "application/json")
    }
    for type in [
      "multipart/form-data", "multipart/form-data; boundary=\"\"",
      "multipart/form-data; boundary=\(String(repeating: "x", count: 71))",
    ] {
      #expect(throws: SubmittedForm.Fault.malformed) { try SubmittedForm([], type: type) }
    }
    let many = (0...SubmittedForm.mostFields).map { "f\($0)=1" }.joined(separator: "&")
    #expect(throws: SubmittedForm.Fault.tooManyFields) {
      try SubmittedForm(Array(many.utf8), type: "application/x-www-form-urlencoded")
    }
  }

  @Test func `a form in an address line is decoded, and secrets are not carried on`() throws {
    let form = try SubmittedForm(
      Array("title=A+%26+b%3Cc&password=secret&token=t&case-2=b&case-1=a".utf8),
      type: "application/x-www-form-urlencoded; charset=utf-8")

    #expect(form["title"] == "A & b<c")
    #expect(form.fields(startingWith: "case-").map(\.value) == ["a", "b"])
    let carried = form.carried.description
    #expect(carried.contains("name=\"title\" value=\"A &amp; b&lt;c\""))
    #expect(!carried.contains("secret") && !carried.contains("token"))
  }

  @Test func `a day in three fields is read, and what is none is named`() throws {
    func reading(_ text: String) throws -> FormReading {
      FormReading(
        try SubmittedForm(Array(text.utf8), type: "application/x-www-form-urlencoded"))
    }
    var whole = try reading("d-day=11&d-month=3&d-year=2027")
    #expect(whole.day("d", "day")?.description == "2027-03-11")
    for wrong in [
      "d-day=31&d-month=2&d-year=2027", "d-day=1&d-month=1", "d-day=x&d-month=1&d-year=1",
    ] {
      var reading = try reading(wrong)
      #expect(reading.optionalDay("d", "day") == nil)
      #expect(reading.mistakes.map(\.field) == ["d-day"])
    }
    var none = try reading("")
    #expect(none.optionalDay("d", "day") == nil && none.mistakes.isEmpty)
    #expect(none.day("d", "day") == nil && none.mistakes.count == 1)
  }
}
