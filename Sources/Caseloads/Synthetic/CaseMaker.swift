import Calendars

/// Makes each case of a caseload from its place in the list alone.
struct CaseMaker: Sendable {
  /// A letter and six digits.
  static let mostCRNs = 26_000_000

  private static let serials = 10_000_000

  /// How many days before the list the first orders began.
  private static let window = 540

  /// Days that have passed on the eighteenth birthday, at most.
  private static let adult = 6_575

  /// The list's oldest people are 75: this many days older than the youngest.
  private static let ages = 20_800

  private let listDay: Int
  private let listYear: Int
  private let hierarchy: Hierarchy
  private let strata: Strata
  private let order: Permutation
  private let pncs: Permutation
  private let names: Permutation
  private let peopleSeed: UInt64
  private let ordersSeed: UInt64
  private let returnsSeed: UInt64

  init(cases: Int, seed: UInt64, listDate: Day) {
    var seeds = SplitMix64(seed: seed)
    listDay = listDate.number
    listYear = listDate.year
    hierarchy = Hierarchy(cases: cases, seed: seeds.next())
    strata = Strata(seed: seeds.next())
    order = Permutation(of: cases, seed: seeds.next())
    pncs = Permutation(of: Self.mostCRNs, seed: seeds.next())
    names = Permutation(of: InventedNames.people, seed: seeds.next())
    peopleSeed = seeds.next()
    ordersSeed = seeds.next()
    returnsSeed = seeds.next()
  }

  /// The case at a place in the list: of a person who was not in it before, or else a further one.
  func row(at place: Int) -> SyntheticCase {
    var chance = SplitMix64(seed: returnsSeed, number: place)
    guard isReturn(&chance, place) else { return firstCase(at: place) }
    var first = chance.below(place)
    while isReturn(first) { first -= 1 }

    var person = firstCase(at: first).person
    let post = self.post(at: place)
    let startedOn = person.startedOn + 1 + chance.below(listDay - person.startedOn)
    let order = self.order(at: place, post: post, startedOn: startedOn)
    // A further case is told by the CRN, by the PNC, or by name and date of birth alone.
    switch chance.below(3) {
    case 1 where person.hasPNC:
      return SyntheticCase(crn: place, person: person, order: order)
    case 2 where person.hasBirth && !person.isRestricted:
      person.hasPNC = false
      return SyntheticCase(crn: place, person: person, order: order)
    default:
      return SyntheticCase(crn: first, person: person, order: order)
    }
  }

  /// Whether a person who stands further up comes back at a place: one row in forty.
  func isReturn(_ place: Int) -> Bool {
    var chance = SplitMix64(seed: returnsSeed, number: place)
    return isReturn(&chance, place)
  }

  private func isReturn(_ chance: inout SplitMix64, _ place: Int) -> Bool {
    chance.below(40) == 0 && place > 0
  }

  /// The case that a new person has at a place.
  func firstCase(at place: Int) -> SyntheticCase {
    let post = self.post(at: place)
    let person = self.person(at: place, sex: post.stratum.sex)
    return SyntheticCase(
      crn: place, person: person,
      order: order(at: place, post: post, startedOn: person.startedOn))
  }

  private func post(at place: Int) -> (post: Hierarchy.Post, stratum: Strata.Stratum) {
    let number = order[place]
    let post = hierarchy.post(of: number)
    return (post, strata.stratum(of: number, in: post.grade))
  }

  private func person(at place: Int, sex: UInt8) -> SyntheticPerson {
    var chance = SplitMix64(seed: peopleSeed, number: place)
    let startedOn = listDay - 1 - chance.below(Self.window)
    let age = Self.adult + min(chance.below(Self.ages), chance.below(Self.ages))
    let bornOn = startedOn - age
    let (third, serial) = pncs[place].quotientAndRemainder(dividingBy: Self.serials)
    // About the year of birth. Three people share a serial, so their years differ by three.
    let latest = min(1_914 + bornOn * 10_000 / 3_652_425 + chance.below(16), listYear)
    let (first, family) = names[place].quotientAndRemainder(dividingBy: InventedNames.families)
    return SyntheticPerson(
      crn: place, pnc: (latest - (latest - third) % 3, serial), family: family, first: first,
      second: chance.below(10) < 3 ? chance.below(InventedNames.firstNames) : nil, bornOn: bornOn,
      sex: sex, ethnicity: Words.ethnicities.draw(&chance), startedOn: startedOn,
      isRestricted: chance.below(100) == 0, hasPNC: chance.below(100) >= 3,
      hasBirth: chance.below(200) > 0)
  }

  private func order(
    at place: Int, post: (post: Hierarchy.Post, stratum: Strata.Stratum), startedOn: Int
  ) -> SyntheticOrder {
    var chance = SplitMix64(seed: ordersSeed, number: place)
    let (post, stratum) = post
    let sentences = stratum.isCommunity ? Words.community : Words.afterCustody
    let sentence = sentences.draw(&chance)
    let rosh = stratum.isLow ? Words.low : Words.higher.draw(&chance)
    let endedOn =
      chance.below(25) == 0 ? startedOn + chance.below(listDay - startedOn + 1) : nil
    let saysNotEnded = chance.below(4) > 0
    let hours =
      stratum.isCommunity && sentence != Words.youth && chance.below(100) < 35
      ? 20 + 10 * chance.below(29) : nil
    let releasedOn: Int? =
      switch sentence {
      case Words.licence where chance.below(10) > 0: startedOn
      case Words.postSentence where chance.below(10) > 0: startedOn - 30 - chance.below(330)
      default: nil
      }
    let hasReport = stratum.isCommunity && chance.below(100) < 40
    return SyntheticOrder(
      post: post, hasOfficer: !post.isFirst || chance.below(4) > 0, sentence: sentence,
      startedOn: startedOn, endedOn: endedOn, saysNotEnded: saysNotEnded, rosh: rosh,
      unpaidWorkHours: hours, releasedOn: releasedOn,
      report: hasReport
        ? (Words.reports.draw(&chance), startedOn - chance.below(29)) : nil)
  }
}

/// The codes that may come up, by their numbers.
private enum Words {
  static let low = RiskOfSeriousHarm.low.number
  static let youth = SentenceType.youthRehabilitationOrder.number
  static let licence = SentenceType.licence.number
  static let postSentence = SentenceType.postSentenceSupervision.number

  static let higher = numbers([
    (RiskOfSeriousHarm.medium, 800), (.high, 180), (.veryHigh, 20),
  ])
  static let community = numbers([
    (SentenceType.communityOrder, 700), (.suspendedSentenceOrder, 285),
    (.youthRehabilitationOrder, 15),
  ])
  static let afterCustody = numbers([
    (SentenceType.licence, 720), (.postSentenceSupervision, 250), (.supervisionDefaultOrder, 30),
  ])
  static let reports = numbers([(ReportType.fast, 60), (.standard, 25), (.oral, 15)])
  static let ethnicities = Lottery<Int?>(
    Ethnicity.weights.indices.map { ($0, Ethnicity.weights[$0]) } + [(nil, 20)])

  private static func numbers<Code: CaseCode>(_ weighted: [(Code, Int)]) -> Lottery<UInt8> {
    Lottery(weighted.map { ($0.0.number, $0.1) })
  }
}
