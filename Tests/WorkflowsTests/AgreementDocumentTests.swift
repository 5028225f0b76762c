import Judgements
import OrderedJSON
import Spreadsheets
import Testing
import Workflows

struct AgreementDocumentTests {
  private func json(_ rows: [String]) throws -> JSON {
    let text = (["case,question,assessor,answer"] + rows).joined(separator: "\n")
    let file = try CSVFile(bytes: Array(text.utf8), name: "t.csv")
    return AgreementDocument.json(try ComparisonFile.read(file))
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
    #expect(kappa["because"].string?.hasPrefix("Everybody gave the same answer") == true)
    let gwet = try coefficient("gwet", questions[0])
    #expect(gwet["value"].double == 1)
    #expect(gwet["interval"] == .null)
    #expect(gwet["because"].string == "Only one case was answered twice, so there is no interval.")
    let alone = try coefficient("percent-agreement", questions[1])
    #expect(alone["because"].string?.hasPrefix("No case was answered by two") == true)
  }
}
