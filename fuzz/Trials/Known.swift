import Calendars
import Caseloads
import Problems
import Samples
import Standards

/// What trials need that does not come from their bytes.
struct Known: Sendable {
  let profile: Profile
  let ndelius: Profile
  let plan: SamplingPlan
  let editions: PublishedEditions

  /// Twelve cases; those of people with several orders are the first six.
  let list: CaseList

  static func load() throws(BrokenPromise) -> Known {
    try known.get()
  }

  private static let known = Result { () throws(BrokenPromise) in try Known() }

  private init() throws(BrokenPromise) {
    do {
      profile = try Profile.load("plumbline")
      ndelius = try Profile.load("ndelius-2020")
      plan = try SamplingPlan.load("probation")
      editions = try PublishedEditions.load()
      list = try CaseList.read(
        try CaseFile(bytes: Array(Self.cases.utf8), name: "list.csv", profile: profile),
        profile: profile, listedOn: Day(2026, 5, 4))
    } catch {
      throw BrokenPromise("what trials need is not there: \(error)")
    }
  }

  private static let cases = """
    crn,pnc,family_name,first_names,date_of_birth,sex,ethnicity,sentence_type,started_on,rosh,\
    cluster,ldu,officer,unpaid_work_hours,released_on,report_type,reported_on
    X100001,2001/0000001A,Tamo,Ilu,1980-02-03,male,W1,community-order,2026-01-15,medium,N,Hill,O1,80,,fast,2026-01-10
    X100001,2001/0000001A,Tamo,Ilu,1980-02-03,male,W1,suspended-sentence-order,2026-02-15,low,N,Hill,O1,,,fast,2026-01-12
    X100002,2001/0000002A,Sero,Ana,1981-02-03,female,B1,licence,2026-01-16,high,N,Dale,O2,,2026-01-16,,
    X100003,2001/0000002A,Sero,Ann,1981-02-03,female,B1,community-order,2026-01-17,low,N,Dale,O2,40,,oral,2026-01-02
    X100004,,Miro,Ola,1990-12-31,male,A1,community-order,2026-02-01,medium,S,Moor,O3,39,,standard,2026-01-31
    X100005,,Miro,Ola,1990-12-31,male,A1,licence,2026-02-02,low,S,Moor,O3,,2026-02-02,,
    X100006,,Kesa,Bo,1970-01-01,male,,community-order,2026-02-03,,S,Moor,,100,,,
    X100007,,Kesb,Bo,1971-01-01,other,,licence,2026-02-04,very-high,S,Fen,O4,,2026-02-04,,
    X100008,,Kesc,Bo,1972-01-01,male,M1,licence,2026-02-05,medium,S,Fen,O4,,2026-02-05,,
    X100009,,Kesd,Bo,1973-01-01,female,M1,community-order,2026-02-06,low,S,Fen,O4,60,,fast,2026-02-01
    X100010,,Kese,Bo,1974-01-01,male,M1,custody,2026-02-07,low,,,O5,,2026-03-01,standard,2026-02-01
    X100011,,Kesf,Bo,1975-01-01,male,M1,community-order,2026-02-08,high,N,Hill,O6,0,,fast,2026-02-02

    """
}

/// A number that some bytes give, the same each time: what a trial chooses by.
///
/// - Source: FNV-1a, 64 bits.
func choice(_ bytes: [UInt8], of count: Int) -> Int {
  let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  return Int((hash >> 24) % UInt64(count))
}
