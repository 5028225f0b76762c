// The Node twin: template literals, one process a core. Pages are rendered for every request from
// data held in memory.
//
// usage: node node_app.mjs FACTS PORT

import cluster from "node:cluster";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const [, , source, port] = process.argv;
const processes = 2;

if (cluster.isPrimary) {
  for (let count = 0; count < processes; count += 1) cluster.fork();
} else {
  serve();
}

function serve() {
  const { pages, fixed, shapes, headers } = JSON.parse(readFileSync(source, "utf8"));
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  const special = /[&<>"']/;

  function escape(text) {
    return special.test(text) ? text.replace(/[&<>"']/g, (sign) => entities[sign]) : text;
  }

  function each(list, render) {
    let html = "";
    for (const one of list) html += render(one);
    return html;
  }

  function part(p) {
    const text = escape(p.text);
    switch (p.is) {
      case "text":
        return text;
      case "link":
        return `<a class="govuk-link" href="${escape(p.to)}">${text}</a>`;
      case "rating":
        return `<strong class="rating rating--${escape(p.grade)}"><svg class="rating__shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes[p.grade]}</svg>${text}</strong>`;
      case "change":
        return `<span class="change change--${escape(p.way)}"><svg class="change__arrow" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes[p.way]}</svg>${text}</span>`;
      case "place":
        return `<strong>${text}${p.equal ? '<span aria-hidden="true">=</span><span class="govuk-visually-hidden"> equal</span>' : ""}</strong>`;
      case "digest":
        return `<code class="digest">${text}</code>`;
      case "status":
        return `<strong class="govuk-tag govuk-tag--${escape(p.colour)} status">${text}</strong>`;
      case "source":
        return `<a class="govuk-link source" rel="noreferrer" href="${escape(p.to)}">${text}</a>`;
      default:
        return `<span class="${p.is}">${text}</span>`;
    }
  }

  function column(c) {
    const now = c.to && c.order ? ` aria-sort="${escape(c.order)}"` : "";
    const title = c.to
      ? `<a class="govuk-link sort${c.order ? " sort--now" : ""}" href="${escape(c.to)}"><span class="govuk-visually-hidden">Sort by </span>${escape(c.title)}<svg class="sort__arrow" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="${escape(c.arrow)}"/></svg></a>`
      : escape(c.title);
    return `<th scope="col" role="columnheader" class="govuk-table__header"${now}>${title}</th>`;
  }

  function cell(c) {
    let inner = "";
    for (const p of c.parts) inner += part(p);
    return c.isHead
      ? `<th scope="row" role="rowheader" class="govuk-table__header" data-label="${escape(c.label)}"><span class="stacked__value">${inner}</span></th>`
      : `<td role="cell" class="govuk-table__cell" data-label="${escape(c.label)}"><span class="stacked__value">${inner}</span></td>`;
  }

  function table(t) {
    let rows = "";
    for (const row of t.rows) {
      rows += '<tr class="govuk-table__row" role="row">';
      for (const c of row) rows += cell(c);
      rows += "</tr>\n";
    }
    return `<table class="govuk-table stacked" role="table">
<caption class="${escape(t.captionClass)}">${escape(t.caption)}</caption>
<thead class="govuk-table__head" role="rowgroup">
<tr class="govuk-table__row" role="row">${t.columns.map(column).join("")}</tr>
</thead>
<tbody class="govuk-table__body" role="rowgroup">
${rows}</tbody>
</table>
`;
  }

  function shape(s) {
    let html = `<${s.tag}`;
    for (const [name, value] of s.attributes) html += ` ${name}="${escape(value)}"`;
    if (s.text) return `${html}>${escape(s.text)}</${s.tag}>`;
    return s.inside.length > 0 ? `${html}>${each(s.inside, shape)}</${s.tag}>` : `${html}/>`;
  }

  function keyEntry(entry) {
    return `<li class="key__entry"><svg class="key__fill" width="18" height="18" aria-hidden="true" focusable="false"><rect width="18" height="18" fill="url(#fill-${escape(entry.fill)})"/></svg>${escape(entry.text)}</li>`;
  }

  function chart(c) {
    const id = escape(c.id);
    const key = c.key.length > 0 ? `<ul class="key">${each(c.key, keyEntry)}</ul>\n` : "";
    return `<svg class="chart ${escape(c.kind)}" role="img" width="100%" height="${escape(c.height)}" aria-labelledby="${id}-name ${id}-text"><title id="${id}-name">${escape(c.name)}</title><desc id="${id}-text">${escape(c.words)}</desc>${each(c.shapes, shape)}</svg>
${key}`;
  }

  function edition(e) {
    const id = escape(e.id);
    return `<li>${escape(e.title)}: <a class="govuk-link" href="/standards/${id}">${id}</a> <code class="digest">${escape(e.digest)}</code>. <strong class="govuk-tag govuk-tag--yellow status">Assumed</strong> No page we saw confirms: ${e.rules.map(escape).join(", ")}</li>\n`;
  }

  function editions(list) {
    return `<section class="editions" aria-labelledby="editions">
<h2 class="govuk-heading-s" id="editions">Editions and rules behind this page</h2>
<ul class="govuk-list">
${each(list, edition)}</ul>
<p class="govuk-body-s">The code after an edition is the start of its digest. It names the
exact text of the rules. Published ratings are facts. Scores, checks and comparisons
worked out here rest on the rules, and on those marked as assumed too.</p>
</section>
`;
  }

  function option(o) {
    return `<option value="${escape(o.value)}"${o.isSelected ? " selected" : ""}>${escape(o.text)}</option>`;
  }

  function group(field, control) {
    return `<div class="govuk-form-group">
<label class="govuk-label" for="${escape(field.name)}">${escape(field.label)}</label>
${control}
</div>
`;
  }

  function choice(c) {
    const name = escape(c.name);
    return group(
      c,
      `<select class="govuk-select" id="${name}" name="${name}">${each(c.options, option)}</select>`,
    );
  }

  function textField(f) {
    const name = escape(f.name);
    return group(
      f,
      `<input class="govuk-input" id="${name}" name="${name}" type="text" value="${escape(f.value)}" maxlength="200" autocomplete="off">`,
    );
  }

  function hidden(h) {
    return `<input type="hidden" name="${escape(h.name)}" value="${escape(h.value)}">`;
  }

  function leagueBreak(b) {
    const [old, now] = [escape(b.old), escape(b.new)];
    return `<div class="govuk-inset-text"><strong>The series breaks between ${old} and ${now}.</strong> ${escape(b.reason)}
<a class="govuk-link" href="/standards/${old}/to/${now}">What changed</a>.</div>
`;
  }

  function notices(list) {
    return `<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">What is in doubt about this table (${list.length})</span></summary>
<div class="govuk-details__text"><ul class="govuk-list govuk-list--bullet">
${each(list, (notice) => `<li>${escape(notice)}</li>\n`)}</ul>
</div></details>
`;
  }

  function leagueSection(s) {
    const id = escape(s.id);
    return `<section class="league" aria-labelledby="${id}-title">
<h2 class="govuk-heading-l" id="${id}-title">${escape(s.title)}</h2>
${chart(s.chart)}${table(s.table)}</section>
`;
  }

  function league(page) {
    return `<h1 class="govuk-heading-xl">League tables</h1>
<p class="govuk-body">The newest inspection of each provider as of a day. Providers share a table only where the
ratings may be compared. The same rating and score share a place.</p>
<form class="filter" action="/league-tables" method="get">
${each(page.choices, choice)}${textField(page.day)}<div class="filter__end">
${page.hidden ? hidden(page.hidden) : ""}<button type="submit" class="govuk-button">Show table</button>
<a class="govuk-link" href="/league-tables">Start again</a>
</div>
</form>
<div id="table">${each(page.breaks, leagueBreak)}${page.notices.length > 0 ? notices(page.notices) : ""}${each(page.sections, leagueSection)}${editions(page.editions)}</div>`;
  }

  function verdict(v) {
    const id = escape(v.edition);
    return `<div class="verdict">
<p class="verdict__rating">${part(v.rating)}</p>
<p class="govuk-body verdict__text">Newest inspection, published
${escape(v.published)}, under <a class="govuk-link" href="/standards/${id}">${id}</a> <code class="digest">${escape(v.digest)}</code>.
<a class="govuk-link" href="${escape(v.to)}">See this inspection</a>.</p>
</div>
`;
  }

  function historyBreak(b) {
    return `<div class="govuk-inset-text"><strong>The series breaks before the inspection ${escape(b.which)}.</strong> ${escape(b.reason)}</div>\n`;
  }

  function summaryRow(row) {
    return `<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${escape(row.key)}</dt><dd class="govuk-summary-list__value">${part(row.value)}</dd></div>\n`;
  }

  function section(s) {
    let html = `<h2 class="govuk-heading-l" id="${escape(s.id)}">${escape(s.title)}</h2>\n`;
    if (s.intro) html += `<p class="govuk-body">${escape(s.intro)}</p>\n`;
    if (s.chart) html += chart(s.chart);
    html += each(s.breaks, historyBreak);
    if (s.table) html += table(s.table);
    if (s.summary.length > 0) {
      html += `<dl class="govuk-summary-list facts">\n${each(s.summary, summaryRow)}</dl>\n`;
    }
    if (s.sources.length > 0) {
      const items = each(s.sources, (source) => `<li>${part(source)}</li>\n`);
      html += `<ul class="govuk-list govuk-list--bullet">\n${items}</ul>\n`;
    }
    return html;
  }

  function provider(page) {
    return `<span class="govuk-caption-xl">${escape(page.kind)}</span>
<h1 class="govuk-heading-xl">${escape(page.name)}</h1>
${verdict(page.verdict)}${each(page.sections, section)}${editions(page.editions)}`;
  }

  function navigationItem(item) {
    const mark = item.isCurrent ? ' aria-current="true"' : "";
    return `<li class="sections__item"><a class="sections__link" href="${escape(item.to)}"${mark}>${escape(item.text)}</a></li>\n`;
  }

  function crumb(c) {
    return `<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="${escape(c.to)}">${escape(c.text)}</a></li>\n`;
  }

  const views = { league, provider };

  function render(page) {
    return `${fixed.start}<title>${escape(page.title)} - Plumbline</title>
${fixed.head}<ul class="sections__list">
${each(page.navigation, navigationItem)}</ul>
${fixed.banner}<nav class="govuk-breadcrumbs" aria-label="Breadcrumb">
<ol class="govuk-breadcrumbs__list">
${each(page.crumbs, crumb)}</ol>
</nav>
<main class="govuk-main-wrapper" id="main-content" tabindex="-1">
${views[page.view](page)}
</main>
${fixed.foot}`;
  }

  function name(address) {
    const { pathname, searchParams } = new URL(address, "http://localhost");
    if (pathname === "/league-tables") {
      return `league ${searchParams.get("kind")} ${searchParams.get("as-of")}`;
    }
    return `provider ${pathname.replace(/^\/providers\//, "")}`;
  }

  createServer((request, response) => {
    const page = pages[name(request.url)];
    if (!page) {
      response.writeHead(404).end();
      return;
    }
    const body = Buffer.from(render(page));
    response.writeHead(200, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Length": body.length,
      ...headers,
    });
    response.end(body);
  }).listen(Number(port), "127.0.0.1");
}
