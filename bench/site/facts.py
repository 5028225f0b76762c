"""Turns served pages into the data that the twins render.

The twins get everything that depends on the page as data: its title, navigation, breadcrumbs,
form, charts, tables cell by cell, and lists. As ready text they get only what is the same on every
page ("fixed" below) and the drawings inside the marks of ratings and changes.

A page is read from its start to its end. A part that is not known here is an error: none of it
reaches the twins as ready text.
"""

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

TABLE = '<table class="govuk-table stacked" role="table">\n{html}</table>\n'
CAPTION = re.compile(r'<caption class="([^"]*)">(.*?)</caption>')
HEADING = re.compile(r"<th scope=\"col\"[^>]*>.*?</th>")
ROW = re.compile(r'<tr class="govuk-table__row" role="row">(.*?)</tr>', re.DOTALL)
CELL = re.compile(
    r'<(th|td) (?:scope="row" )?role="[a-z]+" class="[^"]*" data-label="([^"]*)">'
    r'<span class="stacked__value">(.*?)</span></(?:th|td)>',
    re.DOTALL,
)


class Tree(HTMLParser):
    """A piece of HTML as nested lists: [tag, attributes, children], and text as strings."""

    VOID = {"path", "circle", "br"}

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.root = ["", {}, []]
        self.open = [self.root]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        node = [tag, dict(attrs), []]
        self.open[-1][2].append(node)
        if tag not in self.VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.open[-1][2].append([tag, dict(attrs), []])

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1][2].append(data)


def text_of(node) -> str:
    return node if isinstance(node, str) else "".join(map(text_of, node[2]))


def parts(html: str) -> list[dict]:
    """The parts of a cell."""
    return [part(node) for node in Tree(html).root[2]]


def part(node) -> dict:
    if isinstance(node, str):
        return {"is": "text", "text": node}
    tag, attributes, children = node
    names = attributes.get("class", "").split()
    text = text_of(node)
    if tag == "a":
        kind = "source" if "source" in names else "link"
        return {"is": kind, "to": attributes["href"], "text": text}
    if tag == "code":
        return {"is": "digest", "text": text}
    if tag == "strong" and "rating" in names:
        return {"is": "rating", "grade": names[1].removeprefix("rating--"), "text": text}
    if tag == "strong" and "status" in names:
        return {"is": "status", "colour": names[1].removeprefix("govuk-tag--"), "text": text}
    if tag == "strong" and not names:
        return {"is": "place", "text": text_of(children[0]), "equal": len(children) > 1}
    if tag == "span" and "change" in names:
        return {"is": "change", "way": names[1].removeprefix("change--"), "text": text}
    if tag == "span" and names and names[0] in ("reason", "absence", "quiet"):
        return {"is": names[0], "text": text}
    raise ValueError(f"The twins do not know this part of a cell: <{tag} {attributes}>")


def heading(html: str) -> dict:
    node = Tree(html).root[2][0]
    link = next((child for child in node[2] if child[0] == "a"), None)
    if link is None or isinstance(link, str):
        return {"title": text_of(node), "to": None}
    title = "".join(child for child in link[2] if isinstance(child, str))
    order = node[1].get("aria-sort")
    arrow = link[2][-1][2][0][1]["d"]
    return {"title": title, "to": link[1]["href"], "order": order, "arrow": arrow}


def table(html: str) -> dict:
    head, body = html.split("<tbody", 1)
    caption = CAPTION.search(head)
    columns = [heading(found) for found in HEADING.findall(head)]
    rows = [
        [
            {"isHead": tag == "th", "label": text_of(Tree(label).root), "parts": parts(inner)}
            for tag, label, inner in CELL.findall(row)
        ]
        for row in ROW.findall(body)
    ]
    title = text_of(Tree(caption[2]).root)
    assert len(rows) == body.count("<tr"), f"The twins do not know a row of this table: {title}"
    assert {len(row) for row in rows} == {len(columns)}, f"A cell is not known in: {title}"
    return {"captionClass": caption[1], "caption": title, "columns": columns, "rows": rows}


# The pieces around tables. See pattern() for what stands in braces.

