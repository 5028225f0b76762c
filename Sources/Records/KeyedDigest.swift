import Foundation
public import RuleFiles

extension MasterKey {
  /// A digest of a text that nobody can find by guessing who has not the key.
  public func digest(of text: String) -> Digest {
    Digest(sha256: authenticationCode(of: Data(text.utf8)))
  }
}
