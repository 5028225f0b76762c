"""The keyboard alone reaches everything, and shows where it is."""

import pytest

from pages import MISTAKES

pytestmark = pytest.mark.slow

REACHABLE = "a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']"

# Pages with hundreds of links of one sort are walked in a narrowed form.
WALKED = {
    "home": "/",
    "providers": "/providers?q=kent",
    "provider": "/providers/west-yorkshire-crc",
    "inspection": "/inspections/derbyshire-leicestershire-nottinghamshire-rutland-crc-2",
    "held": "/held/training",
    "league": "/league-tables?kind=nps",
    "standards": "/standards",
    "edition": "/standards/pdu-2023",
    "difference": "/standards/crc-2019/to/pdu-2021",
    "checks": "/checks",
    "data": "/data",
    "accessibility": "/accessibility",
    "about": "/about",
    **MISTAKES,
}

SEEN = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e);
  const marked = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0
    || s.boxShadow !== 'none';
  const all = [...document.querySelectorAll(REACHABLE)];
  return { place: all.indexOf(e), marked, top: e.getBoundingClientRect().top };
}"""


@pytest.mark.parametrize("name", WALKED)
def test_tab_reaches_every_link_field_and_button_in_order(site, page, name):
    page.goto(site + WALKED[name])
    script = SEEN.replace("REACHABLE", repr(REACHABLE))
    visible = page.evaluate(
        f"""() => [...document.querySelectorAll({REACHABLE!r})]
          .map((e, i) => e.checkVisibility() ? i : -1).filter(i => i >= 0)""")
    reached = []
    for _ in range(len(visible) + 2):
        page.keyboard.press("Tab")
        now = page.evaluate(script)
        if now is None or now["place"] < 0:
            break
        if now["place"] in reached:
            break
        assert now["marked"], f"element {now['place']} does not show that it has the focus"
        reached.append(now["place"])
    assert reached == visible


def test_the_first_tab_offers_to_skip_to_the_content(site, page):
    page.goto(site + "/providers")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_a_search_needs_no_mouse(site, page):
    page.goto(site + "/")
    page.focus("#q")
    page.keyboard.type("kirklees")
    page.keyboard.press("Enter")
    page.wait_for_url("**/providers?**")
    assert page.locator("tbody tr").count() == 1