NAVIGATION = '<ul class="sections__list">\n{html}</ul>\n'
NAVIGATION_ITEM = (
    '<li class="sections__item"><a class="sections__link" href="{to}"'
    '{isCurrent? aria-current="true"}>{text}</a></li>\n'
)
CRUMBS = (
    '<nav class="govuk-breadcrumbs" aria-label="Breadcrumb">\n'
    '<ol class="govuk-breadcrumbs__list">\n{html}</ol>\n</nav>\n'
)
CRUMB = (
    '<li class="govuk-breadcrumbs__list-item">'
    '<a class="govuk-breadcrumbs__link" href="{to}">{text}</a></li>\n'
)
MAIN = '<main class="govuk-main-wrapper" id="main-content" tabindex="-1">\n'
GROUP = (
    '<div class="govuk-form-group">\n<label class="govuk-label" for="{name}">{label}</label>\n'
)
CHOICE = GROUP + '<select class="govuk-select" id="{name}" name="{name}">{html}</select>\n</div>\n'
OPTION = '<option value="{value}"{isSelected? selected}>{text}</option>'
FIELD = GROUP + (
    '<input class="govuk-input" id="{name}" name="{name}" type="text" value="{value}" '
    'maxlength="200" autocomplete="off">\n</div>\n'
)
HIDDEN = '<input type="hidden" name="{name}" value="{value}">'
FORM_END = (
    '<button type="submit" class="govuk-button">Show table</button>\n'
    '<a class="govuk-link" href="/league-tables">Start again</a>\n</div>\n</form>\n'
)
LEAGUE_BREAK = (
    '<div class="govuk-inset-text"><strong>The series breaks between {old} and {new}.</strong> '
    '{reason}\n<a class="govuk-link" href="/standards/{old}/to/{new}">What changed</a>.</div>\n'
)
NOTICES = (
    '<details class="govuk-details"><summary class="govuk-details__summary">'
    '<span class="govuk-details__summary-text">What is in doubt about this table ({count})</span>'
    '</summary>\n<div class="govuk-details__text"><ul class="govuk-list govuk-list--bullet">\n'
    "{html}</ul>\n</div></details>\n"
)
LEAGUE = (
    '<section class="league" aria-labelledby="{id}-title">\n'
    '<h2 class="govuk-heading-l" id="{id}-title">{title}</h2>\n'
)
CHART = (
    '<svg class="chart {kind}" role="img" width="100%" height="{height}" '
    'aria-labelledby="{id}-name {id}-text"><title id="{id}-name">{name}</title>'
    '<desc id="{id}-text">{words}</desc>{html}</svg>\n'
)
KEY = '<ul class="key">{html}</ul>\n'
KEY_ENTRY = (
    '<li class="key__entry"><svg class="key__fill" width="18" height="18" aria-hidden="true" '
    'focusable="false"><rect width="18" height="18" fill="url(#fill-{fill})"/></svg>{text}</li>'
)
VERDICT = (
    '<div class="verdict">\n<p class="verdict__rating">{html}</p>\n'
    '<p class="govuk-body verdict__text">Newest inspection, published\n{published}, '
    'under <a class="govuk-link" href="/standards/{edition}">{edition}</a> '
    '<code class="digest">{digest}</code>.\n'
    '<a class="govuk-link" href="{to}">See this inspection</a>.</p>\n</div>\n'
)
SECTION = '<h2 class="govuk-heading-l" id="{id}">{title}</h2>\n'
HISTORY_BREAK = (
    '<div class="govuk-inset-text"><strong>The series breaks before the inspection {which}.'
    "</strong> {reason}</div>\n"
)
SUMMARY = '<dl class="govuk-summary-list facts">\n{html}</dl>\n'
SUMMARY_ROW = (
    '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{key}</dt>'
    '<dd class="govuk-summary-list__value">{html}</dd></div>\n'
)
LIST = '<ul class="govuk-list govuk-list--bullet">\n{html}</ul>\n'
EDITIONS = (
    '<section class="editions" aria-labelledby="editions">\n'
    '<h2 class="govuk-heading-s" id="editions">Editions and rules behind this page</h2>\n'
    '<ul class="govuk-list">\n{html}</ul>\n<p class="govuk-body-s">{note}</p>\n</section>\n'
)
EDITION = (
    '<li>{title}: <a class="govuk-link" href="/standards/{id}">{id}</a> '
    '<code class="digest">{digest}</code>. '
    '<strong class="govuk-tag govuk-tag--yellow status">Assumed</strong> '
    "No page we saw confirms: {rules}</li>\n"
)


