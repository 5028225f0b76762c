"""Somebody looks for a provider and reads on to its newest inspection."""


def test_from_the_home_page_to_an_inspection(site, page):
    page.goto(site + "/")
    page.get_by_label("Find a provider").fill("west yorkshire")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="West Yorkshire CRC").click()
    assert page.locator("h1").inner_text() == "West Yorkshire CRC"
    assert page.get_by_role("img", name="Overall ratings of West Yorkshire CRC").count() == 1
    page.get_by_role("link", name="See this inspection").click()
    assert "10 March 2020" in page.title()
    assert page.get_by_role("img", name="Overall score and bands").count() == 1


def test_filters_narrow_and_are_kept_in_the_form(site, page):
    page.goto(site + "/providers")
    every = page.locator("tbody tr").count()
    page.get_by_label("Kind").select_option("pdu")
    page.get_by_label("Region").select_option("wales")
    page.get_by_label("Newest overall rating").select_option("requires-improvement")
    page.get_by_role("button", name="Show providers").click()
    rows = page.locator("tbody tr")
    assert 0 < rows.count() < every
    for row in rows.all():
        assert "PDU" in row.inner_text() and "Wales" in row.inner_text()
        assert "Requires improvement" in row.inner_text()
    assert page.get_by_label("Region").input_value() == "wales"
    page.get_by_role("link", name="Clear all filters").click()
    assert page.locator("tbody tr").count() == every


def test_nothing_found_names_what_is_near(site, page):
    page.goto(site + "/providers?q=northumbrai")
    assert page.get_by_role("heading", name="No provider fits").count() == 1
    assert page.locator("main").get_by_role("link", name="Northumbria CRC").count() == 1


def test_an_unknown_address_names_what_is_near(site, page):
    answer = page.goto(site + "/providers/west-kent")
    assert answer.status == 404
    page.locator("main").get_by_role("link", name="West Kent PDU").click()
    assert page.locator("h1").inner_text() == "West Kent PDU"
