"""The audit page of a sample: one file that everybody may read and check."""

import csv
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

import samples
from test_keyboard import REACHABLE, SEEN

pytestmark = pytest.mark.slow

NAMES = ("plain", "changed")
WIDTHS = (320, 780, 1280)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return samples.write_audit_pages(tmp_path_factory.mktemp("audit"))


@pytest.fixture(params=NAMES)
def file(request, pages):
    return pages[request.param]


@pytest.fixture
def open_page(page, file):
    """The page with everything that can be opened open."""
    def opened(width=1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(file.as_uri())
        for summary in page.locator("summary").all():
            summary.click()
        return page
    return opened


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(open_page, width):
    found = Axe().run(open_page(width))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_does_not_scroll_sideways(open_page, width):
    page = open_page(width)
    wide = page.evaluate(
        """() => {
          const edge = document.querySelector('main').getBoundingClientRect().right + 1;
          return [...document.querySelectorAll('main *')]
            .filter(e => !e.closest('svg') && !e.closest('.scroll *'))
            .filter(e => e.getBoundingClientRect().right > edge)
            .map(e => e.outerHTML.slice(0, 120));
        }""")
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_wide_table_scrolls_by_itself_with_the_keyboard(open_page):
    page = open_page(320)
    region = page.get_by_role("region", name="Drawn cases, in the order of their tickets")
    region.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "document.activeElement.classList.contains('scroll') "
        "&& document.activeElement.scrollLeft > 0")


def test_tab_reaches_every_link_region_and_summary_in_order(open_page):
    page = open_page(320)
    page.focus(".govuk-skip-link")
    count = page.locator(REACHABLE).count()
    reached = []
    for _ in range(count):
        now = page.evaluate(SEEN.replace("REACHABLE", repr(REACHABLE)))
        assert now["marked"], f"element {now['place']} does not show that it has the focus"
        reached.append(now["place"])
        page.keyboard.press("Tab")
    assert reached == list(range(count))
    for region in page.locator(".scroll").all():
        assert region.get_attribute("role") == "region" and region.get_attribute("aria-label")


def test_the_first_tab_offers_to_skip_to_the_content(page, file):
    page.goto(file.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_headings_ids_and_landmarks_are_in_order(open_page):
    page = open_page()
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.title().endswith(" - Plumbline")
    for landmark in ("banner", "main", "contentinfo", "navigation"):
        assert page.get_by_role(landmark).count() == 1
    levels = page.evaluate(
        """() => [...document.querySelectorAll('main h1, main h2, main h3')]
          .map(e => Number(e.tagName[1]))""")
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), levels
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    inner = page.evaluate(
        "() => [...document.querySelectorAll('a[href]')].map(e => e.getAttribute('href'))")
    assert inner and {address[1:] for address in inner} <= set(ids)
    assert all(address.startswith("#") for address in inner)


def test_every_table_has_a_caption_and_scopes_and_every_chart_its_words(open_page):
    page = open_page()
    for table in page.locator("table").all():
        assert table.locator("caption").text_content().strip()
        assert table.locator("th:not([scope])").count() == 0
    for row in page.locator(".bars__row").all():
        assert re.search(r"\d|none", row.locator(".bars__value").text_content())
        assert row.locator("svg").get_attribute("aria-hidden") == "true"


def test_the_page_asks_for_nothing_and_says_nothing_on_the_console(page, file):
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri(), wait_until="networkidle")
    assert said == []
    assert [one for one in asked if not one.startswith("data:")] == [file.as_uri()]
    assert page.locator("script, img, iframe, object, [style], form").count() == 0
    assert "://" not in file.read_text(encoding="utf-8")


def test_everything_is_there_without_script(plain_page, file):
    plain_page.goto(file.as_uri())
    assert plain_page.locator("#drawn").is_visible()
    assert plain_page.evaluate(
        "() => getComputedStyle(document.querySelector('.masthead')).backgroundColor"
    ) == "rgb(18, 48, 63)"
    plain_page.locator("summary").first.click()
    assert plain_page.get_by_role("region", name="Sex, risk and ethnicity").is_visible()


def test_no_name_date_of_birth_or_officer_of_the_list_is_on_the_page(pages):
    for name, rows in (("plain", "list.csv"), ("changed", "short-list.csv")):
        text = pages[name].read_text(encoding="utf-8")
        with open(pages[name].parent / rows, encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for field in ("pnc", "family_name", "first_names", "date_of_birth", "officer"):
                    assert row[field] not in text, field


def test_the_page_does_not_say_who_is_restricted(pages):
    for path in pages.values():
        # Once: that the page leaves it out.
        assert path.read_text(encoding="utf-8").count("restricted") == 1


def test_a_changed_sample_shows_its_shortfall_and_its_changes(page, pages):
    page.goto(pages["changed"].as_uri())
    text = page.locator("main").inner_text()
    assert "2 cases fewer than the 100 that were wanted" in text
    assert "Only eighteen officers work here" in text
    assert 'dice "6" <b>5</b>' in page.locator("#facts ~ dl").inner_text()
    replaced = page.get_by_role("region", name="Replaced cases").locator("tbody tr")
    assert replaced.count() == 1
    out, into = (cell.inner_text() for cell in replaced.locator("th, td").all()[:2])
    assert f"replaced by {into}" in text and f"came for {out}" in text
    assert page.get_by_role("region", name="Cases added on purpose").locator("tr").count() == 2


def test_on_paper_everything_is_open_and_nothing_is_cut_off(page, pages):
    page.goto(pages["plain"].as_uri())
    page.emulate_media(media="print")
    for hidden in (".contents", ".govuk-skip-link"):
        assert not page.locator(hidden).is_visible()
    assert page.get_by_role("region", name="Local delivery units").bounding_box()["height"] > 100
    assert page.locator(".scroll").first.evaluate("e => getComputedStyle(e).overflowX") == "visible"
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_same_page_comes_from_the_draw_and_from_its_file(pages):
    folder = pages["plain"].parent
    assert samples.plumbline("sample", "audit", folder / "sample.json") == pages[
        "plain"].read_text(encoding="utf-8")


def test_a_file_that_was_changed_by_hand_gets_no_page(pages, tmp_path):
    text = (pages["plain"].parent / "sample.json").read_text(encoding="utf-8")
    (tmp_path / "sample.json").write_text(text.replace("20200528", "20200529"), encoding="utf-8")
    done = samples.run("sample", "audit", tmp_path / "sample.json", "--out", tmp_path / "a.html")
    assert done.returncode == 1
    assert "was changed since it was written" in done.stderr
    assert not (tmp_path / "a.html").exists()
