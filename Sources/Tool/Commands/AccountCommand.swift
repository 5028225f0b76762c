import ArgumentParser
import Foundation
import People
import Problems
import Records
import Storage
import Workflows

struct AccountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account",
    abstract: "Makes accounts and lists them.",
    subcommands: [Create.self, List.self, Disable.self, Enable.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes an account.",
      discussion: """
        The password is asked for, or read from the first line of --password-file. It never \
        stands on the command line, where others could see it.
        """)

    @Argument(help: "The e-mail address.") var email: String
    @Option(help: "How people call them.") var name: String
    @Flag(help: "Manages accounts, and sees no cases.") var administrator = false
    @Option(help: "A file with the password; - for standard input.") var passwordFile: String?
    @OptionGroup var store: StoreOptions

    func run() async throws {
      guard let email = EmailAddress(email) else {
        throw Refusal("\(self.email): is no e-mail address; write it as lead@example.org")
      }
      let password = try password()
      if let fault = PasswordRule.fault(in: password, of: email) {
        throw Refusal("The password \(fault.sentence)")
      }
      let open = try store.open()
      defer { open.close() }
      var chance = SystemRandomNumberGenerator()
      let id = EntryID(at: Composition.instant(), using: &chance)
      guard let id = AuthorID(id.description) else { return }
      let salt = Data((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &chance) })
      let account = Account(
        id: id, email: email, name: name, isAdministrator: administrator)
      guard
        try await open.accounts.add(account, password: PasswordHash(password, salt: salt))
      else { throw Refusal("\(email): has an account already; see account list") }
      print("\(email) has an account: \(id).")
    }

    private func password() throws -> String {
      if let passwordFile {
        let text = try Composition.text(ofFileAt: passwordFile)
        return text.split(separator: "\n", omittingEmptySubsequences: false).first.map {
          String($0.hasSuffix("\r") ? $0.dropLast() : $0)
        } ?? ""
      }
      guard isatty(STDIN_FILENO) == 1, let typed = getpass("Password: ") else {
        throw ValidationError("Give the password in --password-file, or - for standard input.")
      }
      return String(cString: typed)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the accounts.")

    @OptionGroup var store: StoreOptions

    func run() async throws {
      let open = try store.openReading()
      defer { open.close() }
      let accounts = try await open.accounts.accounts()
      if accounts.isEmpty { print("There are no accounts.") }
      let rows = accounts.map { account in
        [
          account.email.description, account.id.description,
          account.isAdministrator ? "administrator" : "",
          account.isDisabled ? "disabled" : "", account.name,
        ]
      }
      if !rows.isEmpty { print(Output.table(rows)) }
    }
  }

  struct Disable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Keeps somebody from signing in, and ends their sessions.")

    @Argument(help: "The e-mail address.") var email: String
    @OptionGroup var store: StoreOptions

    func run() async throws { try await AccountCommand.set(true, email, store) }
  }

  struct Enable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lets somebody sign in again.")

    @Argument(help: "The e-mail address.") var email: String
    @OptionGroup var store: StoreOptions

    func run() async throws { try await AccountCommand.set(false, email, store) }
  }

  private static func set(_ isDisabled: Bool, _ email: String, _ store: StoreOptions) async throws {
    let open = try store.open()
    defer { open.close() }
    let accounts = try await open.accounts.accounts()
    guard let account = accounts.first(where: { $0.email == EmailAddress(email) }) else {
      throw Refusal("\(email): has no account; see account list")
    }
    try await open.accounts.setDisabled(isDisabled, account.id)
    print("\(account.email) \(isDisabled ? "cannot sign in any more" : "can sign in again").")
  }
}

extension PasswordRule.Fault {
  /// The rest of a sentence that starts with the password, and what to do.
  fileprivate var sentence: String {
    switch self {
    case .tooShort:
      "has fewer than \(PasswordRule.shortest) characters; three random words are a good one."
    case .tooLong: "has more than \(PasswordRule.longest) bytes; choose a shorter one."
    case .tooPlain: "has fewer than five different characters; choose another."
    case .holdsTheAddress: "holds the e-mail address; choose another."
    }
  }
}
