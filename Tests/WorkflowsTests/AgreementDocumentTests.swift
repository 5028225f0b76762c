import Judgements
import OrderedJSON
import Spreadsheets
import Testing
import Workflows

struct AgreementDocumentTests {
  private func comparison(_ rows: [String]) throws -> Comparison {
    let text = (["case,question,assessor,answer"] + rows).joined(separator: "\n")
    return try ComparisonFile.read(try CSVFile(bytes: Array(text.utf8), name: "t.csv"))
  }

  private func json(_ rows: [String]) throws -> JSON {
    AgreementDocument.json(try comparison(rows))
  }

  private func coefficient(_ name: String, _ answers: JSON) throws -> JSON {
    let all = try #require(answers["coefficients"].array)
    return try #require(all.first { $0["name"].string == name })
  }

  @Test func `each question and all of them have what they rest on and their coefficients`() throws
  {
    let document = try json([
      "C1,2.1,A,sufficient", "C1,2.1,B,sufficient", "C2,2.1,A,insufficient", "C2,2.1,B,sufficient",
      "C1,2.2,A,sufficient", "C1,2.2,B,",
    ])
    let questions = try #require(document["questions"].array)
    #expect(questions.map { $0["question"].string } == ["2.1", "2.2"])
    #expect(document["blank"].int == 1)
    #expect(document["all"]["cases"].int == 3)
    #expect(document["all"]["answeredTwice"].int == 2)
    #expect(document["all"]["answersGiven"].int == 5)
    #expect(questions[0]["pairs"].int == 2)
    #expect(questions[0]["agreeing"].int == 1)
    let percent = try coefficient("percent-agreement", questions[0])
    #expect(percent["value"].double == 0.5)
    #expect(percent["standardError"].double == 0.5)
    #expect(percent["interval"].array?.count == 2)
    #expect(percent["because"] == .null)
  }

  @Test func `what is not defined is null, with a sentence`() throws {
    let document = try json(["C1,2.1,A,sufficient", "C1,2.1,B,sufficient", "C1,2.2,A,sufficient"])
    let questions = try #require(document["questions"].array)
    let kappa = try coefficient("cohen", questions[0])
    #expect(kappa["value"] == .null)
    #expect(kappa["because"].string?.contains("everybody gave the same answer") == true)
    let gwet = try coefficient("gwet", questions[0])
    #expect(gwet["value"].double == 1)
    #expect(gwet["interval"] == .null)
    #expect(gwet["because"].string == "Only one case was answered twice, so there is no interval.")
    let alone = try coefficient("percent-agreement", questions[1])
    #expect(alone["because"].string?.hasPrefix("No case was answered by two") == true)
  }

  @Test func `alpha is null beside a kappa where the one other answer stands alone`() throws {
    let all = try json([
      "C1,2.1,A,sufficient", "C1,2.1,B,sufficient", "C2,2.1,A,insufficient", "C2,2.1,B,",
      "C4,2.1,A,sufficient", "C4,2.1,B,sufficient",
    ])["all"]
    #expect(try coefficient("cohen", all)["value"].double == 1)
    let alpha = try coefficient("krippendorff", all)
    #expect(alpha["value"] == .null)
    #expect(
      alpha["because"].string == """
        On the cases that two or more answered, everybody gave the same answer. Chance would agree \
        as fully there, so the coefficient is not defined. Read the percent agreement.
        """)
  }

  @Test func `an assessor with no answer left is counted no more, and nothing is without a number`()
    throws
  {
    let read = try comparison([
      "C1,2.1,A,sufficient", "C1,2.1,B,sufficient", "C2,2.1,A,sufficient",
      "C2,2.1,B,insufficient", "C3,2.1,C,sufficient",
    ])
    let all = AgreementDocument.json(read.answeredTwice)["all"]
    #expect(all["assessors"].int == 2)
    for one in try #require(all["coefficients"].array) {
      #expect(one["value"].double?.isFinite == true, "\(one["title"])")
      #expect(one["expected"].double?.isFinite == true, "\(one["title"])")
    }
    let kappa = try coefficient("cohen", all)
    #expect(kappa["title"].string == "Cohen’s kappa")
    #expect(kappa["value"].double == 0)
    #expect(AgreementDocument.json(read)["all"]["assessors"].int == 3)
  }
}
