import Samples
import Testing

struct ExclusionGroundTests {
  @Test(arguments: [
    ("custody is not sampled for main", "the sentence type custody is not sampled"),
    ("started_on 2026-07-01 is after the window", "the start of the order is after the window"),
    ("released_on 2026-01-01 is before the window", "the day of release is before the window"),
    ("reported_on is not recorded", "the day of the report is not recorded"),
    ("no unpaid work", "no unpaid work"),
    ("no report", "no report"),
    ("39 hours of unpaid work, under 40", "fewer than 40 hours of unpaid work"),
    ("refused: sex “Smith” is not known; crn is blank", "the row was refused"),
    (
      "same person as line 7 (same pnc), whose order is the earliest",
      "an earlier order of the same person is in scope"
    ),
    (
      "same person as line 7 (same name), kept because: Smith is after the window",
      "another order of the same person was kept by decision"
    ),
    ("Smith said so", "another reason"),
  ])
  func `a reason is counted without what belongs to one row`(_ reason: String, _ ground: String) {
    #expect(Scope.Exclusion.ground(of: reason) == ground)
  }
}
