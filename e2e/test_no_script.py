"""Pages run no script, load nothing from elsewhere and say nothing on the console."""

import pytest

from pages import MISTAKES, PAGES

pytestmark = pytest.mark.slow

ALL = {**PAGES, **MISTAKES}


@pytest.mark.parametrize("name", ALL)
def test_a_page_is_quiet_and_stays_at_home(site, page, name):
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + ALL[name], wait_until="networkidle")
    expected = 1 if name in MISTAKES else 0
    assert len(said) == expected, said
    assert all("status of 40" in text for text in said)
    assert all(address.startswith(site + "/") for address in asked)


@pytest.mark.parametrize("name", ALL)
def test_a_page_has_no_script_and_no_inline_style(site, page, name):
    page.goto(site + ALL[name])
    assert page.locator("script").count() == 0
    assert page.locator("style").count() == 0
    assert page.locator("[style]").count() == 0
    handlers = page.evaluate(
        """() => [...document.querySelectorAll('*')]
          .filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length""")
    assert handlers == 0


def test_every_inner_link_leads_to_a_page(site, page):
    seen, waiting = set(), set(PAGES.values())
    for path in sorted(waiting):
        page.goto(site + path)
        seen |= set(page.evaluate(
            """() => [...document.querySelectorAll('a[href^="/"]')]
              .map(e => e.getAttribute('href').split('#')[0])"""))
    for path in sorted(seen):
        answer = page.request.get(site + path, max_redirects=0)
        assert answer.status == 200, path
