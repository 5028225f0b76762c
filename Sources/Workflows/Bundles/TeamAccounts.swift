import Foundation
import People
import Problems
import Records

/// The accounts of a team whose work was carried here.
///
/// They have the ids that entries name, and passwords that nobody knows: whoever runs the
/// installation gives each person a new one.
extension BundleDesk {
  /// Those of the team who have no account here.
  ///
  /// - Throws: ``Problems`` when the address of one has another account here: what they do would not
  ///   be theirs.
  func newcomers(in bundle: WorkBundle) async throws -> [WorkBundle.Person] {
    var newcomers: [WorkBundle.Person] = []
    var problems: [Problem] = []
    for person in bundle.people where try await accounts.account(person.id) == nil {
      guard let email = EmailAddress(person.email) else { continue }
      if try await accounts.credentials(of: email) != nil {
        problems.append(
          Problem(
            person.email, "has another account here than where the inspection is planned",
            remedy: "import the bundle into a data folder of its own"))
      }
      newcomers.append(person)
    }
    try Problems.throwAny(problems)
    return newcomers
  }

  /// - Returns: The addresses of the accounts that were made.
  func make(_ newcomers: [WorkBundle.Person]) async throws -> [String] {
    var made: [String] = []
    for person in newcomers {
      guard let email = EmailAddress(person.email) else { continue }
      let account = Account(
        id: person.id, email: email, name: person.name, isDisabled: person.isDisabled)
      guard try await accounts.add(account, password: .ofNobody()) else { continue }
      for role in person.roles { try await accounts.set(role.role, for: role.provider, person.id) }
      made.append(person.email)
    }
    return made
  }
}
