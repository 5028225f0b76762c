public import Publications
public import Ratings
public import Standards

/// Everything that readers may see: the register, the editions, and inspections held here whose
/// ratings can be recomputed from their answers.
public struct PublicRecord: Sendable {
  public let register: Register
  public let editions: PublishedEditions

  /// Inspections with case answers, in the order of their titles.
  public let held: [HeldInspection]

  public init(register: Register, editions: PublishedEditions, held: [HeldInspection]) {
    self.register = register
    self.editions = editions
    self.held = held
  }
}

/// An inspection whose answers lie in the data folder.
public struct HeldInspection: Hashable, Sendable {
  /// The name of its folder, used in its address.
  public let id: String
  public let title: String

  /// Whether it was made up for training. Then it is in no count and no table.
  public let isTraining: Bool

  /// What a reader should know about it.
  public let about: String

  public let book: RuleBook
  public let rating: InspectionRating

  /// How many cases were answered for.
  public let cases: Int

  public init(
    id: String, title: String, isTraining: Bool, about: String, book: RuleBook,
    rating: InspectionRating, cases: Int
  ) {
    self.id = id
    self.title = title
    self.isTraining = isTraining
    self.about = about
    self.book = book
    self.rating = rating
    self.cases = cases
  }
}
