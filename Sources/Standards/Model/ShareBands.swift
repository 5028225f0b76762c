public import RuleFiles
public import Statistics

/// The bands that turn a share of sufficient cases into a rating.
///
/// Half open: a band starts at its threshold and ends just below the next one. Compared exactly.
public struct ShareBands: Hashable, Sendable {
  public struct Band: Hashable, Sendable {
    public let rating: Rating

    /// The smallest share in the band.
    public let from: Percent

    /// How reports speak of such a share, such as `too few`.
    public let words: String
  }

  /// One band for each rating, lowest first; the first starts at zero.
  public let bands: [Band]
  public let provenance: Provenance

  /// The rating of a share.
  ///
  /// *It will be tempting to round here. Rounding first moves every boundary by half a point.*
  public func rating(of share: Proportion) -> Rating {
    bands.last { share.reaches($0.from) }?.rating ?? .inadequate
  }

  /// The smallest share that is rated so.
  public func threshold(of rating: Rating) -> Percent? {
    bands.first { $0.rating == rating }?.from
  }
}
