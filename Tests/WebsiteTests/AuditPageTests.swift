import OrderedJSON
import Problems
import Samples
import Testing
import Workflows

@testable import Website

struct AuditPageTests {
  private static func text(_ file: SampleFile) throws -> String {
    String(decoding: AuditPage(try SampleAudit(file)).bytes, as: UTF8.self)
  }

  private let page: String

  init() throws {
    page = try Self.text(try AuditSample.file())
  }

  @Test(arguments: [
    "3 of 1,141 in scope; the list has 1,217 rows", "<code class=\"typed\">20200528</code>",
    "&lt;dice&gt;", "webster/1", "Version 1 of Webster’s method", "consistent-sampler 1.0.10",
    "80% confidence", "a margin of 2.5 percentage points", "1 case fewer than wanted",
    "Accepted: few &lt;officers&gt; &amp; little time",
    "1 from their own LDU, 1 from another LDU of the cluster and 1 from another cluster",
    "1 January 2026 to 31 March 2026, both included", "1 June 2026", "2 rows, left out",
    "probation, sample main", "sha256:aaaa", "sha256:bbbb", "sha256:cccc",
  ])
  func `what was drawn, from what and how is in the summary`(_ words: String) {
    #expect(page.contains(words))
  }

  @Test func `strata have population, size, drawn, reserve and weight`() throws {
    let table = try #require(page.table("Strata"))

    #expect(
      table == [
        ["male-community-low", "900", "3", "2", "1", "7.9348"],
        ["female", "241", "1", "1", "1", "7.9348"],
      ])
  }

  @Test func `every drawn case has its ticket, stratum, weight and where its place came from`()
    throws
  {
    let table = try #require(page.table("Drawn cases, in the order of their tickets"))

    #expect(
      table[0] == [
        "1", "X100001", "0.001455769206008623", "male-community-low", "7.9348", "Own LDU",
      ])
    #expect(table.map(\.last) == ["Own LDU", "Cluster", "Stratum"])
  }

  @Test func `the reserve is in order, and the chain of replacements shows on both sides`() throws {
    let reserve = try #require(page.table("Reserve, by stratum in the order of tickets"))
    let drawn = try #require(page.table("Drawn cases, in the order of their tickets"))

    #expect(reserve.map { $0[0] } == ["1", "2"])
    #expect(reserve[1][1] == "X100005 came for X100002")
    #expect(drawn[1][1] == "X100002 replaced by X100005")
  }

  @Test func `changes stand with reason, person and time`() throws {
    #expect(
      try #require(page.table("Replaced cases, the first change first")) == [
        [
          "X100002", "X100005", "moved &lt;away&gt;", "the lead inspector", "2026-06-04T10:15:00Z",
        ]
      ])
    #expect(
      try #require(page.table("Cases added on purpose")) == [
        ["X100077", "under review", "the head of operations", "2026-06-05T09:00:00Z"]
      ])
  }

  @Test func `a sample without changes says so`() throws {
    let page = try Self.text(
      try AuditSample.file(["replacements": [], "additions": []]))

    #expect(page.contains("None: no case was replaced and none was added on purpose."))
    #expect(!page.contains("Since the draw"))
  }

  @Test func `rows left out are counted by reason and not told line by line`() throws {
    #expect(
      try #require(page.table("3 rows left out, by reason")) == [
        ["The sentence type custody is not sampled", "2"], ["The row was refused", "1"],
      ])
    #expect(!page.contains("X100099") && !page.contains("Zz"))
  }

  @Test func `the chart says in words what its bars show`() {
    #expect(page.contains("<strong>2</strong> drawn, 3 planned, of 900"))
    #expect(page.contains("<strong>2</strong> drawn, 2.5 planned"))
    #expect(page.contains("<strong>30</strong> officers"))
    #expect(page.contains("In 1 of 2 local delivery units"))
  }

  @Test func `values that few cases have are counted together`() throws {
    let table = try #require(page.table("Sex, risk and ethnicity"))

    #expect(
      table.filter { $0[1].hasPrefix("Values") } == [
        ["Sex", "Values with fewer than five cases", "4", "0.50", "0"],
        ["Risk of serious harm", "Values with fewer than five cases", "6", "0.12", "0"],
      ])
    #expect(!page.contains("Very high"))
  }

  @Test func `which case is restricted and who holds it is not told`() {
    #expect(page.ranges(of: "restricted").count == 1)
    #expect(!page.contains("4711") && !page.contains("4,711"))
  }

  @Test func `nothing is loaded, nothing runs and nothing leads elsewhere`() {
    for word in ["<script", "://", " src=", "@import", "url(", " style="] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.firstMatch(of: #/<[^>]* on[a-z]+=/#) == nil)
    #expect(page.contains("default-src &#39;none&#39;; style-src &#39;sha256-"))
  }

  @Test(arguments: ["<script>alert(1)</script>", "\" onload=\"x", "</style><b>", "</code>'&amp;"])
  func `a seed stays text wherever it stands`(_ seed: String) throws {
    let page = try Self.text(try AuditSample.file(["seed": .string(seed)]))

    #expect(!page.contains(seed))
    #expect(page.ranges(of: "</style>").count == 1)
    #expect(page.ranges(of: "</code></pre>").count == 4)
  }

  @Test(arguments: [
    ("20200528", #""20200528""#), (#"a "b" \ 'c'"#, #""a \"b\" \\ 'c'""#),
    ("ä 😀", #""ä 😀""#), ("a\nb\u{202E}\u{A0}", #""a\U0000000ab\U0000202e\U000000a0""#),
  ])
  func `a seed is written so that Python reads the same text`(_ seed: String, _ literal: String) {
    #expect(PythonText.literal(seed) == literal)
  }

  @Test func `every tag closes`() {
    for tag in ["table", "tr", "td", "dl", "ul", "ol", "li", "section", "svg", "figure", "div"] {
      let opened = page.ranges(of: "<\(tag) ").count + page.ranges(of: "<\(tag)>").count
      #expect(opened == page.ranges(of: "</\(tag)>").count, "\(tag)")
    }
    #expect(!page.contains("—") && !page.contains("Optional("))
  }
}

struct SampleAuditTests {
  @Test func `a file that was changed by hand is refused`() throws {
    let text = String(decoding: AuditSample.json().bytes, as: UTF8.self)
    let changed = text.replacing("\"rows\": 1217", with: "\"rows\": 1218")

    #expect(changed != text)
    #expect(throws: Problems.self) {
      try SampleAudit(try SampleFile(Array(changed.utf8), name: "sample.json"))
    }
  }

  @Test func `a replacement that the reserve does not give is refused`() throws {
    let other: JSON = [
      "out": "X100002", "in": "X100004", "reason": "r", "by": "b", "at": "2026-06-04T10:15:00Z",
    ]
    let file = try AuditSample.file(["replacements": .array([other])])

    #expect(throws: Problems.self) { try SampleAudit(file) }
  }

  static let broken: [(name: String, value: JSON, path: String)] = [
    ("refused", JSON.number(-1), "refused"), ("method", "dice/1", "method"),
    ("officerCap", .null, "officerCap"), ("strata", .null, "strata"),
    ("selected", [["case": "X100001"]], "selected[0]"),
    ("excluded", [["line": .number(1)]], "excluded[0]"),
    ("achieved", ["sex": [["name": "male"]]], "achieved.sex[0]"),
  ]

  @Test(arguments: SampleAuditTests.broken)
  func `what is missing or cannot be is named`(
    _ one: (name: String, value: JSON, path: String)
  ) throws {
    let file = try AuditSample.file([one.name: one.value])

    let problems = #expect(throws: Problems.self) { try SampleAudit(file) }
    #expect(problems?.description.contains("\(one.path) cannot be used") == true)
  }
}

extension String {
  /// The cells of the table with a caption, as their text.
  fileprivate func table(_ caption: String) -> [[String]]? {
    guard let start = firstRange(of: ">\(caption)</caption>")?.upperBound,
      let end = self[start...].firstRange(of: "</tbody>")?.lowerBound,
      let body = self[start..<end].firstRange(of: "<tbody")?.upperBound
    else { return nil }
    return self[body..<end].split(separator: "<tr").dropFirst().map { row in
      row.split(separator: /<\/t[hd]>/).dropLast().map { cell in
        cell.drop { $0 != "<" }.replacing(/<[^>]*>/, with: "").split(separator: " ")
          .joined(separator: " ")
      }
    }
  }
}
