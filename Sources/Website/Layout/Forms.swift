/// Something wrong with what was asked for.
struct Mistake {
  /// The id of the field.
  let field: String

  /// What is wrong and what to do, as a sentence without its full stop.
  let text: String
}

/// The parts of a form.
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
    type: String = "text", width: String = "", autocomplete: String = "off",
    mistakes: [Mistake] = []
  ) -> HTML {
    group(name, label, hint, mistakes, "govuk-input") { described, error in
      """
      <input class="govuk-input\(error)\(width)" id="\(name)" name="\(name)" type="\(type)" \
      value="\(value ?? "")" maxlength="\(type == "password" ? 1_000 : 200)" \
      autocomplete="\(autocomplete)"\(described)>
      """
    }
  }

  /// A field for several lines.
  static func lines(
    _ name: String, _ label: String, value: String?, hint: String? = nil, rows: Int = 4,
    most: Int = 4_000, mistakes: [Mistake] = []
  ) -> HTML {
    group(name, label, hint, mistakes, "govuk-textarea") { described, error in
      """
      <textarea class="govuk-textarea\(error)" id="\(name)" name="\(name)" rows="\(rows)" \
      maxlength="\(most)"\(described)>\(value ?? "")</textarea>
      """
    }
  }

  /// A file to choose.
  static func file(
    _ name: String, _ label: String, hint: String? = nil, accept: String = "",
    mistakes: [Mistake] = []
  ) -> HTML {
    group(name, label, hint, mistakes, "govuk-file-upload") { described, error in
      """
      <input class="govuk-file-upload\(error)" id="\(name)" name="\(name)" type="file" \
      accept="\(accept)"\(described)>
      """
    }
  }

  /// A day in three fields, `name-day`, `name-month` and `name-year`.
  static func day(
    _ name: String, _ label: String, form: SubmittedForm, hint: String? = nil,
    mistakes: [Mistake] = []
  ) -> HTML {
    let own = mistakes.filter { $0.field == "\(name)-day" }
    let parts = [("day", "Day", "2"), ("month", "Month", "2"), ("year", "Year", "4")]
    return fieldset(name, label, hint, own) {
      """
      <div class="govuk-date-input" id="\(name)">
      \(parts.map { part, title, width in
        """
        <div class="govuk-date-input__item"><div class="govuk-form-group">\
        <label class="govuk-label govuk-date-input__label" for="\(name)-\(part)">\(title)</label>\
        <input class="govuk-input govuk-date-input__input govuk-input--width-\(width)\
        \(own.isEmpty ? "" : " govuk-input--error")" id="\(name)-\(part)" name="\(name)-\(part)" \
        type="text" inputmode="numeric" maxlength="4" value="\(form.typed("\(name)-\(part)"))">\
        </div></div>

        """
      })\
      </div>
      """
    }
  }

  /// Boxes of which any number can be ticked.
  static func boxes(
    _ name: String, _ label: String, options: [Option], ticked: Set<String>, hint: String? = nil,
    mistakes: [Mistake] = []
  ) -> HTML {
    fieldset(name, label, hint, mistakes.filter { $0.field == name }) {
      """
      <div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes">
      \(options.enumerated().map { place, option in
        let id = place == 0 ? name : "\(name)-\(place + 1)"
        return """
          <div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="\(id)" \
          name="\(name)" type="checkbox" value="\(option.value)"\
          \(ticked.contains(option.value) ? " checked" : "")>\
          <label class="govuk-label govuk-checkboxes__label" for="\(id)">\(option.text)</label></div>

          """
      })\
      </div>
      """
    }
  }

  static func hidden(_ name: String, _ value: String) -> HTML {
    "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
  }

  /// A form that changes something.
  ///
  /// - Parameter files: Whether it has a file to choose.
  static func post(
    to address: String, token: String, files: Bool = false, _ fields: HTML
  ) -> HTML {
    let type: HTML? = files ? " enctype=\"multipart/form-data\"" : nil
    return """
      <form method="post" action="\(address)"\(type) novalidate>\(hidden("token", token))
      \(fields)</form>

      """
  }

  private static func fieldset(
    _ name: String, _ label: String, _ hint: String?, _ own: [Mistake], _ inner: () -> HTML
  ) -> HTML {
    var described: [String] = []
    if hint != nil { described.append("\(name)-hint") }
    if !own.isEmpty { described.append("\(name)-error") }
    let attribute: HTML =
      described.isEmpty ? "" : " aria-describedby=\"\(described.joined(separator: " "))\""
    return """
      <div class="govuk-form-group\(own.isEmpty ? "" : " govuk-form-group--error")">
      <fieldset class="govuk-fieldset"\(attribute)>
      <legend class="govuk-fieldset__legend">\(label)</legend>
      \(hint.map { "<div class=\"govuk-hint\" id=\"\(name)-hint\">\($0)</div>\n" as HTML })\
      \(own.map { """
        <p class="govuk-error-message" id="\(name)-error">\
        <span class="govuk-visually-hidden">Error:</span> \($0.text)</p>

        """ })\
      \(inner())
      </fieldset>
      </div>

      """
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
