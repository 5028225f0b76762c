import Foundation
public import Problems
public import Providers
public import Spreadsheets
public import Standards

extension HeldInspection {
  /// The file that says what an inspection is.
  public static let description = "inspection.json"

  /// What ``description`` holds.
  private struct Description: Decodable {
    let title: String
    let standards: String
    let training: Bool
    let about: String
    let cases: Int
  }

  /// Reads an inspection from its folder and rates it.
  ///
  /// - Parameters:
  ///   - open: Opens a file of the folder, or gives nothing where there is none.
  /// - Throws: ``Problems`` in any of its files.
  public static func load(
    id: String, editions: PublishedEditions, description bytes: [UInt8],
    open: (String) throws(Problems) -> CSVFile?
  ) throws(Problems) -> HeldInspection {
    let name = "\(id)/\(Self.description)"
    let description: Description
    do {
      description = try JSONDecoder().decode(Description.self, from: Data(bytes))
    } catch {
      throw Problems(
        Problem(
          name, "does not say what the inspection is",
          remedy: "give title, standards, training, about and cases"))
    }
    let book = try editions.edition(named: description.standards)
    var files = RatingFiles()
    for role in RatingFiles.Role.allCases {
      if let file = try open("\(role.rawValue).csv") { files.files[role] = file }
    }
    let rated = try RateInspection.rate(files, under: book)
    return HeldInspection(
      id: id, title: description.title, isTraining: description.training,
      about: description.about, book: book, rating: rated.rating, cases: description.cases)
  }
}

/// The training inspection that comes with the product: made-up answers, no real provider.
public enum TrainingInspection {
  /// The name of its folder and of its address.
  public static let id = "training"

  /// The made-up provider that training inspections are of.
  public static let provider = Provider.ID(known: "training-service")

  /// Its files by name.
  ///
  /// - Throws: ``Problems`` when the product was installed without them.
  public static func files() throws(Problems) -> [(name: String, bytes: [UInt8])] {
    let folder = Bundle.module.url(forResource: "TrainingInspection", withExtension: nil)
    do {
      guard let folder else { throw CocoaError(.fileNoSuchFile) }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      return try names.map { ($0, Array(try Data(contentsOf: folder.appendingPathComponent($0)))) }
    } catch {
      throw Problems(
        Problem("TrainingInspection", "cannot be read", remedy: "build the product anew"))
    }
  }
}
