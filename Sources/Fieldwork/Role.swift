/// What somebody is in one inspection, or for one provider.
public enum Role: String, CaseIterable, Comparable, Sendable {
  /// Of an inspection: plans it, allots its cases and answers for it.
  case lead
  case assessor

  /// Lent by the inspected service: never a case of their own or of their own team.
  case localAssessor = "local-assessor"
  case qualityLead = "quality-lead"
  case panelMember = "panel-member"
  case editor

  /// Of a provider: sees of an inspection only what is sent to the provider.
  case providerLead = "provider-lead"
  case providerAuditor = "provider-auditor"
  case officer

  /// The roles that somebody can have in an inspection.
  public static let ofInspections: [Role] = [
    .lead, .assessor, .localAssessor, .qualityLead, .panelMember, .editor,
  ]

  /// The roles that somebody can have for a provider.
  public static let ofProviders: [Role] = [.providerLead, .providerAuditor, .officer]

  /// Those who may be given cases.
  public static let ofAssessors: Set<Role> = [.lead, .assessor, .localAssessor]

  public var title: String {
    switch self {
    case .lead: "Lead inspector"
    case .assessor: "Assessor"
    case .localAssessor: "Local assessor"
    case .qualityLead: "Quality lead"
    case .panelMember: "Panel member"
    case .editor: "Publications editor"
    case .providerLead: "Provider lead"
    case .providerAuditor: "Provider auditor"
    case .officer: "Officer"
    }
  }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  public static func < (one: Role, other: Role) -> Bool { one.place < other.place }
}
