"""On paper: no navigation, black on white, nothing cut off."""

from device import record
from quality import questions
from wellmade import WIDE

# How wide A4 is on a screen.
PAPER = 794


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


def test_a_case_sheet_prints_every_question_and_no_navigation(inspectorate):
    page = inspectorate.page("quality")
    asked = questions(page, "/fieldwork/training/quality")
    page = inspectorate.page("lead", viewport={"width": PAPER, "height": 1100})
    page.goto("/fieldwork/training/cases/1/sheet")
    page.emulate_media(media="print")
    for part in ("nav", "form", "button", ".govuk-breadcrumbs", ".masthead__link", ".foot ul"):
        assert page.locator(part).locator("visible=true").count() == 0, part
    sections = page.locator(".sheet-question:visible").all()
    said = {
        section.locator("h3").text_content().split()[0]: section.locator("strong").first
        for section in sections}
    assert len(asked) > 10
    assert [code for code in said if code != "Query"] == asked
    answered = {
        entry["subject"].split("/")[2]: entry["values"]["answer"] for entry in record(inspectorate)
        if entry["subject"].startswith("answer/1/") and "answer" in entry["values"]}
    assert answered
    for code, answer in answered.items():
        assert said[code].text_content() == answer.capitalize()
    assert page.evaluate(WIDE, PAPER) == []
    assert page.pdf(format="A4").startswith(b"%PDF")
