"""A wrong value in an address: the form again, the mistake named, status 400."""

import pytest

pytestmark = pytest.mark.slow

WRONG = [
    ("/providers?kind=abbey", "kind", "There is no kind of provider “abbey”"),
    ("/providers?region=mars", "region", "There is no region “mars”"),
    ("/providers?rating=poor", "rating", "There is no rating “poor”"),
    ("/league-tables?kind=abbey", "kind", "There is no kind of provider “abbey”"),
    ("/league-tables?standards=crc-1999", "standards", "There is no edition"),
    ("/league-tables?kind=crc&standards=pdu-2021", "standards", "is not for this kind"),
    ("/league-tables?standard=9.9", "standard", "There is no standard “9.9”"),
    ("/league-tables?round=99", "round", "There is no round “99”"),
    ("/league-tables?as-of=31/12/2020", "as-of", "“31/12/2020” is not a date"),
    ("/league-tables?as-of=2020-02-30", "as-of", "“2020-02-30” is not a date"),
]


@pytest.mark.parametrize("path, field, words", WRONG)
def test_the_mistake_is_named_and_linked_to_its_field(site, page, path, field, words):
    answer = page.goto(site + path)
    assert answer.status == 400
    assert page.title().startswith("Error: ")
    link = page.locator(f".govuk-error-summary a[href='#{field}']")
    assert words in link.inner_text()
    assert words in page.locator(f"#{field}-error").inner_text()
    link.click()
    assert page.evaluate("document.activeElement.id") == field


@pytest.mark.parametrize("path, field, words", WRONG)
def test_what_was_typed_is_kept(site, page, path, field, words):
    page.goto(site + path)
    typed = path.split(f"{field}=")[1].split("&")[0]
    assert page.locator(f"#{field}").input_value() == typed


def test_a_wrong_order_is_refused_with_the_orders_there_are(site, page):
    assert page.goto(site + "/league-tables?sort=colour").status == 400
    assert "place, provider, overall" in page.locator(".govuk-error-summary").inner_text()


def test_what_is_typed_is_never_markup(site, page):
    for path in ("/providers?q=<b>x</b>", "/providers?kind=<b>x</b>", "/<b>x</b>",
                 "/league-tables?as-of=\"><b>x</b>"):
        page.goto(site + path)
        assert page.locator("main b").count() == 0


def test_empty_values_count_as_not_given_and_unknown_names_are_ignored(site, page):
    assert page.goto(site + "/providers?q=&kind=&region=&rating=&colour=red").status == 200
    assert page.goto(site + "/league-tables?standards=&round=&as-of=&sort=").status == 200
