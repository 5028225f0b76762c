import Fieldwork
import Foundation
import OrderedJSON
import Problems
import Providers
import Records
import RuleFiles

/// What a bundle holds once it is open: the record of an inspection as one installation has it, and
/// what another needs to work on it.
///
/// A line of JSON says what follows it: the record as ``ExportRecord`` writes it, and then files,
/// one directly behind the other.
package struct WorkBundle {
  private static let format = "plumbline-work/1"

  let inspection: InspectionID

  /// The key of the inspection, sealed for the installation that the bundle is for.
  let key: [UInt8]

  /// The people of the team, for an installation that does not know them.
  let people: [Person]
  package let record: [UInt8]

  /// Sealed, by the digests of their bytes.
  let files: [Digest: [UInt8]]

  /// Somebody of the team, without a password.
  struct Person: Hashable {
    let id: AuthorID
    let email: String
    let name: String
    let isDisabled: Bool
    let roles: [ProviderRole]
  }

  init(
    inspection: InspectionID, key: [UInt8], people: [Person], record: [UInt8],
    files: [Digest: [UInt8]]
  ) {
    self.inspection = inspection
    self.key = key
    self.people = people
    self.record = record
    self.files = files
  }

  package var bytes: [UInt8] {
    let files = files.sorted { $0.key.hexadecimal < $1.key.hexadecimal }
    let heading: JSON = [
      "format": .string(Self.format), "inspection": .string(inspection.description),
      "key": .string(Data(key).base64EncodedString()),
      "people": .array(people.map(\.json)), "record": .number(record.count),
      "files": .array(
        files.map { digest, bytes in
          ["file": .string(digest.description), "bytes": .number(bytes.count)]
        }),
    ]
    var bytes = heading.compactBytes
    bytes.reserveCapacity(
      bytes.count + 1 + record.count + files.reduce(0) { $0 + $1.value.count })
    bytes.append(UInt8(ascii: "\n"))
    bytes += record
    for file in files { bytes += file.value }
    return bytes
  }

  /// Reads what ``bytes`` wrote.
  ///
  /// - Returns: Nothing from anything else.
  package init?(_ bytes: [UInt8]) {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
      // Whatever is wrong with it, it is no heading.
      let json = try? JSON(bytes: Array(bytes[..<end])), json["format"].string == Self.format,
      let inspection = json["inspection"].string.flatMap({ InspectionID($0) }),
      let key = json["key"].string.flatMap({ Data(base64Encoded: $0) }),
      let people = json["people"].array?.map({ Person($0) }), !people.contains(nil),
      let length = json["record"].int, let list = json["files"].array
    else { return nil }
    var place = end + 1
    func next(_ length: Int) -> [UInt8]? {
      guard length >= 0, length <= bytes.count - place else { return nil }
      defer { place += length }
      return Array(bytes[place..<place + length])
    }
    guard let record = next(length) else { return nil }
    var files: [Digest: [UInt8]] = [:]
    for one in list {
      guard let digest = one["file"].string.flatMap({ Digest(text: $0) }),
        let file = one["bytes"].int.flatMap(next), Digest(of: file) == digest,
        files.updateValue(file, forKey: digest) == nil
      else { return nil }
    }
    guard place == bytes.count else { return nil }
    self.init(
      inspection: inspection, key: Array(key), people: people.compactMap(\.self), record: record,
      files: files)
  }
}

extension WorkBundle.Person {
  fileprivate var json: JSON {
    [
      "id": .string(id.description), "email": .string(email), "name": .string(name),
      "disabled": .bool(isDisabled),
      "providers": .array(
        roles.map { role in
          [
            "provider": .string(role.provider.slug), "role": .string(role.role.rawValue),
          ]
        }),
    ]
  }

  fileprivate init?(_ json: JSON) {
    guard let id = json["id"].string.flatMap({ AuthorID($0) }), let email = json["email"].string,
      let name = json["name"].string, case .bool(let isDisabled) = json["disabled"],
      let list = json["providers"].array
    else { return nil }
    var roles: [ProviderRole] = []
    for one in list {
      guard let provider = one["provider"].string.flatMap({ Provider.ID($0) }),
        let role = one["role"].string.flatMap(Role.init), Role.ofProviders.contains(role)
      else { return nil }
      roles.append(ProviderRole(provider: provider, role: role))
    }
    self.init(id: id, email: email, name: name, isDisabled: isDisabled, roles: roles)
  }
}
