"""Somebody sorts and dates a league table by links and a form alone."""


def names(page):
    return [cell.inner_text().split("\n")[0] for cell in page.locator("tbody th").all()]


def test_a_click_sorts_and_another_turns_it_round(site, plain_page):
    page = plain_page
    page.goto(site + "/league-tables?kind=nps")
    page.get_by_role("link", name="Sort by Provider").click()
    rising = names(page)
    assert rising == sorted(rising)
    assert page.locator("th[aria-sort=ascending]").inner_text().endswith("Provider")
    page.get_by_role("link", name="Sort by Provider").click()
    assert names(page) == rising[::-1]
    assert page.locator("th[aria-sort=descending]").inner_text().endswith("Provider")


def test_sorting_keeps_what_was_chosen(site, plain_page):
    page = plain_page
    page.goto(site + "/league-tables?kind=crc&standards=crc-2018&as-of=2019-09-26&standard=2.1")
    page.get_by_role("link", name="Sort by 2.1 Assessment").click()
    for part in ("kind=crc", "standards=crc-2018", "as-of=2019-09-26", "standard=2.1",
                 "sort=standard"):
        assert part in page.url
    assert page.get_by_label("As of").input_value() == "2019-09-26"


def test_the_table_holds_as_of_its_day(site, page):
    page.goto(site + "/league-tables?kind=crc&as-of=2019-09-26")
    assert page.locator("tbody tr").count() == 21
    key = page.locator(".key").inner_text()
    assert "Good: 1" in key and "Requires improvement: 19" in key and "Inadequate: 1" in key


def test_tables_part_where_the_standards_changed(site, page):
    page.goto(site + "/league-tables?kind=pdu")
    assert page.locator("section.league").count() == 2
    assert page.get_by_text("The series breaks between pdu-2021 and pdu-2023").count() == 1


def test_a_standard_of_another_edition_with_the_same_code_is_not_mixed_up(site, page):
    page.goto(site + "/league-tables?kind=pdu&standard=2.1")
    assert page.get_by_role("link", name="Sort by 2.1 Assessment").count() == 2
    page.goto(site + "/league-tables?kind=pdu&standard=2.1&standards=pdu-2021")
    assert page.get_by_role("link", name="Sort by 2.1 Court work").count() == 1


def test_a_round_narrows_the_table(site, page):
    page.goto(site + "/league-tables?kind=pdu&round=2")
    for row in page.locator("tbody th").all():
        assert "round 2" in row.inner_text()
