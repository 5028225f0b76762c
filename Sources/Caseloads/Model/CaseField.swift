/// A field of a case in a provider's list, by the heading it has in the profile `plumbline`.
///
/// - Source: the long list of the inspectorate's sampler (method c.1); `ethnicity` and
///   `report_type` from its list of court reports (c.2); the last three for the samples of unpaid
///   work, Through the Gate and court reports.
public enum CaseField: String, CaseIterable, Sendable {
  case crn
  case pnc
  case familyName = "family_name"
  case firstNames = "first_names"
  case dateOfBirth = "date_of_birth"
  case sex
  case ethnicity
  case sentenceType = "sentence_type"
  case startedOn = "started_on"
  case endedOn = "ended_on"
  case rosh
  case cluster
  case ldu
  case team
  case officer
  case officerGrade = "officer_grade"
  case office
  case restricted
  case unpaidWorkHours = "unpaid_work_hours"
  case releasedOn = "released_on"
  case reportType = "report_type"
  case reportedOn = "reported_on"

  /// What a list cannot do without.
  static let required: [CaseField] = [.crn, .sex, .sentenceType, .startedOn, .rosh]

  /// Whose values come from a list of codes.
  static let coded: [CaseField] = [.sex, .sentenceType, .rosh, .restricted, .reportType]

  static let dates: [CaseField] = [.dateOfBirth, .startedOn, .endedOn, .releasedOn, .reportedOn]

  /// Whether what stands in it may be told: it says nothing of who a person is.
  var isTellable: Bool {
    switch self {
    case .pnc, .familyName, .firstNames, .dateOfBirth, .officer: false
    default: true
    }
  }

  /// Its place among all fields. Asked for each value of a list, so it is no search.
  var place: Int {
    switch self {
    case .crn: 0
    case .pnc: 1
    case .familyName: 2
    case .firstNames: 3
    case .dateOfBirth: 4
    case .sex: 5
    case .ethnicity: 6
    case .sentenceType: 7
    case .startedOn: 8
    case .endedOn: 9
    case .rosh: 10
    case .cluster: 11
    case .ldu: 12
    case .team: 13
    case .officer: 14
    case .officerGrade: 15
    case .office: 16
    case .restricted: 17
    case .unpaidWorkHours: 18
    case .releasedOn: 19
    case .reportType: 20
    case .reportedOn: 21
    }
  }
}
