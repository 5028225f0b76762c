"""Every type of page, at both widths: axe finds nothing and nothing scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages import MISTAKES, PAGES, WIDTHS

pytestmark = pytest.mark.slow

ALL = {**PAGES, **MISTAKES}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ALL)
def test_axe_finds_nothing(site, page, name, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + ALL[name])
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", (*WIDTHS, 780, 1080))
@pytest.mark.parametrize("name", ALL)
def test_nothing_scrolls_sideways(site, page, name, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + ALL[name])
    wide = page.evaluate(
        """() => {
          const edge = document.querySelector('main').getBoundingClientRect().right + 1;
          return [...document.querySelectorAll('main *')]
            .filter(e => !e.closest('svg, .hero, .govuk-visually-hidden'))
            .filter(e => e.getBoundingClientRect().right > edge)
            .map(e => e.outerHTML.slice(0, 120));
        }""")
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ALL)
def test_each_page_has_one_main_heading_and_a_title(site, page, name):
    page.goto(site + ALL[name])
    assert page.locator("h1").count() == 1
    assert page.title().endswith(" - Plumbline")
    assert page.locator("html").get_attribute("lang") == "en-GB"


@pytest.mark.parametrize("name", ALL)
def test_headings_leave_out_no_level(site, page, name):
    page.goto(site + ALL[name])
    levels = page.evaluate(
        """() => [...document.querySelectorAll('main h1, main h2, main h3, main h4')]
          .map(e => Number(e.tagName[1]))""")
    for before, after in zip(levels, levels[1:]):
        assert after <= before + 1, levels


@pytest.mark.parametrize("name", ALL)
def test_every_id_is_used_once_and_every_inner_link_leads_somewhere(site, page, name):
    page.goto(site + ALL[name])
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids)), sorted(i for i in set(ids) if ids.count(i) > 1)
    inner = page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')]
          .map(e => e.getAttribute('href').slice(1))""")
    assert set(inner) <= set(ids)


@pytest.mark.parametrize("name", ALL)
def test_every_rating_is_told_in_words_and_by_shape(site, page, name):
    page.goto(site + ALL[name])
    for tag in page.locator(".rating").all():
        assert tag.text_content().strip() in (
            "Outstanding", "Good", "Requires improvement", "Inadequate")
        assert tag.locator("svg").count() == 1


@pytest.mark.parametrize("name", ALL)
def test_every_chart_has_a_text_alternative_and_a_table_on_its_page(site, page, name):
    page.goto(site + ALL[name])
    charts = page.locator("svg[role=img]").all()
    for chart in charts:
        for part in chart.get_attribute("aria-labelledby").split():
            assert page.locator(f"#{part}").evaluate("e => e.textContent.trim()") != ""
    if charts:
        assert page.locator("table").count() > 0


def test_less_motion_is_respected(site, page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(site + "/")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')]
          .filter(e => !['0s', ''].includes(getComputedStyle(e).transitionDuration)).length""")
    assert moving == 0
