/// The kinds of body that are inspected, each with standards of its own.
public enum ProviderKind: String, CaseIterable, Hashable, Sendable {
  /// Community rehabilitation company, 2014 to 2021.
  case crc

  /// Division of the National Probation Service, 2014 to 2021.
  case nps

  /// Probation delivery unit, from 2021.
  case pdu

  /// Probation region, from 2021.
  case region

  /// Youth justice service.
  case youth

  /// The national arrangements of HM Prison and Probation Service.
  case national

  /// The name in a sentence or a heading, for one.
  public var title: String {
    switch self {
    case .crc: "Community rehabilitation company"
    case .nps: "National Probation Service division"
    case .pdu: "Probation delivery unit"
    case .region: "Probation region"
    case .youth: "Youth justice service"
    case .national: "National arrangements"
    }
  }

  /// The name for several.
  public var plural: String {
    switch self {
    case .crc: "Community rehabilitation companies"
    case .nps: "National Probation Service divisions"
    case .pdu: "Probation delivery units"
    case .region: "Probation regions"
    case .youth: "Youth justice services"
    case .national: "National arrangements"
    }
  }

  /// The short form that the field uses.
  public var abbreviation: String {
    switch self {
    case .crc: "CRC"
    case .nps: "NPS"
    case .pdu: "PDU"
    case .region: "Region"
    case .youth: "Youth"
    case .national: "National"
    }
  }
}
