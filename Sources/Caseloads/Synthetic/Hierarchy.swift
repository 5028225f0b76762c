/// Who supervises which case: clusters, their LDUs, their teams, their officers.
///
/// Cases stand in the order of the hierarchy and are cut into blocks of a hundred, so that where a
/// case belongs follows from its number alone. A block has two officers with 21 to 79 cases; the
/// last block takes up what is left over.
struct Hierarchy: Sendable {
  /// Where a case belongs.
  struct Post: Sendable {
    /// Counted through the whole caseload, each from nought.
    let cluster: Int
    let officer: Int

    /// Counted inside the cluster.
    let ldu: Int

    /// Counted inside the LDU.
    let team: Int
    let grade: Grade

    /// Whether it is the first of its officer's cases.
    let isFirst: Bool
  }

  /// The grade of an officer.
  enum Grade: String, CaseIterable, Sendable {
    case probationOfficer = "PO"
    case serviceOfficer = "PSO"
    case newlyQualified = "NQO"
    case seniorOfficer = "SPO"
  }

  private static let blockSize = 100
  private static let clusterSize = 800

  /// The most and the fewest cases of an officer, but for a list that is smaller.
  private static let load = 21...79

  private let cases: Int
  private let seed: UInt64
  private let blocks: Int
  private let clusters: Int
  private let firstGrade: UInt64

  init(cases: Int, seed: UInt64) {
    self.cases = cases
    self.seed = seed
    blocks = max(1, cases / Self.blockSize)
    clusters = max(1, (cases + Self.clusterSize / 2) / Self.clusterSize)
    firstGrade = SplitMix64.mixed(seed)
  }

  /// Where the case with a number belongs.
  func post(of number: Int) -> Post {
    let block = min(number / Self.blockSize, blocks - 1)
    let (officer, place) = officer(of: number - block * Self.blockSize, in: block)

    var cluster = block * clusters / blocks
    while block < firstBlock(of: cluster) { cluster -= 1 }
    while block >= firstBlock(of: cluster + 1) { cluster += 1 }
    let first = firstBlock(of: cluster)
    let size = firstBlock(of: cluster + 1) - first

    let ldus = max(1, (size + 1) / 3)
    let ldu = (block - first) * ldus / size
    let firstOfLDU = (ldu * size + ldus - 1) / ldus
    let sizeOfLDU = ((ldu + 1) * size + ldus - 1) / ldus - firstOfLDU
    let teams = max(1, (sizeOfLDU + 1) / 2)
    let team = (block - first - firstOfLDU) * teams / sizeOfLDU
    return Post(
      cluster: cluster, officer: 2 * block + officer, ldu: ldu, team: team,
      grade: grade(of: 2 * block + officer), isFirst: place == 0)
  }

  /// The most LDUs that a cluster has.
  static let mostLDUs = 4

  /// Clusters have about the same number of blocks, give or take one.
  private func firstBlock(of cluster: Int) -> Int {
    guard cluster > 0 else { return 0 }
    guard cluster < clusters else { return blocks }
    var chance = SplitMix64(seed: seed, number: -cluster)
    return (cluster * blocks + clusters / 2) / clusters + chance.below(3) - 1
  }

  /// Which of a block's officers has a case, and which of the officer's cases it is.
  private func officer(of place: Int, in block: Int) -> (officer: Int, place: Int) {
    let size = block == blocks - 1 ? cases - block * Self.blockSize : Self.blockSize
    if size <= Self.load.upperBound { return (0, place) }
    guard size <= 2 * (Self.load.upperBound - 9) else {
      let third = (size + 2) / 3
      return (place / third, place % third)
    }
    // Of two, the middle is likeliest: the sum of two dice.
    let fewest = max(Self.load.lowerBound, size - Self.load.upperBound)
    let spare = min(Self.load.upperBound, size - Self.load.lowerBound) - fewest
    var chance = SplitMix64(seed: seed, number: block)
    let first = fewest + chance.below(spare / 2 + 1) + chance.below(spare - spare / 2 + 1)
    return place < first ? (0, place) : (1, place - first)
  }

  /// Grades follow each other so that any run of officers has them in about the same shares.
  private func grade(of officer: Int) -> Grade {
    let spread = firstGrade &+ UInt64(officer) &* SplitMix64.golden
    return switch SplitMix64.scaled(spread, to: 100) {
    case ..<45: .probationOfficer
    case ..<85: .serviceOfficer
    case ..<95: .newlyQualified
    default: .seniorOfficer
    }
  }
}
