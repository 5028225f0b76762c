"""A quality lead draws second assessments, sees how far assessors agree, and reconciles."""

import contextlib
import csv
import io
import json
import re
import urllib.error

import pytest

from program import STORES, database, plumbline
from quality import (
    ASSESSORS, HERE, NAME, PATH, SEED, assess_some, new_id, prepare, record, write_calibration)
from staff import Inspectorate, cells, mistakes, press, type_in
from wellmade import check_shape, check_widths

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=STORES)
def place(request, tmp_path_factory, browser):
    folder, data = tmp_path_factory.mktemp("quality"), tmp_path_factory.mktemp("data")
    with database(request.param) as address, Inspectorate(data, browser, address) as inspectorate:
        prepare(inspectorate, folder)
        yield inspectorate


@pytest.fixture(scope="module")
def quality(place):
    return place.page("quality", java_script_enabled=False)


@pytest.fixture(scope="module")
def assessed(place, quality):
    return assess_some(place, quality)


def pairs(place):
    text = place.context("quality").request.get(f"{PATH}/agreement.csv").text()
    found = {}
    for row in csv.DictReader(io.StringIO(text)):
        found.setdefault((row["question"], row["case"]), []).append(row["answer"])
    return found


def test_a_draw_needs_a_share_and_a_seed(place, quality):
    # The first journey: nothing is drawn yet.
    quality.goto(f"{PATH}/seconds")
    type_in(quality, share="101", seed="")
    press(quality, "Draw the second assessments")
    assert mistakes(quality) == {
        "Enter a whole number from 1 to 100": "share", "Enter a seed": "seed"}
    assert quality.input_value("#share") == "101"
    type_in(quality, share="ten", seed=SEED)
    press(quality, "Draw the second assessments")
    assert mistakes(quality) == {"Enter a whole number from 1 to 100": "share"}
    assert quality.input_value("#seed") == SEED


def test_anybody_can_draw_the_cases_again(place, quality, assessed):
    drawn = next(e for e in record(place) if e.get("event") == "seconds-drawn")["values"]
    assert (drawn["seed"], drawn["share"]) == (SEED, 10)
    quality.goto(f"{PATH}/seconds")
    assert "The same cases" in quality.text_content("main")
    program = quality.locator("pre").text_content()
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(program, {})  # What the page says to run.
    assert said.getvalue().strip() == str(drawn["cases"])


def test_nobody_assesses_a_case_twice_and_each_sees_their_own(place, assessed):
    assessors, _ = assessed
    assert all(assessors.first[number] != who for number, who in assessors.second.items())
    number = next(iter(assessors.second))
    with pytest.raises(urllib.error.HTTPError, match="422"):
        assessors.ask(assessors.tokens[assessors.first[number]], "/entries", {"entries": [{
            "id": new_id(), "event": "answer-given", "subject": f"second/{number}/2.1.1",
            "over": 1, "values": {"answer": "sufficient"}}]})
    seen = []
    for role in ASSESSORS:
        page = place.page(role)
        page.goto(f"{HERE}/seconds")
        text = page.text_content("main")
        assert not re.search("Assessor (one|two|three)|The local assessor", text)
        own = page.locator("tbody a").all_text_contents()
        seen += [int(name.removeprefix("Case ")) for name in own]
        page.context.close()
    assert sorted(seen) == sorted(assessors.second)


def test_agreement_is_that_of_the_pairs(place, quality, assessed, tmp_path):
    _, codes = assessed
    found = pairs(place)
    quality.goto(f"{PATH}/agreement")
    rows = quality.locator("table").first.locator("tbody tr").all()
    assert len(rows) == len(codes)
    for code, row in zip(codes, rows):
        own = [answers for (question, _), answers in found.items() if question == code]
        agree = sum(one == other for one, other in own)
        percent = int(agree / len(own) * 100 + 0.5)
        said = cells(row)
        assert said[0].startswith(code)
        assert said[1] == f"{agree} of {len(own)}{percent}%"
        assert re.match(r"−?\d\.\d\d", said[2])
    file = tmp_path / "pairs.csv"
    file.write_bytes(place.context("quality").request.get(f"{PATH}/agreement.csv").body())
    tool = json.loads(plumbline("agreement", file, "--json"))
    said = cells(quality.locator("table").nth(1).locator("tbody tr").last)
    values = {one["name"]: one["value"] for one in tool["all"]["coefficients"]}
    for cell, name in zip(said[2:], ("gwet", "cohen", "fleiss", "krippendorff")):
        assert abs(float(re.match(r"\d\.\d\d", cell).group(0)) - values[name]) <= 0.005001
    assert "nan" not in quality.text_content("main").lower().split()


def test_a_disagreement_is_reconciled_and_both_answers_stay(place, quality, assessed):
    quality.goto(f"{PATH}/disagreements")
    differing = sum(one != other for one, other in pairs(place).values())
    assert quality.locator("caption").text_content() == f"To reconcile: {differing}"
    assert "Seen in the contact log & the plan." in quality.locator("tbody").text_content()
    before = pairs(place)
    quality.locator("tbody a").first.click()
    press(quality, "Note what was agreed")
    assert mistakes(quality) == {
        "Choose what was agreed": "answer", "Say why": "reason"}
    type_in(quality, reason="Both read the plan again.")
    press(quality, "Note what was agreed")
    assert mistakes(quality) == {"Choose what was agreed": "answer"}
    assert quality.input_value("#reason") == "Both read the plan again."
    quality.get_by_label("Insufficient", exact=True).check()
    press(quality, "Note what was agreed")
    captions = quality.locator("caption").all_text_contents()
    assert captions == [f"To reconcile: {differing - 1}", "Reconciled: 1"]
    row = cells(quality.locator("table").last.locator("tbody tr"))
    assert row[4] == "InsufficientBoth read the plan again."
    assert pairs(place) == before
    last = record(place)[-1]
    assert last["subject"].startswith("agreed/") and "read the plan" not in str(last)


def test_a_calibration_case_reaches_every_assessor(place, quality, assessed):
    quality.goto(f"{PATH}/calibration")
    press(quality, "Save the calibration case")
    assert mistakes(quality) == {"Enter a title": "title", "Write the case": "text"}
    write_calibration(quality, "A plan without a risk", "Somebody made up.\n\nNobody real.")
    assert "Begun by 0 of 5 assessors" in quality.text_content("main")
    quality.get_by_role("link", name="1. A plan without a risk").click()
    type_in(quality, title="A plan without a risk to others")
    press(quality, "Save the calibration case")
    page = place.page("local")
    page.goto(HERE)
    page.get_by_role("link", name="Calibration cases").click()
    link = page.get_by_role("link", name="1. A plan without a risk to others")
    assert link.get_attribute("href") == f"{HERE}/calibrations/1"


@pytest.mark.parametrize("path", [
    "", "/seconds", "/agreement", "/disagreements", "/disagreements/one", "/severity",
    "/calibration", "/calibration/1"])
def test_a_page_with_something_on_it_is_well_made(place, assessed, path):
    page = place.page("quality")
    if path == "/disagreements/one":
        page.goto(f"{PATH}/disagreements")
        page.locator("tbody a").first.click()
        press(page, "Note what was agreed")
    else:
        page.goto(PATH + path)
    check_shape(page)
    check_widths(page)
    page.context.close()


def test_the_record_is_right_afterwards(place, assessed):
    said = plumbline("record", "verify", *place.store)
    assert "are right" in said and NAME in said
