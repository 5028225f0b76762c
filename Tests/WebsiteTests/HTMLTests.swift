import Testing

@testable import Website

struct HTMLTests {
  @Test func `text is escaped and markup is not`() {
    let name = #"<b>"Ings" & 'Son'</b>"#
    let inner: HTML = "<em>\(name)</em>"

    let html: HTML = "<p title=\"\(name)\">\(inner)</p>"

    let escaped = "&lt;b&gt;&quot;Ings&quot; &amp; &#39;Son&#39;&lt;/b&gt;"
    #expect(html.description == "<p title=\"\(escaped)\"><em>\(escaped)</em></p>")
  }

  @Test(arguments: [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")])
  func `a special sign is escaped wherever it stands`(_ sign: String, _ escape: String) {
    for length in 0...40 {
      for place in 0...length {
        let before = String(repeating: "%", count: place)
        let after = String(repeating: "µ", count: length - place)
        let html: HTML = "\(before + sign + after + sign)"
        #expect(html.description == before + escape + after + escape)
      }
    }
  }

  @Test func `lists are joined and nothing leaves nothing behind`() {
    let missing: HTML? = nil

    let html: HTML = "<ul>\([1, 2].map { "<li>\($0)</li>" })\(missing)</ul>"

    #expect(html.description == "<ul><li>1</li><li>2</li></ul>")
  }

  @Test func `letters beyond ASCII stay as they are`() {
    let html: HTML = "\("Ynys Môn – £5 “a”")"

    #expect(html.description == "Ynys Môn – £5 “a”")
  }
}

struct QueryTests {
  @Test func `values are decoded and trimmed, and empty ones count as not given`() {
    let query = Query("q=+West%20Kent+&kind=&region&rating=good&rating=bad")

    #expect(query["q"] == "West Kent")
    #expect(query["kind"] == nil)
    #expect(query["region"] == nil)
    #expect(query["rating"] == "good")
  }

  @Test(arguments: ["%", "%4", "%zz", "100%25 %"])
  func `a percent sign that escapes nothing does no harm`(_ text: String) {
    #expect(Query("q=\(text)")["q"]?.contains("%") == true)
  }

  @Test func `bytes that are no text become a mark for that`() {
    #expect(Query("q=%FF")["q"] == "\u{FFFD}")
  }

  @Test func `what is encoded decodes to the same`() {
    let text = "a&b=c d+e%é“"

    #expect(PercentEncoding.decode(PercentEncoding.encode(text).utf8) == text)
  }

  @Test func `a value is cut at two hundred characters`() {
    #expect(Query("q=" + String(repeating: "a", count: 900))["q"]?.count == 200)
  }
}

struct WordsTests {
  @Test(arguments: [
    (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
    (21, "21st"), (102, "102nd"), (111, "111th"),
  ])
  func `places are said as people say them`(_ number: Int, _ words: String) {
    #expect(Words.ordinal(number) == words)
  }

  @Test func `a list ends with and`() {
    #expect(Words.list([]) == "")
    #expect(Words.list(["a"]) == "a")
    #expect(Words.list(["a", "b", "c"]) == "a, b and c")
  }
}
