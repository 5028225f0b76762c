import OrderedJSON
import RuleFiles
import Workflows

/// A small sample file as a draw and what came after it left it, for the tests of its audit page.
enum AuditSample {
  private static let members: KeyValuePairs<String, JSON> = [
    "format": "plumbline-sample/1",
    "plan": ["id": "probation", "digest": "aaaa", "sample": "main"],
    "profile": ["id": "plumbline", "digest": "bbbb"],
    "frame": ["sha256": "cccc", "rows": .number(1_217), "inScope": .number(1_141)],
    "listedOn": "2026-06-01",
    "window": ["from": "2026-01-01", "until": "2026-03-31"],
    "refused": .number(2), "refusedLeftOut": true, "keep": [],
    "excluded": .array(
      [
        "custody is not sampled for main", "refused: sex “Zz” is not known",
        "custody is not sampled for main",
      ].map { ["line": .number(7), "case": "X100099", "reason": .string($0)] }),
    "seed": "20200528", "seedSource": "<dice>", "method": "webster/1",
    "wanted": ["size": .number(4), "confidence": .number(80), "margin": .decimal(2.5)],
    "officerCap": .number(6),
    "strata": [
      stratum("male-community-low", 900, 3, 2, 1), stratum("female", 241, 1, 1, 1),
    ],
    "shortfall": ["cases": .number(1), "accepted": "few <officers> & little time"],
    "selected": [
      entry(1, "X100001", "male-community-low", "0.001455769206008623", "ldu"),
      entry(2, "X100002", "female", "0.002033468585623770", "cluster"),
      entry(3, "X100003", "male-community-low", "0.002247888372216278", "stratum"),
    ],
    "reserve": [
      entry(1, "X100004", "male-community-low", "0.002567781523786574", nil),
      entry(2, "X100005", "female", "0.003076837769467574", nil),
    ],
    "achieved": [
      "strata": [],
      "sex": [value("male", 900, 2.5, 2), value("female", 237, 1, 1), value("other", 4, 0.5, 0)],
      "ethnicity": [value("A1", 1_141, 4, 3)],
      "risk": [
        value("low", 1_135, 3.98, 3), value("high", 2, 0.1, 0), value("very-high", 4, 0.02, 0),
      ],
      "ldu": [value("North / Ashby", 1_000, 3.5, 1), value("North / B & C", 141, 0.5, 0)],
      "officer": ["cap": .number(6), "officersByCases": .array([30, 3].map(JSON.number))],
    ],
    "replacements": [
      [
        "out": "X100002", "in": "X100005", "reason": "moved <away>", "by": "the lead inspector",
        "at": "2026-06-04T10:15:00Z",
      ]
    ],
    "additions": [
      [
        "case": "X100077", "purposive": true, "weight": .null, "restricted": true,
        "reason": "under review", "by": "the head of operations", "at": "2026-06-05T09:00:00Z",
      ]
    ],
  ]

  /// The file with other values of some members and the digest that belongs to it.
  static func json(_ changes: [String: JSON] = [:]) -> JSON {
    let members = members.map { JSON.Member($0, changes[$0] ?? $1) }
    let digest = Digest(of: JSON.object(members).bytes).description.dropFirst("sha256:".count)
    return .object(members + [JSON.Member("sha256", .string(String(digest)))])
  }

  static func file(_ changes: [String: JSON] = [:]) throws -> SampleFile {
    try SampleFile(json(changes).bytes, name: "sample.json")
  }

  private static func stratum(
    _ name: String, _ population: Int, _ size: Int, _ drawn: Int, _ reserve: Int
  ) -> JSON {
    [
      "name": .string(name), "population": .number(population), "size": .number(size),
      "reserve": .number(reserve), "drawn": .number(drawn), "weight": .decimal(7.9348),
    ]
  }

  private static func entry(
    _ position: Int, _ crn: String, _ stratum: String, _ ticket: String, _ reach: String?
  ) -> JSON {
    var members = [
      JSON.Member("position", .number(position)), JSON.Member("case", .string(crn)),
      JSON.Member("stratum", .string(stratum)), JSON.Member("ticket", .string(ticket)),
    ]
    if let reach {
      members.append(JSON.Member("weight", .decimal(7.9348)))
      members.append(JSON.Member("filledFrom", .string(reach)))
    }
    return .object(
      members + [JSON.Member("restricted", true), JSON.Member("officer", .number(4_711))])
  }

  private static func value(
    _ name: String, _ population: Int, _ planned: Double, _ achieved: Int
  ) -> JSON {
    [
      "name": .string(name), "population": .number(population), "planned": .decimal(planned),
      "achieved": .number(achieved),
    ]
  }
}
