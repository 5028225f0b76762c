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
  const { pages, shapes, headers } = JSON.parse(readFileSync(source, "utf8"));
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  const special = /[&<>"']/;

  function escape(text) {
    return special.test(text) ? text.replace(/[&<>"']/g, (sign) => entities[sign]) : text;
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

  function render(pieces) {
    let html = "";
    for (const piece of pieces) html += piece.html ?? table(piece.table);
    return html;
  }

  function name(address) {
    const { pathname, searchParams } = new URL(address, "http://localhost");
    if (pathname === "/league-tables") {
      return `league ${searchParams.get("kind")} ${searchParams.get("as-of")}`;
    }
    return `provider ${pathname.replace(/^\/providers\//, "")}`;
  }

  createServer((request, response) => {
    const pieces = pages[name(request.url)];
    if (!pieces) {
      response.writeHead(404).end();
      return;
    }
    const body = Buffer.from(render(pieces));
    response.writeHead(200, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Length": body.length,
      ...headers,
    });
    response.end(body);
  }).listen(Number(port), "127.0.0.1");
}
