"""Whether a page is well made: its shape, its width, and what axe finds."""

from axe_playwright_python.sync_playwright import Axe

from pages import WIDTHS

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


def check_shape(page, scripts=0):
    shape = page.evaluate(SHAPE)
    assert shape.pop("title").endswith(" - Plumbline")
    assert shape == {
        "headings": 1, "repeated": [], "leading": [], "jumps": [], "scripts": scripts}


def check_widths(page):
    """That it fits either width, and that axe finds nothing there."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDE, width) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def without_script(page):
    """Keeps the scripts of pages away: those of axe can run all the same."""
    page.route("**/*.js", lambda route: route.abort())
