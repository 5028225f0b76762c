"""A calibration case that the quality lead makes up: every assessor answers it alone."""

import pytest
from playwright.sync_api import expect

from device import choose, expect_chosen, expect_saved, go_to, note, record
from quality import write_calibration
from wellmade import check_shape, check_widths, without_script

pytestmark = pytest.mark.slow

FIELDWORK = "/fieldwork/training"
QUALITY = f"{FIELDWORK}/quality"
ADDRESS = f"{FIELDWORK}/calibrations/1"
TEXT = "Somebody made up, on a plan without a risk.\n\nNobody real."


@pytest.fixture
def calibrated(at_work):
    """With a calibration case, which the first journey sets."""
    quality = at_work.page("quality", java_script_enabled=False)
    quality.goto(f"{QUALITY}/calibration")
    if "Begun by" not in quality.text_content("main"):
        write_calibration(quality, "A plan without a risk", TEXT, QUALITY)
    return at_work


def given(inspectorate):
    """What the record holds of it, by who said it."""
    found = {}
    for entry in record(inspectorate):
        if entry["subject"].startswith("calibration/1/") and entry["event"] == "answer-given":
            found.setdefault(entry["author"], []).append(entry["values"])
    return found


def expect_nothing(page):
    expect(page.locator("#answered")).to_have_text("0")
    assert page.locator("#assessment input:checked:not([value=''])").count() == 0
    assert {text.input_value() for text in page.locator("#assessment textarea").all()} == {""}


def test_an_assessor_answers_it_and_the_others_see_nothing_of_that(calibrated):
    page = calibrated.page("assessor-1", java_script_enabled=False)
    page.goto(FIELDWORK)
    page.get_by_role("link", name="Calibration cases").click()
    page.get_by_role("link", name="1. A plan without a risk").click()
    assert page.url.endswith(ADDRESS)
    assert "Nobody real." in page.text_content("main")
    expect_nothing(page)
    choose(page, "2.1.1", "answer", "sufficient")
    note(page, "2.1.1").fill("As I would judge it.")
    page.locator(".assessment__save button").first.click()
    assert "What you said is in the record" in page.text_content("main")
    page.reload()
    expect_chosen(page, "2.1.1", "answer", "sufficient")
    expect(note(page, "2.1.1")).to_have_value("As I would judge it.")
    assert list(given(calibrated.inspectorate).values()) == [
        [{"answer": "sufficient", "note": True}]]

    other = calibrated.page("assessor-2")
    go_to(other, ADDRESS)
    expect_nothing(other)
    assert "As I would" not in other.content() and "Assessor one" not in other.content()
    choose(other, "2.1.1", "answer", "insufficient")
    expect_saved(other)
    said = given(calibrated.inspectorate)
    assert sorted(values[-1]["answer"] for values in said.values()) == [
        "insufficient", "sufficient"]
    page.reload()
    expect_chosen(page, "2.1.1", "answer", "sufficient")

    quality = calibrated.page("quality", java_script_enabled=False)
    quality.goto(f"{QUALITY}/calibration")
    assert "Begun by 2 of" in quality.text_content("main")
    quality.get_by_role("link", name="1. A plan without a risk").click()
    assert "its text stays" in quality.text_content("main")
    assert quality.locator("main textarea").count() == 0


def test_who_does_not_assess_opens_none(calibrated):
    for role in ("quality", "provider"):
        page = calibrated.page(role)
        assert page.request.get(ADDRESS).status in (403, 404)


@pytest.mark.parametrize("runs", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("path", ["/calibrations", "/calibrations/1"])
def test_its_pages_are_well_made(calibrated, path, runs):
    page = calibrated.page("assessor-3", service_workers="block")
    if not runs:
        without_script(page)
    page.goto(FIELDWORK + path)
    check_shape(page, scripts=1 if path.endswith("1") else 0)
    check_widths(page)