@cache
def pattern(html: str) -> re.Pattern:
    """The pattern of a piece of HTML with names in braces.

    {name} is a text or a value, the same wherever it stands again. {html} is anything, taken as it
    is. {isName?text} is a text that may be there or not.
    """
    seen = set()

    def named(found):
        name, text = found.groups()
        if text:
            return f"(?P<{name}>{text})?"
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.*?)" if name == "html" else f'(?P<{name}>[^<>"]*)'

    holes = r"\\\{(\w+)(?:\\\?(.*?))?\\\}"
    return re.compile(re.sub(holes, named, re.escape(html)), re.DOTALL)


class Reader:
    """Reads HTML piece by piece."""

    def __init__(self, html: str):
        self.html = html
        self.at = 0

    def maybe(self, piece: str) -> dict | None:
        """What the piece says where it stands next."""
        found = pattern(piece).match(self.html, self.at)
        if not found:
            return None
        self.at = found.end()
        said = found.groupdict()
        for name, text in said.items():
            if name.startswith("is"):
                said[name] = text is not None
            elif name != "html":
                said[name] = unescape(text)
        return said

    def take(self, what: str, piece: str) -> dict:
        said = self.maybe(piece)
        assert said is not None, self.unknown(what)
        return said

    def entries(self, what: str, whole: str, entry: str) -> list[dict]:
        """What the entries say of a list that may be missing."""
        found = self.maybe(whole)
        return each(what, entry, found["html"]) if found else []

    def until(self, what: str, mark: str) -> str:
        """What stands before the mark, as it is."""
        start, self.at = self.at, self.html.find(mark, self.at)
        if self.at < 0:
            self.at = start
            raise AssertionError(self.unknown(what))
        return self.html[start : self.at]

    def unknown(self, what: str) -> str:
        near = self.html[self.at : self.at + 200]
        return f"The twins do not know this part of the page ({what}): {near!r}"


def each(what: str, piece: str, html: str) -> list[dict]:
    """What the pieces say that make up the whole of a list."""
    reader = Reader(html)
    said = []
    while reader.at < len(html):
        said.append(reader.take(what, piece))
    return said


def one(what: str, html: str, *kinds: str) -> dict:
    """The only part inside an element, which is of one of the kinds."""
    found = parts(html)
    assert len(found) == 1 and found[0]["is"] in kinds, Reader(html).unknown(what)
    return found[0]


def shape(node: ElementTree.Element) -> dict:
    assert not node.tail, f"The twins do not know the text after <{node.tag}> in a chart."
    return {
        "tag": node.tag,
        "attributes": list(node.attrib.items()),
        "text": node.text,
        "inside": [shape(child) for child in node],
    }


def chart(reader: Reader) -> dict | None:
    found = reader.maybe(CHART)
    if not found:
        return None
    drawing = ElementTree.fromstring(f"<svg>{found.pop('html')}</svg>")
    found["shapes"] = [shape(node) for node in drawing]
    found["key"] = reader.entries("key of a chart", KEY, KEY_ENTRY)
    return found


def editions(reader: Reader) -> list[dict]:
    found = each("edition", EDITION, reader.take("editions", EDITIONS)["html"])
    return [{**edition, "rules": edition["rules"].split(", ")} for edition in found]


def choice(found: dict) -> dict:
    html = found.pop("html")
    return {**found, "options": each(f"options of {found['name']}", OPTION, html)}


