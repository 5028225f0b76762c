"""Turns served pages into the data that the twins render: text, links, ratings and places.

The twins get every table as data and render it cell by cell. What stands around the tables they
get as ready text, which favours them a little.
"""

import re
from html.parser import HTMLParser

TABLE = re.compile(r'<table class="govuk-table stacked" role="table">\n.*?</table>\n', re.DOTALL)
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
    return {
        "captionClass": caption[1],
        "caption": text_of(Tree(caption[2]).root),
        "columns": [heading(found) for found in HEADING.findall(head)],
        "rows": [
            [
                {"isHead": tag == "th", "label": text_of(Tree(label).root), "parts": parts(inner)}
                for tag, label, inner in CELL.findall(row)
            ]
            for row in ROW.findall(body)
        ],
    }


def page(html: str) -> list[dict]:
    """The page as ready text and tables in turn."""
    pieces = []
    at = 0
    for found in TABLE.finditer(html):
        pieces.append({"html": html[at : found.start()]})
        pieces.append({"table": table(found[0])})
        at = found.end()
    pieces.append({"html": html[at:]})
    return pieces


def shapes(html: str) -> dict[str, str]:
    """The drawing inside each mark of a rating or a change, by its class."""
    drawn = re.compile(
        r'<(?:strong|span) class="(?:rating rating|change change)--([a-z-]+)">'
        r"<svg [^>]*>(.*?)</svg>"
    )
    return dict(drawn.findall(html))
