public import People
public import Problems

/// What is checked before an account is made, on its page and by the tool alike.
public enum NewAccount {
  /// The most characters of a name.
  public static let longestName = 200

  /// Checks what somebody gave to the tool; the page says the same beside its fields.
  ///
  /// - Parameter name: Without white space around it.
  /// - Throws: ``Problems``, all of them at once.
  public static func check(
    email text: String, name: String, password: String
  ) throws(Problems) -> EmailAddress {
    let email = EmailAddress(text)
    var problems: [Problem] = []
    if let fault = TextLimit(longestName).fault(in: name) {
      problems.append(Problem("--name", fault.what, remedy: fault.remedy))
    }
    if let fault = PasswordRule.fault(in: password, of: email) {
      problems.append(Problem("password", fault.what, remedy: fault.remedy))
    }
    guard let email else {
      let problem = Problem(text, "is no e-mail address", remedy: "write it as lead@example.org")
      throw Problems([problem] + problems) ?? Problems(problem)
    }
    try Problems.throwAny(problems)
    return email
  }
}
