/// Something that only some may do: the one table of who may do what.
///
/// What is done to an inspection or a provider is done in a role there. The rest goes with the
/// account.
public enum Permission: String, CaseIterable, Sendable {
  // With an account.
  case ownAccount = "own account"
  case manageAccounts = "manage accounts"
  case createInspection = "create an inspection"

  // In an inspection.
  case seeInspection = "see an inspection"
  case planInspection = "plan an inspection"
  case manageTeam = "manage the team"
  case handleReturn = "receive the return"
  case drawSample = "freeze the frame and draw"
  case seeSample = "see the sample"
  case allotCases = "allot cases"
  case seeCases = "see cases"
  case requestDocuments = "request documents"
  case seeRequests = "see document requests"
  case answer = "answer questions on cases"
  case reviewCases = "review submitted cases"
  case seeProgress = "see progress and provisional ratings"
  case assureQuality = "assure quality"
  case seeEvidence = "see evidence"
  case keepEvidence = "keep evidence"
  case judgeEvidence = "judge evidence"
  case seePanel = "see what is open to the panel"
  case decidePanel = "record decisions of the panel"
  case takeRecord = "take the record"

  // For a provider.
  case seeProvider = "see a provider’s side"
  case sendDocuments = "send documents"

  /// What decides whether somebody may.
  public enum Ground: Hashable, Sendable {
    /// A complete sign-in.
    case account

    /// Being an administrator.
    case administrator

    /// Being somebody who may set up inspections.
    case leadInspector

    /// One of these roles in the inspection.
    case inspection(Set<Role>)

    /// One of these roles for the provider.
    case provider(Set<Role>)
  }

  /// - Source: product parts 114 and 115; which of the roles see what is ours.
  public var ground: Ground {
    switch self {
    case .ownAccount: .account
    case .manageAccounts: .administrator
    case .createInspection: .leadInspector
    case .seeInspection: .inspection(Set(Role.ofInspections))
    case .planInspection, .manageTeam, .handleReturn, .drawSample, .allotCases, .requestDocuments,
      .takeRecord, .judgeEvidence, .decidePanel:
      .inspection([.lead])
    case .reviewCases, .seeProgress, .assureQuality: .inspection([.lead, .qualityLead])
    // Not for who assesses: nobody is to know that one case would change a rating.
    case .seePanel: .inspection([.lead, .qualityLead, .panelMember])
    case .seeEvidence: .inspection([.lead, .assessor, .qualityLead, .panelMember])
    case .keepEvidence: .inspection([.lead, .assessor])
    case .seeSample: .inspection([.lead, .qualityLead])
    case .seeCases: .inspection(Role.ofAssessors.union([.qualityLead]))
    case .answer: .inspection(Role.ofAssessors)
    case .seeRequests: .inspection([.lead, .assessor, .qualityLead])
    case .seeProvider: .provider(Set(Role.ofProviders))
    case .sendDocuments: .provider([.providerLead])
    }
  }
}
