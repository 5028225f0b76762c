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
    return fieldset(name, label, hint: hint, own) {
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
    fieldset(name, label, hint: hint, mistakes.filter { $0.field == name }) {
      items(name, "checkbox", "govuk-checkboxes", " govuk-checkboxes--small", options, ticked)
    }
  }

  /// Options of which one is chosen.
  static func radios(
    _ name: String, _ label: String, options: [Option], chosen: String?,
    mistakes: [Mistake] = []
  ) -> HTML {
    fieldset(name, label, mistakes.filter { $0.field == name }) {
      items(name, "radio", "govuk-radios", "", options, Set(chosen.map { [$0] } ?? []))
    }
  }

  /// The first has the name as its id: a link to a mistake leads there.
  private static func items(
    _ name: String, _ type: String, _ block: String, _ look: String, _ options: [Option],
    _ ticked: Set<String>
  ) -> HTML {
    """
    <div class="\(block)\(look)" data-module="\(block)">
    \(options.enumerated().map { place, option in
      let id = place == 0 ? name : "\(name)-\(place + 1)"
      let checked: HTML = ticked.contains(option.value) ? " checked" : .none
      return """
        <div class="\(block)__item"><input class="\(block)__input" id="\(id)" \
        name="\(name)" type="\(type)" value="\(option.value)"\(checked)>\
        <label class="govuk-label \(block)__label" for="\(id)">\(option.text)</label></div>

        """
    })\
    </div>
    """
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

  /// What is wrong with a field, above it: ``described(_:hint:_:)`` points there.
  static func messages(_ own: [Mistake], of name: String) -> HTML {
    guard !own.isEmpty else { return .none }
    return """
      <div id="\(name)-error">\(own.map { """
        <p class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> \
        \($0.text)</p>
        """ })</div>

      """
  }

  /// The attribute that leads from a field to its hint and to what is wrong with it.
  static func described(_ name: String, hint: String? = nil, _ own: [Mistake]) -> HTML {
    var parts: [String] = []
    if hint != nil { parts.append("\(name)-hint") }
    if !own.isEmpty { parts.append("\(name)-error") }
    return parts.isEmpty ? .none : " aria-describedby=\"\(parts.joined(separator: " "))\""
  }

  /// Fields that belong together.
  ///
  /// - Parameter own: What is wrong with them.
  static func fieldset(
    _ name: String, _ label: String, hint: String? = nil, _ own: [Mistake],
    isSmall: Bool = false, _ inner: () -> HTML
  ) -> HTML {
    let size = isSmall ? " govuk-fieldset__legend--s" : ""
    return """
      <div class="govuk-form-group\(own.isEmpty ? "" : " govuk-form-group--error")">
      <fieldset class="govuk-fieldset"\(described(name, hint: hint, own))>
      <legend class="govuk-fieldset__legend\(size)">\(label)</legend>
      \(hint.map { "<div class=\"govuk-hint\" id=\"\(name)-hint\">\($0)</div>\n" as HTML })\
      \(messages(own, of: name))\
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
    let control = field(
      described(name, hint: hint, own), own.isEmpty ? "" : " \(className)--error")
    return """
      <div class="govuk-form-group\(own.isEmpty ? "" : " govuk-form-group--error")">
      <label class="govuk-label" for="\(name)">\(label)</label>
      \(hint.map { "<div class=\"govuk-hint\" id=\"\(name)-hint\">\($0)</div>\n" as HTML })\
      \(messages(own, of: name))\
      \(control)
      </div>

      """
  }
}
