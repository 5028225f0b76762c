"""Every type of page that people sign in to, at both widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages import STAFF_PAGES, WIDTHS

pytestmark = pytest.mark.slow

# What is wrong with the shape of a page, in one question to the browser.
SHAPE = """() => {
  const all = selector => [...document.querySelectorAll(selector)];
  const ids = all('[id]').map(e => e.id);
  const levels = all('main h1, main h2, main h3, main h4').map(e => Number(e.tagName[1]));
  const described = all('[aria-describedby], [aria-labelledby]').flatMap(e =>
    `${e.getAttribute('aria-describedby') ?? ''} ${e.getAttribute('aria-labelledby') ?? ''}`
      .split(' ').filter(Boolean));
  return {
    title: document.title,
    headings: all('h1').length,
    repeated: ids.filter((id, place) => ids.indexOf(id) !== place),
    leading: [...all('a[href^="#"]').map(e => e.getAttribute('href').slice(1)), ...described]
      .filter(id => !ids.includes(id)),
    jumps: levels.filter((level, place) => place > 0 && level > levels[place - 1] + 1),
    scripts: all('script, style, [style]').length,
  };
}"""

WIDE = """width => [...document.querySelectorAll('body *')]
  .filter(e => !e.closest('svg, .govuk-visually-hidden, thead, .govuk-skip-link'))
  .filter(e => e.getBoundingClientRect().right > width + 1)
  .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def pages(inspectorate, being_planned):
    return {role: inspectorate.page(role) for role in {role for role, _ in STAFF_PAGES.values()}}


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_a_page_is_well_made_and_fits_either_width(inspectorate, pages, name):
    role, path = STAFF_PAGES[name]
    page = pages[role]
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)
    shape = page.evaluate(SHAPE)
    assert shape.pop("title").endswith(" - Plumbline")
    assert shape == {
        "headings": 1, "repeated": [], "leading": [], "jumps": [], "scripts": 0}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDE, width) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    assert all(address.startswith(inspectorate.address) for address in asked)
    assert [text for text in said if "status of 40" not in text] == []


@pytest.mark.parametrize("name", ["staff-sign-in", "staff-account", "staff-team"])
def test_tab_reaches_every_field_in_order(pages, name):
    role, path = STAFF_PAGES[name]
    page = pages[role]
    page.goto(path)
    places = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll(
            'a[href], button, input:not([type=hidden]), select, textarea, summary')]
            .filter(e => e.checkVisibility());
          all.forEach((e, place) => e.dataset.place = place);
          return all.length;
        }""")
    for place in range(places):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.place") == str(place)
