import Fieldwork
import People
import Problems
import Records

/// The accounts of the people of a training inspection. Somebody may have their addresses already.
extension TrainingRecord {
  /// What came of setting one up.
  public enum Outcome: Sendable {
    /// It is there already, and stays as it is.
    case isThere

    /// It was set up, and accounts were made for these. The others had one, with a password that
    /// they keep.
    case setUp(withNew: [Person])
  }

  /// Checks that whoever has an address of its people already can be what they are in it.
  ///
  /// - Throws: ``Problems``, all of them at once; and what the store throws.
  public static func check(_ accounts: any AccountStore) async throws {
    var problems: [Problem] = []
    for person in people {
      guard let email = EmailAddress(person.email),
        let known = try await accounts.credentials(of: email)?.account
      else { continue }
      let isOfProvider = try await !accounts.providerRoles(of: known.id).isEmpty
      if let what = obstacle(to: person, known, isOfProvider: isOfProvider) {
        problems.append(Problem(person.email, what, remedy: "name another data folder with --data"))
      }
    }
    try Problems.throwAny(problems)
  }

  private static func obstacle(
    to person: Person, _ known: Account, isOfProvider: Bool
  ) -> String? {
    if known.isAdministrator, !person.isAdministrator {
      return "manages accounts here, so sees no inspection"
    }
    let here = person.roles.subtracting(Role.ofProviders).subtracting([.localAssessor])
    return isOfProvider && !here.isEmpty ? "is of a provider here, so sees no inspection" : nil
  }

  /// The account of somebody, which is made where there is none.
  func account(
    _ person: Person, _ password: PasswordHash
  ) async throws -> (id: AuthorID, isNew: Bool)? {
    guard let email = EmailAddress(person.email), let id = AuthorID(newID().description) else {
      return nil
    }
    let account = Account(
      id: id, email: email, name: person.name, isAdministrator: person.isAdministrator,
      isLeadInspector: person.roles.contains(.lead))
    let isNew = try await accounts.add(account, password: password)
    guard let known = try await accounts.credentials(of: email)?.account.id else { return nil }
    if let role = person.roles.first(where: { Role.ofProviders.contains($0) }) {
      try await accounts.set(role, for: TrainingInspection.provider, known)
    }
    return (known, isNew)
  }
}
