import Foundation
import TestKit
import Testing

/// What the tool refuses where accounts and tokens are concerned.
struct AccountToolTests {
  private func create(
    _ email: String, in data: String, name: String = "Somebody",
    password: String = "three random words", _ more: String...
  ) throws -> Run {
    try Run(
      [
        "account", "create", email, "--name", name, "--password-file", "-", "--data", data,
      ] + more, input: password + "\n")
  }

  @Test func `everything that is wrong with a new account is said at once`() throws {
    let data = try TestFolder.make().path
    let bad = try create("bad", in: data, name: "", password: "short")
    #expect(bad.code == 1)
    #expect(
      bad.errors == """
        bad: is no e-mail address; write it as lead@example.org
        --name: is empty; write one
        password: has fewer than 12 characters; choose a longer one

        """)
    #expect(try create("a@example.org", in: data, name: " \t").code == 1)
    let long = try create("a@example.org", in: data, name: String(repeating: "n", count: 201))
    #expect(long.code == 1)
    #expect(long.errors == "--name: has more than 200 characters; write a shorter one\n")
    #expect(try Run("account", "list", "--data", data).code == 1, "nothing was made")

    let most = String(repeating: "n", count: 200)
    #expect(try create("a@example.org", in: data, name: " \(most) ").code == 0)
    let listed = try #require(
      try Run("account", "list", "--json", "--data", data).json() as? [[String: Any]])
    #expect(listed.compactMap { $0["name"] as? String } == [most])
  }

  @Test func `no token is made that would be of no use`() throws {
    let data = try TestFolder.make().path
    #expect(try create("a@example.org", in: data).code == 0)
    #expect(
      try Run(
        "inspection", "create", "one", "--title", "A title", "--provider", "west-kent-pdu",
        "--standards", "pdu-2021", "--data", data
      ).code == 0)
    func token(_ email: String, _ inspection: String) throws -> Run {
      try Run("account", "token", email, "--inspection", inspection, "--data", data)
    }
    let (noInspection, noAccount) = (
      "nosuch: there is no such inspection; see inspection list\n",
      "nobody@example.org: has no account; see account list\n"
    )
    for (email, inspection, errors) in [
      ("a@example.org", "nosuch", noInspection), ("nobody@example.org", "one", noAccount),
      ("nobody@example.org", "nosuch", noAccount + noInspection),
    ] {
      let refused = try token(email, inspection)
      #expect(refused.code == 1)
      #expect(refused.output.isEmpty)
      #expect(refused.errors == errors)
    }

    #expect(try Run("account", "disable", "a@example.org", "--data", data).code == 0)
    let disabled = try token("a@example.org", "one")
    #expect(disabled.code == 1)
    #expect(disabled.output.isEmpty)
    #expect(disabled.errors.contains("a@example.org: is disabled"))
    #expect(disabled.errors.contains("account enable"))
    #expect(try Run("account", "enable", "a@example.org", "--data", data).code == 0)
    #expect(try token("a@example.org", "one").output.hasPrefix("plumbt-"))
  }

  @Test func `a demo makes nothing where its lead could not see it`() throws {
    let data = try TestFolder.make().path
    #expect(try create("lead@example.org", in: data, "--administrator").code == 0)
    #expect(try create("assessor-2@example.org", in: data, "--administrator").code == 0)

    let refused = try Run("demo", "--data", data)

    #expect(refused.code == 1)
    #expect(refused.output.isEmpty)
    let what = "manages accounts here, so sees no inspection; name another data folder with --data"
    #expect(refused.errors == "lead@example.org: \(what)\nassessor-2@example.org: \(what)\n")
    for name in ["master.key", "inspections"] {
      #expect(!FileManager.default.fileExists(atPath: "\(data)/\(name)"), "\(name)")
    }
    #expect(
      try Run("account", "list", "--data", data).output.split(separator: "\n").count == 2)
  }
}
