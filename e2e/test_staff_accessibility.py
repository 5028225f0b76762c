"""Every type of page that people sign in to, at both widths."""

import pytest

from pages import SCRIPTED, STAFF_PAGES, scripted
from wellmade import check_shape, check_widths, without_script

pytestmark = pytest.mark.slow


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
    check_shape(page)
    check_widths(page)
    assert all(address.startswith(inspectorate.address) for address in asked)
    assert [text for text in said if "status of 40" not in text] == []


@pytest.mark.parametrize("runs", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("name", SCRIPTED)
def test_a_page_with_script_is_well_made_also_without_it(inspectorate, name, runs):
    role, path = scripted(inspectorate)[name]
    page = inspectorate.page(role, service_workers="block")
    if not runs:
        without_script(page)
    page.goto(path, wait_until="networkidle")
    check_shape(page, scripts=1)
    check_widths(page)
    page.context.close()


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
