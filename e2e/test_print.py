"""On paper: no navigation, black on white, nothing cut off."""


def test_navigation_and_forms_stay_off_the_paper(site, page):
    page.goto(site + "/league-tables?kind=crc")
    page.emulate_media(media="print")
    for part in (".sections", ".filter", ".govuk-skip-link"):
        assert not page.locator(part).is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator("tbody tr").first.is_visible()


def test_a_rating_prints_black_on_white_with_its_shape(site, page):
    page.goto(site + "/providers/west-yorkshire-crc")
    page.emulate_media(media="print")
    rating = page.locator(".rating").first
    colour = rating.evaluate("e => getComputedStyle(e).color")
    ground = rating.evaluate("e => getComputedStyle(e).backgroundColor")
    assert (colour, ground) == ("rgb(0, 0, 0)", "rgba(0, 0, 0, 0)")
    assert rating.locator("svg").is_visible()


def test_a_page_can_be_printed_to_pdf(site, page):
    page.goto(site + "/held/training")
    assert page.pdf(format="A4").startswith(b"%PDF")
