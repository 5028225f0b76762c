public import Caseloads

/// A case as a draw sees it: no name, no date of birth.
public struct SampleCase: Hashable, Sendable {
  /// No two cases of a draw have the same.
  public let crn: CRN

  private let rowNumber: UInt32
  private let stratumNumber: UInt8
  private let placeNumber: UInt32
  private let officerNumber: UInt32

  /// Its place among the rows of the list that were accepted.
  public var row: Int { Int(rowNumber) }

  /// The place of its stratum in the plan.
  public var stratum: Int { Int(stratumNumber) }

  /// Where it is held, by place in the list of places.
  public var place: Int { Int(placeNumber) }

  /// Who supervises it, by number; zero where not recorded, and then no cap holds.
  public var officer: Int { Int(officerNumber) }

  /// - Precondition: There are fewer than 255 strata and 2³² of everything else.
  public init(crn: CRN, row: Int, stratum: Int, place: Int, officer: Int) {
    self.crn = crn
    rowNumber = UInt32(row)
    stratumNumber = UInt8(stratum)
    placeNumber = UInt32(place)
    officerNumber = UInt32(officer)
  }
}
