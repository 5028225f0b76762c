/// Something wrong with what was asked for.
struct Mistake {
  /// The id of the field.
  let field: String

  /// What is wrong and what to do, as a sentence without its full stop.
  let text: String
}

/// The parts of a form that sends its values in the address.
enum Form {
  struct Option {
    let value: String
    let text: String
  }

  /// What is wrong, at the top of a page, each with a link to its field.
  static func summary(of mistakes: [Mistake]) -> HTML {
    guard !mistakes.isEmpty else { return .none }
    return """
      <div class="govuk-error-summary">
      <div role="alert">
      <h2 class="govuk-error-summary__title">There is a problem</h2>
      <div class="govuk-error-summary__body">
      <ul class="govuk-list govuk-error-summary__list">
      \(mistakes.map { "<li><a href=\"#\($0.field)\">\($0.text)</a></li>\n" })\
      </ul>
      </div>
      </div>
      </div>

      """
  }

  /// A field for words.
  static func text(
    _ name: String, _ label: String, value: String?, hint: String? = nil,
    type: String = "text", width: String = "", mistakes: [Mistake] = []
  ) -> HTML {
    group(name, label, hint, mistakes, "govuk-input") { described, error in
      """
      <input class="govuk-input\(error)\(width)" id="\(name)" name="\(name)" type="\(type)" \
      value="\(value ?? "")" maxlength="200" autocomplete="off"\(described)>
      """
    }
  }

  /// A choice. A value that is none of the options stays in it, so that it can be mended.
  static func choice(
    _ name: String, _ label: String, any: String?, options: [Option], value: String?,
    mistakes: [Mistake] = []
  ) -> HTML {
    var all = options
    if let any { all.insert(Option(value: "", text: any), at: 0) }
    if let value, !options.contains(where: { $0.value == value }) {
      all.append(Option(value: value, text: "\(value) (not known)"))
    }
    return group(name, label, nil, mistakes, "govuk-select") { described, error in
      """
      <select class="govuk-select\(error)" id="\(name)" name="\(name)"\(described)>\
      \(all.map { option in
        let mark: HTML = option.value == value ?? "" ? " selected" : ""
        return "<option value=\"\(option.value)\"\(mark)>\(option.text)</option>"
      })</select>
      """
    }
  }

  static func button(_ text: String) -> HTML {
    "<button type=\"submit\" class=\"govuk-button\">\(text)</button>\n"
  }

  private static func group(
    _ name: String, _ label: String, _ hint: String?, _ mistakes: [Mistake],
    _ className: String, field: (_ described: HTML, _ error: String) -> HTML
  ) -> HTML {
    let own = mistakes.filter { $0.field == name }
    var described: [String] = []
    if hint != nil { described.append("\(name)-hint") }
    if !own.isEmpty { described.append("\(name)-error") }
    let attribute: HTML =
      described.isEmpty
      ? "" : " aria-describedby=\"\(described.joined(separator: " "))\""
    let control = field(attribute, own.isEmpty ? "" : " \(className)--error")
    return """
      <div class="govuk-form-group\(own.isEmpty ? "" : " govuk-form-group--error")">
      <label class="govuk-label" for="\(name)">\(label)</label>
      \(hint.map { "<div class=\"govuk-hint\" id=\"\(name)-hint\">\($0)</div>\n" as HTML })\
      \(own.map { """
        <p class="govuk-error-message" id="\(name)-error">\
        <span class="govuk-visually-hidden">Error:</span> \($0.text)</p>

        """ })\
      \(control)
      </div>

      """
  }
}
