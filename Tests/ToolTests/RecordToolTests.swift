import Foundation
import TestKit
import Testing

/// A master key that seals nothing of anybody.
private let secret = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I="

/// What the tool refuses where records, keys and backups are concerned.
struct RecordToolTests {
  /// An inspection that is set up, as far as nothing else is said.
  private func create(
    _ name: String, in data: String, provider: String = "west-kent-pdu",
    standards: String = "pdu-2021", _ more: String...
  ) throws -> Run {
    try Run(
      [
        "inspection", "create", name, "--title", "A title", "--provider", provider,
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

  @Test func `an inspection is checked as on its page before it is set up`() throws {
    let data = try TestFolder.make().path
    let unknown = try create("new", in: data, provider: "west-kent-pdx")
    #expect(unknown.code == 1)
    #expect(unknown.errors.contains("new: a page of the site has that name; choose another"))
    #expect(unknown.errors.contains("did you mean “west-kent-pdu”?"))
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
