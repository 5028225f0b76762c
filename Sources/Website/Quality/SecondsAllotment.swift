import Fieldwork
import Records
import Standards
import Workflows

/// The draw of the second assessments, and how to repeat it.
struct SecondsDrawFacts {
  let seconds: SecondsState
  let state: InspectionState

  private var drawn: SecondsFacts { seconds.drawn }
  private var numbers: [Int] { state.sample?.numbers(at: seconds.sequence) ?? [] }

  var html: HTML {
    """
    \(Parts.summary([
      (
        "Drawn",
        """
        \(drawn.cases.count) of \(Words.count(numbers.count, "case")): \(drawn.share) of a \
        hundred, rounded up
        """
      ),
      ("Seed", "<code class=\"typed\">\(drawn.seed)</code>"),
      ("Drawn again just now", again),
    ]))\
    \(Parts.details("How to draw them again", steps))
    """
  }

  private var again: HTML {
    state.secondsDrawnAgain == drawn
      ? "<strong class=\"govuk-tag govuk-tag--green\">The same cases</strong>"
      : "<strong class=\"govuk-tag govuk-tag--red\">Other cases</strong>"
  }

  private var steps: HTML {
    """
    \(Parts.paragraph("Every case has a ticket, which depends on the seed and on its number alone. "
      + "The cases with the smallest tickets are drawn. This works out the same with Python:"))
    <pre class="listing"><code>\(program)</code></pre>
    \(Parts.paragraph("The numbers are those of the cases that were in the sample at entry "
      + "\(seconds.sequence) of the record, in which the draw stands."))
    """
  }

  private var program: String {
    let seed = drawn.seed.map { #"\""#.contains($0) ? "\\\($0)" : "\($0)" }.joined()
    return """
      from hashlib import sha256

      seed = "\(seed)"
      numbers = \(list)
      start = sha256(seed.encode()).hexdigest()

      def ticket(number):
          digest = sha256((start + str(number)).encode()).hexdigest()
          return str(int(digest, 16))[::-1].ljust(64, "0")

      print(sorted(numbers, key=ticket)[:-(-len(numbers) * \(drawn.share) // 100)])

      """
  }

  /// The numbers as Python has them, with each row of them as a range.
  private var list: String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return "["
      + ranges.map {
        $0.count < 3
          ? $0.map(String.init).joined(separator: ", ")
          : "*range(\($0.lowerBound), \($0.upperBound + 1))"
      }.joined(separator: ", ") + "]"
  }
}

/// Who assesses which of the drawn cases a second time. Who assessed it first is not shown: whoever
/// gives them out may be one of the second assessors.
struct SecondsAllotment {
  let cases: [CaseFacts]
  let assessors: [(id: AuthorID, name: String)]

  /// Cases with somebody who may not assess them any more.
  let barred: [Int: Allotment.Bar]
  let questions: [RuleBook.KeyQuestion]
  let visit: Visit
  let mistakes: [Mistake]

  private func held(_ state: InspectionState) -> [Int: AuthorID] { state.seconds?.assessors ?? [:] }

  var html: HTML {
    get throws {
      let inspection = try visit.opened()
      let held = held(inspection.state)
      let free = cases.count { held[$0.number] == nil || barred[$0.number] != nil }
      return """
        \(PlanBars(
          title: "Second assessments of each assessor",
          rows: assessors.map { one in
            PlanBars.Row(
              name: one.name, achieved: cases.count { held[$0.number] == one.id }, planned: nil)
          }, counted: (one: "case", several: "cases")
        ).html)\
        \(free == 0
          ? Parts.paragraph("Every drawn case has a second assessor.")
          : Form.post(
            to: QualityPages.address(inspection, "/seconds/evenly"), token: visit.formToken,
            """
            \(Form.hidden("seen", "\(inspection.state.revision)"))
            \(Parts.paragraph("\(Words.count(free, "drawn case")) of \(cases.count) "
            + "\(free == 1 ? "has" : "have") no second assessor. Nobody is given a case that they "
            + "had for the first assessment, nor one that the rules of the allotment bar them from."))
            \(Form.button("Give the rest out evenly"))
            """))\
        \(Parts.heading("By hand", id: "by-hand"))\
        \(Form.post(
          to: QualityPages.address(inspection, "/seconds/allotment"), token: visit.formToken,
          """
          \(Form.hidden("seen", "\(inspection.state.revision)"))
          \(table(inspection, isCleared: try isCleared(inspection)))
          \(Form.button("Save the second assessors"))
          """))
        """
    }
  }

  private func isCleared(_ inspection: OpenInspection) throws -> Bool {
    inspection.state.isCleared(try visit.signedIn().account.id)
  }

  private func table(_ inspection: OpenInspection, isCleared: Bool) -> HTML {
    let state = inspection.state
    return Table(
      caption: "Drawn cases", isCaptionHidden: true,
      columns: ["Case", "CRN", "Office", "First answered", "Second answered", "Second assessor"]
        .map { Table.Column($0) },
      rows: cases.map { one in
        let restricted: HTML? =
          one.isRestricted
          ? " <strong class=\"govuk-tag govuk-tag--orange\">Restricted</strong>" : nil
        let bar = barred[one.number].map { bar -> HTML in
          "<span class=\"reason\">Case \(one.number) \(bar.sentence). Choose somebody else.</span>"
        }
        return Table.Row([
          "\(one.number)", "\(one.crn)\(restricted)",
          one.isRestricted && !isCleared ? Mark.absence("Not shown") : "\(one.place)",
          "\(state.answered(questions, on: one.number, in: .first)) of \(questions.count)",
          "\(state.answered(questions, on: one.number, in: .second)) of \(questions.count)",
          """
          \(AllotmentPages.choice(
            of: one.number, held: held(state)[one.number], assessors, visit, mistakes))\(bar)
          """,
        ])
      }
    ).html
  }
}
