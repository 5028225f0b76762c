import Foundation
import TestKit
import Testing

/// A master key that seals nothing of anybody.
private let secret = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I="

/// What the tool refuses where records, keys and backups are concerned.
struct RecordToolTests {
  /// An inspection that is set up, as far as nothing else is said.
  private func create(
    _ name: String, in data: String, title: String = "A title",
    provider: String = "west-kent-pdu", standards: String = "pdu-2021", _ more: String...
  ) throws -> Run {
    try Run(
      [
        "inspection", "create", name, "--title", title, "--provider", provider,
        "--standards", standards, "--data", data,
      ] + more)
  }

  @Test(arguments: [
    ["serve", "--host", "nowhere.invalid", "--keys", secret],
    ["demo", "--keys", secret],
    [
      "serve", "--host", "nowhere.invalid", "--oidc-issuer", "https://login.example.org",
      "--oidc-client", "us", "--oidc-secret-file", secret,
    ],
    [
      "serve", "--host", "nowhere.invalid", "--certificate", "chain.pem", "--private-key", secret,
    ],
    ["account", "create", "a@example.org", "--name", "A", "--password-file", secret],
  ])
  func `a secret that is given instead of its file is not repeated`(_ command: [String]) throws {
    let data = try TestFolder.make().path
    let run = try Run(command + ["--data", data])
    #expect(run.code == 1)
    let option = try #require(command.last { $0.hasPrefix("--") })
    #expect(run.errors.contains("\(option): there is no file of the name that was given"))
    #expect(!run.errors.contains(secret))
    #expect(!run.output.contains(secret))
  }

  @Test func `another master key than the one that sealed what is there is refused`() throws {
    let data = try TestFolder.make().path
    #expect(try create("one", in: data).code == 0)
    let other = data + "/other.key"
    try secret.write(toFile: other, atomically: true, encoding: .utf8)

    for run in [
      try create("two", in: data, "--keys", other),
      try Run("serve", "--host", "nowhere.invalid", "--data", data, "--keys", other),
      try Run("bundle", "key", "--data", data, "--keys", other),
    ] {
      #expect(run.code == 1)
      #expect(run.errors.contains("was sealed with another master key; name the right one"))
      #expect(!run.errors.contains(secret))
    }
    #expect(try create("two", in: data).code == 0)

    // Nothing is left that the lost key would open.
    for name in ["one", "two"] {
      #expect(try Run("inspection", "erase", name, "--confirm", name, "--data", data).code == 0)
    }
    #expect(try create("three", in: data, "--keys", other).code == 0)
    let late = try Run("inspection", "retain", "one", "--until", "2031-01-01", "--data", data)
    #expect(late.code == 1)
    #expect(late.errors.contains("nothing can be added to it any more"))
  }

