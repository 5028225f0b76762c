import Foundation
import Testing

struct AgreementToolTests {
  @Test func `agreement prints each coefficient with what it rests on`() throws {
    let answers = """
      case,assessor,answer
      C1,A,sufficient
      C1,B,sufficient
      C2,A,insufficient
      C2,B,sufficient
      C3,A,insufficient
      C3,B,insufficient

      """
    let run = try Run("agreement", "-", input: answers)
    #expect(run.code == 0)
    #expect(
      run.output.hasPrefix(
        """
        All answers: 2 of 3 pairs agree; cases answered: 3, by two or more: 3; assessors: 2
                              value  error  95 % interval
        Percent agreement     0.667  0.333  -0.768 to 1.000
        Cohen’s kappa         0.400  0.480  -1.665 to 1.000
        """), "\(run.output)")
    let refused = try Run("agreement", "-", "--answers", "yes,no", input: answers)
    #expect(refused.code == 1)
    #expect(refused.errors.split(separator: "\n").count == 6)
  }

  @Test func `a table of counts gives what irrCAC prints for tables`() throws {
    let counts = "answer,1,2,3\n1,13,0,0\n3,0,4,56\n2,0,20,7\n"
    let run = try Run("agreement", "-", "--table", "--json", input: counts)
    #expect(run.code == 0)
    let all = try #require((run.json() as? [String: Any])?["all"] as? [String: Any])
    let coefficients = try #require(all["coefficients"] as? [[String: Any]])
    let wanted = [
      ("Percent agreement", 0.89, 0.03128898), ("Cohen’s kappa", 0.7964094, 0.05891072),
      ("Gwet’s AC1", 0.8493305, 0.04321747), ("Krippendorff’s alpha", 0.7972585, 0.05905473),
    ]
    for (title, value, error) in wanted {
      let one = try #require(coefficients.first { $0["title"] as? String == title })
      #expect(abs(try #require(one["value"] as? Double) - value) < 5e-8)
      #expect(abs(try #require(one["standardError"] as? Double) - error) < 5e-9)
    }
    let text = try Run("agreement", "-", "--table", input: counts)
    #expect(text.output.contains("0.680 to 0.913"))
    #expect(text.output.contains("0.764 to 0.935"))
  }

  @Test(arguments: [
    ("answer,a,b\na,1,2\n", 1), ("answer,a,b\na,1,2\nb,1\n", 1), ("answer,a,b\na,1,x\nb,-1,2\n", 2),
    ("answer,a,b\na,0,0\nb,0,0\n", 1), ("answer,a,b\na,1,2\nc,1,2\nb,1,1\n", 1),
    ("answer,a,b\na,1,2\na,1,2\nb,1,1\n", 1), ("case,a\na,1\n", 1),
  ])
  func `a table that cannot be used is refused with everything that is wrong`(
    _ counts: String, _ problems: Int
  ) throws {
    let run = try Run("agreement", "-", "--table", input: counts)
    #expect(run.code == 1)
    #expect(run.errors.split(separator: "\n").count >= problems, "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test func `a table has no other answers than its own`() throws {
    #expect(try Run("agreement", "-", "--table", "--answers", "yes,no").code == 2)
    #expect(try Run("agreement", "-", "--table", "--answered-twice").code == 2)
  }

  @Test(arguments: ["yes", "a,a", "a,,b", "a,b,", "a, a", " , ", ""])
  func `answers that are too few, blank or named twice are wrong usage`(_ known: String) throws {
    let run = try Run("agreement", "-", "--answers", known)
    #expect(run.code == 2)
    #expect(run.output.isEmpty)
    #expect(
      run.errors.contains("--answers needs at least two, each of them once, not “\(known)”."),
      "\(run.errors)")
  }

  private let withOneWhoDropsOut = """
    case,assessor,answer
    c1,a,sufficient
    c1,b,sufficient
    c2,a,sufficient
    c2,b,insufficient
    c3,c,sufficient

    """

  @Test func `of what was answered twice, who answered none of it is no assessor`() throws {
    let whole = try Run("agreement", "-", input: withOneWhoDropsOut)
    #expect(whole.code == 0)
    #expect(whole.output.contains("assessors: 3\n") && whole.output.contains("Conger’s kappa"))
    let run = try Run("agreement", "-", "--answered-twice", input: withOneWhoDropsOut)
    #expect(run.code == 0)
    #expect(
      run.output.hasPrefix(
        "All answers: 1 of 2 pairs agree; cases answered: 2, by two or more: 2; assessors: 2\n"),
      "\(run.output)")
    #expect(run.output.contains("\nCohen’s kappa         0.000"), "\(run.output)")
    #expect(!run.output.lowercased().contains("nan"))
  }

  @Test func `in its JSON, too, every coefficient has its number`() throws {
    let run = try Run("agreement", "-", "--answered-twice", "--json", input: withOneWhoDropsOut)
    #expect(run.code == 0)
    let object = try #require(try run.json() as? [String: Any])
    let all = try #require(object["all"] as? [String: Any])
    #expect(all["assessors"] as? Int == 2)
    let coefficients = try #require(all["coefficients"] as? [[String: Any]])
    #expect(coefficients.count == 5)
    for one in coefficients {
      #expect(one["value"] as? Double != nil, "\(one)")
      #expect(one["expected"] as? Double != nil, "\(one)")
    }
  }

  @Test func `one row that is too short hides no other problem`() throws {
    let run = try Run(
      "agreement", "-", input: "case,assessor,answer\nC1,A\nC1,B,perhaps\n,C,sufficient\n")
    #expect(run.code == 1)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("standard input:2: the row is too short"))
    #expect(run.errors.contains("standard input:3: “perhaps” is not an answer"))
    #expect(run.errors.contains("standard input:4: the case is blank"))
  }
}
