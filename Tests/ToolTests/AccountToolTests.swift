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
    #expect(try Run("account", "list", "--data", data).output == "There are no accounts.\n")

    let most = String(repeating: "n", count: 200)
    #expect(try create("a@example.org", in: data, name: " \(most) ").code == 0)
    let listed = try #require(
      try Run("account", "list", "--json", "--data", data).json() as? [[String: Any]])
    #expect(listed.compactMap { $0["name"] as? String } == [most])
  }
}