def league(reader: Reader) -> dict:
    reader.take(
        "heading and introduction",
        '<h1 class="govuk-heading-xl">League tables</h1>\n<p class="govuk-body">{text}</p>\n',
    )
    reader.take("form", '<form class="filter" action="/league-tables" method="get">\n')
    said = {"choices": [], "breaks": [], "sections": []}
    while found := reader.maybe(CHOICE):
        said["choices"].append(choice(found))
    assert said["choices"], reader.unknown("choices of the form")
    said["day"] = reader.take("text field of the form", FIELD)
    reader.take("end of the fields", '<div class="filter__end">\n')
    said["hidden"] = reader.maybe(HIDDEN)
    reader.take("end of the form", FORM_END)
    reader.take("place of the tables", '<div id="table">')
    while found := reader.maybe(LEAGUE_BREAK):
        said["breaks"].append(found)
    notices = reader.entries("notices", NOTICES, "<li>{text}</li>\n")
    said["notices"] = [notice["text"] for notice in notices]
    while found := reader.maybe(LEAGUE):
        found["chart"] = chart(reader)
        assert found["chart"], reader.unknown("chart")
        found["table"] = table(reader.take("table", TABLE)["html"])
        reader.take("end of a section", "</section>\n")
        said["sections"].append(found)
    assert said["sections"], reader.unknown("sections")
    said["editions"] = editions(reader)
    reader.take("end of the tables", "</div>")
    return said


def provider(reader: Reader) -> dict:
    said = reader.take(
        "kind and name",
        '<span class="govuk-caption-xl">{kind}</span>\n<h1 class="govuk-heading-xl">{name}</h1>\n',
    )
    verdict = reader.take("verdict", VERDICT)
    verdict["rating"] = one("rating of the verdict", verdict.pop("html"), "rating", "absence")
    said["verdict"] = verdict
    said["sections"] = []
    while found := reader.maybe(SECTION):
        said["sections"].append({**found, **section(reader)})
    assert said["sections"], reader.unknown("sections")
    said["editions"] = editions(reader)
    return said


def section(reader: Reader) -> dict:
    """What stands below a heading of a provider."""
    intro = reader.maybe('<p class="govuk-body">{text}</p>\n')
    said = {"intro": intro and intro["text"], "chart": chart(reader), "breaks": []}
    while found := reader.maybe(HISTORY_BREAK):
        said["breaks"].append(found)
    rows = reader.maybe(TABLE)
    said["table"] = table(rows["html"]) if rows else None
    said["summary"] = [
        {"key": row["key"], "value": one("summary", row["html"], "link", "absence", "text")}
        for row in reader.entries("summary", SUMMARY, SUMMARY_ROW)
    ]
    said["sources"] = [
        one("source", item["html"], "source", "text")
        for item in reader.entries("sources", LIST, "<li>{html}</li>\n")
    ]
    assert any(said.values()), reader.unknown("below a heading")
    return said


VIEWS = {"league": league, "provider": provider}


def page(view: str, html: str) -> tuple[dict, dict[str, str]]:
    """What is on the page, and what is the same on every page."""
    reader = Reader(html)
    said, fixed = {"view": view}, {}
    fixed["start"] = reader.until("start", "<title>")
    said["title"] = reader.take("title", "<title>{title} - Plumbline</title>\n")["title"]
    fixed["head"] = reader.until("navigation", '<ul class="sections__list">')
    items = reader.take("navigation", NAVIGATION)["html"]
    said["navigation"] = each("navigation", NAVIGATION_ITEM, items)
    fixed["banner"] = reader.until("breadcrumbs", '<nav class="govuk-breadcrumbs"')
    said["crumbs"] = each("breadcrumbs", CRUMB, reader.take("breadcrumbs", CRUMBS)["html"])
    reader.take("main", MAIN)
    said |= VIEWS[view](reader)
    reader.take("end of main", "\n</main>\n")
    fixed["foot"] = html[reader.at :]
    return said, fixed


def document(served: dict[str, str]) -> dict:
    """The data for the twins, from pages by name. A name starts with the view."""
    pages, drawings, fixed = {}, {}, None
    for name, html in served.items():
        pages[name], own = page(name.split()[0], html)
        fixed = fixed or own
        for part, text in own.items():
            assert text == fixed[part], f"The {part} is not the same on every page: {name}."
        drawings |= shapes(html)
    return {"pages": pages, "fixed": fixed, "shapes": drawings}


def shapes(html: str) -> dict[str, str]:
    """The drawing inside each mark of a rating or a change, by its class."""
    drawn = re.compile(
        r'<(?:strong|span) class="(?:rating rating|change change)--([a-z-]+)">'
        r"<svg [^>]*>(.*?)</svg>"
    )
    return dict(drawn.findall(html))