  @Test func `only somebody with an account who sees cases is made a lead`() throws {
    let data = try TestFolder.make().path
    #expect(try create("one", in: data).code == 0)
    func account(_ email: String, _ more: String...) throws -> Run {
      try Run(
        [
          "account", "create", email, "--name", "The lead inspector", "--password-file", "-",
          "--data", data,
        ] + more, input: "three random words\n")
    }
    func lead(_ inspection: String, _ email: String) throws -> Run {
      try Run("inspection", "lead", inspection, email, "--data", data)
    }
    #expect(try account("lead@example.org", "--lead-inspector").code == 0)
    #expect(try account("admin@example.org", "--administrator").code == 0)
    let both = try account("both@example.org", "--administrator", "--lead-inspector")
    #expect(both.code == 2)
    #expect(both.errors.contains("sees no cases, so leads no inspection"))

    for (inspection, email, what) in [
      ("one", "nobody@example.org", "nobody@example.org: has no account; see account list"),
      ("one", "nobody", "nobody: has no account; see account list"),
      ("one", "admin@example.org", "admin@example.org: manages accounts or is of a provider"),
      ("none", "lead@example.org", "none: there is no such inspection; see inspection list"),
    ] {
      let refused = try lead(inspection, email)
      #expect(refused.code == 1)
      #expect(refused.errors.hasPrefix(what))
    }
    let done = try lead("one", "lead@example.org")
    #expect(done.code == 0)
    #expect(done.output == "lead@example.org leads one.\n")

    let listed = try #require(
      try Run("account", "list", "--json", "--data", data).json() as? [[String: Any]])
    #expect(
      listed.compactMap { $0["email"] as? String } == ["admin@example.org", "lead@example.org"])
    #expect(listed.compactMap { $0["isAdministrator"] as? Bool } == [true, false])
    #expect(listed.compactMap { $0["isLeadInspector"] as? Bool } == [false, true])
  }

  @Test func `whoever lost the master key can give a new password all the same`() throws {
    let data = try TestFolder.make().path
    #expect(try create("one", in: data).code == 0)
    let words = "three random words\n"
    #expect(
      try Run(
        [
          "account", "create", "lead@example.org", "--name", "The lead inspector",
          "--password-file", "-", "--data", data,
        ], input: words
      ).code == 0)
    try FileManager.default.removeItem(atPath: data + "/master.key")

    let reset = try Run(
      [
        "account", "reset", "lead@example.org", "--forget-factor", "--password-file", "-",
        "--data", data,
      ], input: "other " + words)

    #expect(reset.code == 0, "\(reset.errors)")
    #expect(!FileManager.default.fileExists(atPath: data + "/master.key"))
    let sealed = try create("two", in: data)
    #expect(sealed.code == 1)
    #expect(sealed.errors.contains("is not there, and what is personal here was sealed with it"))
  }

  @Test func `what is held is told to machines as well`() throws {
    let data = try TestFolder.make().path
    #expect(try create("one", in: data, "--retain-until", "2026-01-01").code == 0)
    #expect(try create("two", in: data).code == 0)
    #expect(try Run("inspection", "erase", "two", "--confirm", "one", "--data", data).code == 2)
    #expect(try Run("inspection", "erase", "two", "--data", data).code == 0)

    let listed = try #require(
      try Run("inspection", "list", "--json", "--data", data).json() as? [[String: Any]])
    #expect(listed.compactMap { $0["inspection"] as? String } == ["one", "two"])
    #expect(listed.compactMap { $0["isKeptTooLong"] as? Bool } == [true, false])
    #expect(listed.compactMap { $0["isErased"] as? Bool } == [false, true])
    #expect(listed.compactMap { $0["revision"] as? Int } == [2, 2])

    let verified = try #require(
      try Run("record", "verify", "--json", "--data", data).json() as? [[String: Any]])
    #expect(verified.compactMap { $0["entries"] as? Int } == [2, 2])
    #expect(verified.allSatisfy { $0["fault"] is NSNull })

    let rated = try #require(
      try Run("inspection", "rate", "one", "--json", "--data", data).json() as? [String: Any])
    #expect((rated["results"] as? [Any])?.count == 9)
    #expect((rated["leftOut"] as? [Any])?.isEmpty == true)

    let export = data + "/one.jsonl"
    #expect(try Run("record", "export", "one", "--out", export, "--data", data).code == 0)
    let text = try String(contentsOfFile: export, encoding: .utf8)
    try text.replacing("2026-01-01", with: "2027-01-01")
      .write(toFile: export, atomically: true, encoding: .utf8)
    let changed = try Run("record", "verify", "--file", export, "--json")
    #expect(changed.code == 1)
    let faults = try #require(changed.json() as? [[String: Any]]).map { $0["fault"] }
    #expect((faults as? [[String: Any]])?.compactMap { $0["sequence"] as? Int } == [2])

    try String(text.dropLast(10)).write(toFile: export, atomically: true, encoding: .utf8)
    let cut = try Run("record", "verify", "--file", export)
    #expect(cut.code == 1)
    #expect(
      cut.errors == "one: entry 2 is cut off: the file ends inside it; export it anew and compare\n"
    )
    try String(text.prefix(10)).write(toFile: export, atomically: true, encoding: .utf8)
    let start = try Run("record", "verify", "--file", export)
    #expect(start.errors.hasPrefix("\(export): is no exported record"))
  }

  @Test func `an inspection is checked as on its page before it is set up`() throws {
    let data = try TestFolder.make().path
    let unknown = try create("new", in: data, provider: "west-kent-pdx")
    #expect(unknown.code == 1)
    #expect(unknown.errors.contains("new: a page of the site has that name; choose another"))
    #expect(unknown.errors.contains("did you mean “west-kent-pdu”?"))
    let wrong = try create("new", in: data, title: " ", provider: "west-kent", standards: "pdu")
    #expect(wrong.code == 1)
    for what in [
      "--title: is empty; write one", "new: a page of the site has that name",
      "west-kent: there is no provider of that name in the register",
      "--standards: there is no edition “pdu”",
    ] {
      #expect(wrong.errors.contains(what), "\(what)")
    }
    let long = try create("one", in: data, title: String(repeating: "t", count: 201))
    #expect(long.code == 1)
    #expect(long.errors == "--title: has more than 200 characters; write a shorter one\n")
    let misfit = try create("one", in: data, standards: "crc-2018")
    #expect(misfit.code == 1)
    #expect(misfit.errors.contains("crc-2018: the edition is not for probation delivery units"))

    let done = try create("one", in: data)
    #expect(done.code == 0)
    #expect(done.output.contains("inspection retain one --until"))
    let practice = try create(
      "two", in: data, provider: "training-service", "--retain-until", "2031-01-01")
    #expect(practice.code == 0)
    #expect(!practice.output.contains("retain"))
  }

  @Test func `a backup says what is not in it, and what is none leaves nothing behind`() throws {
    let folder = try TestFolder.make().path
    let (data, file, half) = (folder + "/data", folder + "/whole", folder + "/half")
    #expect(try create("one", in: data).code == 0)
    try FileManager.default.createDirectory(
      atPath: data + "/inspections", withIntermediateDirectories: false)
    let backup = try Run("backup", file, "--data", data)
    #expect(backup.code == 0)
    #expect(backup.output.contains("does not hold the inspections in \(data)/inspections"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: half))

    let torn = try Run("restore", half, "--data", folder + "/restored")

    #expect(torn.code == 1)
    #expect(torn.errors.hasPrefix("\(half): is no backup that this program made, or is damaged"))
    #expect(!FileManager.default.fileExists(atPath: folder + "/restored"))
    #expect(try Run("restore", file, "--data", folder + "/restored").code == 0)
  }
}
