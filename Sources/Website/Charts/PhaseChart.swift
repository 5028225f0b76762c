import Calendars
import Fieldwork

/// The phases of a project plan as bars over time, with today marked.
struct PhaseChart {
  private let plan: PlanFacts
  private let today: Day

  init(_ plan: PlanFacts, today: Day) {
    self.plan = plan
    self.today = today
  }

  private var first: Day { plan.phases.map(\.first).min() ?? plan.publication }
  private var last: Day { max(plan.phases.map(\.last).max() ?? plan.publication, plan.publication) }

  /// The place of a day’s start along the chart, from zero to one.
  private func place(_ number: Int) -> Double {
    Double(number - first.number) / Double(max(1, last.number + 1 - first.number))
  }

  var html: HTML {
    """
    <figure class="bars phases">
    <figcaption class="bars__title">Phases around publication on \(plan.publication.words)\
    </figcaption>
    <ul class="bars__list">
    \(plan.phases.map(row))</ul>
    </figure>

    """
  }

  private func row(_ phase: PlanFacts.Phase) -> HTML {
    let isNow = phase.first <= today && today <= phase.last
    let days: HTML =
      phase.first == phase.last
      ? "\(phase.first.words)" : "\(phase.first.words) to \(phase.last.words)"
    let now: HTML? = isNow ? " <strong class=\"govuk-tag govuk-tag--blue\">Now</strong>" : nil
    let mark: HTML? =
      first <= today && today <= last
      ? """
      <line class="bars__mark" x1="\(Chart.percent(place(today.number)))" \
      x2="\(Chart.percent(place(today.number)))" y1="0" y2="20"/>
      """ : nil
    return """
      <li class="bars__row"><span class="bars__name">\(phase.title)\(now)</span>
      <span class="bars__value">\(days)</span>
      <svg class="chart bars__bar" width="100%" height="20" aria-hidden="true" \
      focusable="false"><rect class="phases__all" x="0" y="9" width="100%" height="2"/>\
      \(Chart.box(
        from: place(phase.first.number), to: place(phase.last.number + 1), y: 5, height: 10,
        fill: "currentColor", className: "bars__achieved"))\(mark)</svg></li>

      """
  }
}
