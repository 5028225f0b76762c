/// The style sheet of an audit page: what the site looks like, as far as the page has it.
enum AuditStyle {
  static let sheet: HTML = """

    :root { --ink: #0b0c0c; --quiet: #484f54; --rule: #b1b4b6; --paper: #f3f5f6; --deep: #12303f;
      --link: #1d5f8a; --focus: #ffdd00; }
    * { box-sizing: border-box; }
    html { background: var(--deep); color: var(--ink); }
    body { margin: 0; background: #fff; overflow-wrap: break-word; line-height: 1.5;
      font: 1.0625rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
    code, pre, data { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace;
      font-size: 0.9em; }
    .govuk-width-container { max-width: 1100px; margin: 0 15px; }
    @media (min-width: 640px) { .govuk-width-container { margin: 0 30px; } }
    @media (min-width: 1160px) { .govuk-width-container { margin: 0 auto; } }
    .govuk-main-wrapper { display: block; padding: 30px 0 40px; outline: 0; }
    .govuk-visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap; }

    .govuk-skip-link { position: absolute; left: 0; top: 0; padding: 10px 15px; color: var(--ink);
      background: var(--focus); z-index: 1; }
    .govuk-skip-link:not(:focus) { width: 1px; height: 1px; padding: 0; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap; }
    .masthead { background: var(--deep); color: #fff; padding: 14px 0 12px; }
    .masthead__row { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 18px; }
    .masthead__name { font-size: 1.625rem; font-weight: 700; letter-spacing: -0.02em;
      line-height: 1.2; display: inline-flex; align-items: center; gap: 10px; }
    .masthead__mark { width: 20px; height: 27px; fill: var(--focus); }
    .masthead__line { font-size: 1rem; color: #d9e4ea; }

    h1, h2, h3, p, ul, ol, dl, dd, figure, pre { margin: 0; }
    h1, h2, h3 { line-height: 1.2; letter-spacing: -0.01em; overflow-wrap: anywhere; }
    .govuk-caption-xl { display: block; color: var(--quiet); font-size: 1.25rem; }
    .govuk-heading-xl { font-size: clamp(1.75rem, 6vw, 2.75rem); margin-bottom: 20px; }
    .govuk-heading-l { font-size: 1.75rem; margin-bottom: 18px; }
    .govuk-heading-m { font-size: 1.25rem; margin: 30px 0 12px; }
    .govuk-heading-s { font-size: 1.0625rem; margin-bottom: 6px; }
    .govuk-body, .govuk-body-l, .govuk-list { max-width: 44em; margin-bottom: 18px; }
    .govuk-body-l { font-size: 1.25rem; max-width: 38em; }
    .govuk-list { list-style: none; padding: 0; }
    .govuk-list--number { list-style: decimal; padding-left: 1.5em; }
    .govuk-list--number li { margin-bottom: 8px; padding-left: 4px; }
    .govuk-link { color: var(--link); text-underline-offset: 0.12em; }
    .govuk-link:hover { color: var(--deep); text-decoration-thickness: 3px; }
    .govuk-inset-text { border-left: 8px solid var(--deep); background: var(--paper);
      padding: 15px 18px; margin: 0 0 20px; max-width: 44em; }
    .part { border-top: 3px solid var(--deep); padding-top: 20px; margin-top: 44px; }
    .contents { margin-top: 6px; }
    .contents li { margin-bottom: 4px; }

    .figures { display: grid; grid-template-columns: repeat(4, auto); justify-content: start;
      gap: 12px 48px; margin: 0 0 28px; padding: 18px 20px; background: var(--paper);
      border-left: 8px solid var(--deep); }
    .figures__name { color: var(--quiet); font-size: 1rem; }
    .figures__number { font-size: 2.125rem; font-weight: 700; line-height: 1.15;
      font-variant-numeric: tabular-nums; letter-spacing: -0.02em; }
    @media (max-width: 40em) { .figures { grid-template-columns: auto auto; gap: 10px 32px; }
      .figures__number { font-size: 1.625rem; } }

    .govuk-summary-list { max-width: 60em; }
    .govuk-summary-list__row { display: grid; grid-template-columns: minmax(9em, 30%) minmax(0, 1fr);
      gap: 0 20px; padding: 9px 0; border-bottom: 1px solid var(--rule); }
    .govuk-summary-list__key { font-weight: 700; }
    @media (max-width: 40em) { .govuk-summary-list__row { grid-template-columns: minmax(0, 1fr); } }
    .reason { display: block; color: var(--quiet); font-size: 0.9375rem; line-height: 1.4;
      font-weight: 400; max-width: 44em; }
    .absence { color: var(--quiet); font-style: italic; font-weight: 400; }
    .digest, .typed { overflow-wrap: anywhere; }
    .typed { white-space: pre-wrap; }

    .scroll { overflow-x: auto; margin: 0 0 26px; background:
      linear-gradient(to right, #fff 50%, #fff0) left / 36px calc(100% + 2px) no-repeat local,
      linear-gradient(to left, #fff 50%, #fff0) right / 36px calc(100% + 2px) no-repeat local,
      linear-gradient(to right, #12303f40, #12303f00) left / 14px 100% no-repeat scroll,
      linear-gradient(to left, #12303f40, #12303f00) right / 14px 100% no-repeat scroll; }
    .govuk-table { border-collapse: collapse; min-width: min(100%, 34em); line-height: 1.4; }
    .govuk-table__header, .govuk-table__cell { text-align: left; vertical-align: top;
      padding: 7px 26px 7px 0; border-bottom: 1px solid var(--rule); }
    .govuk-table__header:last-child, .govuk-table__cell:last-child { padding-right: 0; }
    .govuk-table__head .govuk-table__header { vertical-align: bottom;
      border-bottom: 2px solid var(--deep); }
    .govuk-table__head .govuk-table__header { white-space: nowrap; }
    .govuk-table__cell { min-width: 8em; }
    .govuk-table__cell--numeric { min-width: 0; }
    td:has(> span > data), td:has(> span > data) ~ td { white-space: nowrap; }
    .govuk-table__header--numeric, .govuk-table__cell--numeric { text-align: right;
      font-variant-numeric: tabular-nums; }
    .listing { background: var(--paper); border-left: 5px solid var(--rule); padding: 14px 16px;
      width: max-content; min-width: 100%; line-height: 1.45; }

    .govuk-details { margin-bottom: 22px; }
    .govuk-details__summary { color: var(--link); cursor: pointer; padding: 4px 0; }
    .govuk-details__summary-text { text-decoration: underline; text-underline-offset: 0.12em; }
    .govuk-details__text { border-left: 5px solid var(--rule); padding: 12px 0 1px 18px;
      margin-top: 8px; }

    .chart { display: block; overflow: visible; color: var(--deep); }
    \(PlanBars.style)\
    .key { list-style: none; padding: 0; }
    .key { display: flex; flex-wrap: wrap; gap: 6px 24px; margin-bottom: 14px; }
    .key__entry { display: inline-flex; align-items: center; gap: 8px; }
    .charts { display: grid; gap: 0 48px; align-items: start;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 400px), 1fr)); }
    .strip__ground { fill: var(--paper); }
    .strip__drawn { stroke: var(--deep); stroke-width: 2; }
    .strip__reserve { fill: #fff; stroke: #a32a18; stroke-width: 2; }

    .foot { background: var(--paper); border-top: 8px solid var(--deep); padding: 20px 0 26px; }
    .foot__text { max-width: 48em; font-size: 1rem; }

    .govuk-link:focus, .govuk-skip-link:focus, .govuk-details__summary:focus { color: var(--ink);
      background: var(--focus); outline: 3px solid transparent; text-decoration: none;
      box-shadow: 0 -2px var(--focus), 0 4px var(--ink); }
    .scroll:focus { outline: 3px solid var(--ink); box-shadow: 0 0 0 6px var(--focus); }
    .scroll:focus:not(:focus-visible) { outline: 0; box-shadow: none; }

    @media print {
      body { font-size: 10pt; }
      .masthead { background: none; color: #000; border-bottom: 2pt solid #000; }
      .masthead__line { color: #000; }
      .masthead__mark { fill: #000; }
      .govuk-skip-link, .contents { display: none; }
      .govuk-width-container { max-width: none; margin: 0; }
      .charts { grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 0 30px; }
      .scroll { overflow: visible; background: none; }
      .listing { width: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
      details::details-content { content-visibility: visible; display: block; }
      h1, h2, h3, caption, figcaption { break-after: avoid; }
      tr, .figures, .govuk-summary-list__row, .listing { break-inside: avoid; }
      thead { display: table-header-group; }
      .foot { background: none; border-top: 2pt solid #000; }
      .figures, .listing, .chart { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """
}
