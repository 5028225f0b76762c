import ArgumentParser
import Calendars
import Foundation
import OrderedJSON
import People
import Problems
import Records
import Storage
import Workflows

struct AccountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account",
    abstract: "Makes accounts and lists them.",
    subcommands: [Create.self, List.self, Disable.self, Enable.self, Token.self, Reset.self])

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
    @Flag(help: "Sets up inspections, and leads those.") var leadInspector = false
    @Option(help: "A file with the password; - for standard input.") var passwordFile: String?
    @OptionGroup var store: StoreOptions

    func validate() throws {
      if administrator, leadInspector {
        throw ValidationError("Who manages accounts sees no cases, so leads no inspection.")
      }
    }

    func run() async throws {
      let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
      let password = try AccountCommand.password(in: passwordFile)
      let email = try NewAccount.check(email: email, name: name, password: password)
      let open = try store.open()
      defer { open.close() }
      guard let id = AuthorID(Composition.newID().description) else { return }
      let account = Account(
        id: id, email: email, name: name, isAdministrator: administrator,
        isLeadInspector: leadInspector)
      guard
        try await open.accounts.add(account, password: Composition.hash(password))
      else { throw Refusal("\(email): has an account already; see account list") }
      print("\(email) has an account: \(id).")
    }

  }

  /// The password in a file or as it is typed; it never stands on the command line.
  private static func password(in passwordFile: String?) throws -> String {
    if let passwordFile {
      let text = try Composition.secret(inFileAt: passwordFile, option: "--password-file")
      return text.split(separator: "\n", omittingEmptySubsequences: false).first.map {
        String($0.hasSuffix("\r") ? $0.dropLast() : $0)
      } ?? ""
    }
    guard isatty(STDIN_FILENO) == 1, let typed = getpass("Password: ") else {
      throw ValidationError("Give the password in --password-file, or - for standard input.")
    }
    return String(cString: typed)
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the accounts.")

    @Flag(help: "As JSON.") var json = false
    @OptionGroup var store: StoreOptions

    func run() async throws {
      let open = try store.openReading()
      defer { open.close() }
      let accounts = try await open.accounts.accounts()
      if json { return Output.write(StoreDocument.json(accounts).bytes) }
      if accounts.isEmpty { print("There are no accounts.") }
      let rows = accounts.map { account in
        [
          account.email.description, account.id.description,
          account.isAdministrator
            ? "administrator" : account.isLeadInspector ? "lead inspector" : "",
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

  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Gives somebody a new password, and ends their sessions and tokens.")

    @Argument(help: "The e-mail address.") var email: String
    @Option(help: "A file with the password; - for standard input.") var passwordFile: String?
    @Flag(help: "Forget the second factor as well.") var forgetFactor = false
    @OptionGroup var store: StoreOptions

    func run() async throws {
      let password = try AccountCommand.password(in: passwordFile)
      let open = try store.open()
      defer { open.close() }
      guard let email = EmailAddress(email),
        let account = try await open.accounts.credentials(of: email)?.account
      else { throw Refusal("\(email): has no account; see account list") }
      if let fault = PasswordRule.fault(in: password, of: email) {
        throw Refusal("The password \(fault.sentence).")
      }
      // Nothing is sealed or opened, so that whoever lost the master key can do this.
      try await Composition.signIn(open.accounts, MasterKey.make().key).reset(
        account.id, to: password, forgetsFactor: forgetFactor)
      print("\(email) has a new password.")
    }
  }

  struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes a token with which a program does things in somebody’s name.",
      discussion: "It is printed once. What is kept is its digest.")

    @Argument(help: "The e-mail address.") var email: String
    @Option(help: "The one inspection that it is for.") var inspection: InspectionID
    @Option(help: "For how many days, up to 366.") var days = 30
    @Option(help: "What its holder calls it.") var title = "Made with the tool"
    @OptionGroup var store: StoreOptions

    func validate() throws {
      guard (1...366).contains(days) else {
        throw ValidationError("--days takes a number from 1 to 366.")
      }
      guard (1...100).contains(title.count) else {
        throw ValidationError("--title has 1 to 100 characters.")
      }
    }

    func run() async throws {
      let open = try store.open()
      defer { open.close() }
      let account = try await holder(in: open)
      var chance = SystemRandomNumberGenerator()
      let secret = HeldSecret(.token, using: &chance)
      let token = AccessToken(
        id: Composition.newID(), account: account.id, title: title, inspection: inspection,
        permissions: Set(AccessToken.allowed),
        expiresAt: Composition.instant().adding(seconds: days * 86_400))
      try await open.accounts.add(token, secret.digest(.token))
      print(secret.text)
    }

    /// Whose token it is to be, once that account and the inspection are there.
    private func holder(in open: Store) async throws -> Account {
      var problems: [Problem] = []
      if try await open.records.revision(of: inspection) == 0 {
        problems.append(
          Problem(
            inspection.description, "there is no such inspection", remedy: "see inspection list"))
      }
      var account: Account?
      if let email = EmailAddress(email) {
        account = try await open.accounts.credentials(of: email)?.account
      }
      if account?.isDisabled == true {
        problems.append(
          Problem(
            email, "is disabled, so a token would be of no use",
            remedy: "let them sign in again first, with account enable"))
      }
      guard let account else {
        let problem = Problem(email, "has no account", remedy: "see account list")
        throw Problems([problem] + problems) ?? Problems(problem)
      }
      try Problems.throwAny(problems)
      return account
    }
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
