import Statistics
import Testing

struct DegenerateAgreementTests {
  private func agreement(
    _ rows: [[Int?]], _ coefficient: AgreementCoefficient, outOf known: [Int]? = nil
  ) throws -> Agreement {
    try #require(ComparedAnswers(rows: rows, outOf: known)).agreement(by: coefficient)
  }

  @Test(arguments: AgreementCoefficient.allCases)
  func `where no case was answered twice there is nothing to compare`(
    _ coefficient: AgreementCoefficient
  ) throws {
    for rows: [[Int?]] in [[], [[]], [[nil, nil]], [[1, nil], [nil, 2]], [[1], [2]]] {
      #expect(try agreement(rows, coefficient) == .nothingToCompare)
    }
  }

  @Test func `where everybody gives one answer only what does not rest on chance is defined`()
    throws
  {
    let rows: [[Int?]] = [[1, 1], [1, 1], [1, nil]]
    for coefficient in [AgreementCoefficient.cohen, .fleiss, .krippendorff] {
      #expect(try agreement(rows, coefficient, outOf: [1, 2, 3]) == .onlyOneAnswer)
    }
    let percent = Numbers(try agreement(rows, .percentAgreement))
    #expect(percent?.named["value"] == 1)
    let gwet = Numbers(try agreement(rows, .gwet, outOf: [1, 2, 3]))
    #expect(gwet?.named["value"] == 1 && gwet?.named["expected"] == 0)
    #expect(try agreement(rows, .gwet) == .onlyOneAnswer)
  }

  @Test func `alpha does not see answers that stand alone`() throws {
    let rows: [[Int?]] = [[1, 1], [1, 1], [2, nil]]
    let alpha = try agreement(rows, .krippendorff)
    #expect(alpha == .onlyOneAnswer)
    #expect(alpha.description.hasPrefix("On the cases that two or more answered, everybody gave"))
    #expect(try Numbers(agreement(rows, .fleiss))?.named["value"] == 1)
  }

  @Test func `an assessor whose answers all stand alone drops out with them`() throws {
    let rows: [[Int?]] = [[nil, 1, 1], [nil, 1, 2], [1, nil, nil]]
    for rows in [rows, rows.reversed()] as [[[Int?]]] {
      let answers = try #require(ComparedAnswers(rows: rows, outOf: [1, 2, 3]))
      #expect(answers.assessorCount == 3)
      #expect(answers.answeredTwice.assessorCount == 2)
      let kappa = try #require(Numbers(answers.answeredTwice.agreement(by: .cohen)))
      #expect(kappa.named["observed"] == 0.5)
      #expect(kappa.named["expected"] == 0.5)
      #expect(kappa.named["value"] == 0)
    }
  }

  @Test func `where nobody's answers meet, none are left of the cases answered twice`() throws {
    let rows: [[Int?]] = [[1, nil], [nil, 2]]
    let left = try #require(ComparedAnswers(rows: rows)).answeredTwice
    #expect(left.assessorCount == 0 && left.caseCount == 0)
    for coefficient in AgreementCoefficient.allCases {
      #expect(left.agreement(by: coefficient) == .nothingToCompare)
    }
  }

  @Test(arguments: AgreementCoefficient.allCases)
  func `one case answered twice gives a value and no interval`(
    _ coefficient: AgreementCoefficient
  ) throws {
    for rows: [[Int?]] in [[[1, 2]], [[1, 2], [nil, 1], [2, nil]]] {
      guard case .estimated(let estimate) = try agreement(rows, coefficient) else {
        Issue.record("no estimate")
        return
      }
      #expect(estimate.observed == (coefficient == .krippendorff ? 0.5 : 0))
      #expect(estimate.precision == .oneCase)
    }
  }

  @Test(arguments: AgreementCoefficient.allCases)
  func `where the cases show no spread there is no interval`(
    _ coefficient: AgreementCoefficient
  ) throws {
    for rows: [[Int?]] in [[[1, 1], [2, 2], [3, 3]], [[1, 2, 3], [1, 2, 3], [1, 2, 3]]] {
      guard case .estimated(let estimate) = try agreement(rows, coefficient) else {
        Issue.record("no estimate")
        return
      }
      #expect(estimate.precision == .noSpread)
    }
  }

  @Test func `two who always differ agree less than chance would`() throws {
    let numbers = try #require(Numbers(try agreement([[1, 2], [2, 1], [1, 2]], .cohen)))
    #expect(numbers.named["observed"] == 0)
    #expect(abs((numbers.named["value"] ?? 0) + 0.8) < 1e-12)
  }

  @Test func `every outcome is a sentence`() throws {
    let said = [
      try agreement([[1, 1], [2, 2]], .fleiss), try agreement([[1, 2]], .fleiss),
      try agreement([[1], [2]], .fleiss), try agreement([[1, 1]], .fleiss),
      try agreement(Sets.irrCAC, .cohen),
    ].map(\.description)
    #expect(
      said == [
        """
        1.000. The cases show no spread, so there is no interval. That does not make the \
        coefficient certain: other cases may differ.
        """,
        "-1.000. Only one case was answered twice, so there is no interval.",
        "No case was answered by two assessors, so there is nothing to compare.",
        """
        On the cases that two or more answered, everybody gave the same answer. Chance would \
        agree as fully there, so the coefficient is not defined. Read the percent agreement.
        """,
        "0.763. 95 % interval 0.435 to 1.000.",
      ])
  }

  @Test func `kappa is Cohen's of two and Conger's of more`() {
    #expect(AgreementCoefficient.cohen.title(ofAssessors: 2) == "Cohen’s kappa")
    #expect(AgreementCoefficient.cohen.title(ofAssessors: 3) == "Conger’s kappa")
    #expect(AgreementCoefficient.gwet.title(ofAssessors: 9) == "Gwet’s AC1")
  }
}
