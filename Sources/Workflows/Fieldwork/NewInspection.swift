public import Problems
public import Providers
public import Publications
public import Records
public import Standards

/// What is checked before an inspection is set up, on its page and by the tool alike.
public enum NewInspection {
  /// The most characters of a title.
  public static let longestTitle = 200

  /// Whether a page stands in addresses where that of such an inspection would: `/fieldwork/new`.
  public static func isReserved(_ inspection: InspectionID) -> Bool {
    inspection.description == "new"
  }

  /// Whether a provider is in the register, or the one that was made up for training.
  public static func isKnown(_ provider: Provider.ID, in register: Register) -> Bool {
    provider == TrainingInspection.provider || register.provider(provider) != nil
  }

  /// The kind of a provider that an edition is not for; nothing where it is, or the provider has no
  /// kind.
  public static func misfit(
    of provider: Provider.ID, to book: RuleBook, in register: Register
  ) -> ProviderKind? {
    guard let kind = register.provider(provider)?.kind, !book.providerKinds.contains(kind) else {
      return nil
    }
    return kind
  }

  /// - Parameters:
  ///   - title: Without white space around it.
  ///   - edition: The name of one.
  /// - Returns: The edition.
  /// - Throws: ``Problems``, all of them at once.
  public static func check(
    _ inspection: InspectionID, called title: String, of provider: Provider.ID,
    under edition: String, among editions: PublishedEditions, in register: Register
  ) throws(Problems) -> RuleBook {
    var problems: [Problem] = []
    if let fault = TextLimit(longestTitle).fault(in: title) {
      problems.append(Problem("--title", fault.what, remedy: fault.remedy))
    }
    if isReserved(inspection) {
      problems.append(
        Problem(
          inspection.description, "a page of the site has that name", remedy: "choose another name")
      )
    }
    if !isKnown(provider, in: register) {
      let near = NearestName.of(provider.slug, among: register.providers.map(\.id.slug))
      problems.append(
        Problem(
          provider.slug, "there is no provider of that name in the register",
          remedy: near.map { "did you mean “\($0)”?" }
            ?? "give its name in the addresses of the site, such as west-kent-pdu"))
    }
    let book: RuleBook
    do {
      book = try editions.edition(named: edition)
    } catch {
      throw Problems(problems + error.list) ?? error
    }
    if let kind = misfit(of: provider, to: book, in: register) {
      problems.append(
        Problem(
          book.id.text, "the edition is not for \(kind.plural.lowercased())",
          remedy: "choose another; see standards list"))
    }
    try Problems.throwAny(problems)
    return book
  }
}
