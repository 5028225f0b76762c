"""A second assessment: nothing of the first shows on it, and it goes into the record beside it."""

import pytest
from playwright.sync_api import expect

from device import (
    answers, choose, expect_chosen, expect_saved, expect_status, go_to, note, own_cases, record)
from staff import Inspectorate, mistakes
from wellmade import check_widths, without_script

pytestmark = pytest.mark.slow

FIELDWORK = "/fieldwork/training"
NAMES = {
    "assessor-1": "Assessor one", "assessor-2": "Assessor two", "assessor-3": "Assessor three",
    "local": "The local assessor"}
WORDS = {"True": "yes", "False": "no"}

# What is chosen and written in a form, by its fields.
SHOWN = """() => Object.fromEntries(
  [...document.querySelectorAll('#assessment input:checked, #assessment textarea')]
    .filter(e => e.value !== '').map(e => [e.name, e.value]))"""


@pytest.fixture(scope="module")
def place(tmp_path_factory, browser):
    with Inspectorate(tmp_path_factory.mktemp("seconds"), browser) as inspectorate:
        yield inspectorate


@pytest.fixture(scope="module")
def twice(place):
    """The first and the second assessor of the cases that are assessed twice, by their numbers."""
    first, second = (
        {case["number"]: role for role in NAMES for case in own_cases(place, role, kind)}
        for kind in ("first", "second"))
    return {number: (first[number], role) for number, role in second.items()}


@pytest.fixture(scope="module")
def untouched(place, twice):
    """Of those, the ones that nobody began, each for one journey."""
    begun = {case_of(entry) for entry in record(place) if entry["event"] == "answer-given"}
    return [number for number in sorted(twice) if number not in begun]


def case_of(entry):
    return int(entry["subject"].split("/")[1])


def said(entries, kind, number):
    """What the record holds of an assessment, by the fields of its form; of notes, that one is."""
    found = {}
    for entry in entries:
        if entry["event"] == "answer-given" and entry["subject"].startswith(f"{kind}/{number}/"):
            question = entry["subject"].split("/")[2]
            for field, value in entry["values"].items():
                found[f"{question}:{field}"] = WORDS.get(str(value), value)
    return found


def shown(page):
    return {
        name: "yes" if name.endswith(":note") else value
        for name, value in page.evaluate(SHOWN).items()}


def open_second(page, number):
    """Opens a second assessment from the list of one's own."""
    page.goto(f"{FIELDWORK}/seconds")
    page.get_by_role("link", name=f"Case {number}", exact=True).click()
    assert page.url.endswith(f"/seconds/{number}")
    expect(page.locator("h1")).to_have_text(f"Second assessment of case {number}")


def save(page):
    page.locator(".assessment__save button").first.click()


def expect_in_the_record(page):
    expect(page.locator(".govuk-notification-banner--success")).to_contain_text(
        "What you said is in the record")


def test_a_second_assessor_sees_their_own_answers_where_the_first_differ(place, twice):
    entries = record(place)
    differing = {}
    for number in twice:
        first, second = (said(entries, kind, number) for kind in ("answer", "second"))
        if any(first.get(field) != value for field, value in second.items()):
            differing[number] = second
    assert len(differing) > 1
    for number, second in differing.items():
        role, other = twice[number]
        page = place.page(other, java_script_enabled=False)
        open_second(page, number)
        assert shown(page) == second
        assert NAMES[role] not in page.content()
        page.context.close()


def test_what_the_first_assessor_says_meanwhile_is_nowhere_for_the_second(
        place, twice, untouched):
    number = untouched.pop()
    first, second = twice[number]
    page = place.page(first, java_script_enabled=False)
    page.goto(f"{FIELDWORK}/cases/{number}/assess")
    choose(page, "2.1.1", "answer", "insufficient")
    choose(page, "2.1.1", "p1", "no")
    note(page, "2.1.1").fill("The first assessor alone wrote this.")
    save(page)
    expect_in_the_record(page)
    for runs in (True, False):
        other = place.page(second, java_script_enabled=runs)
        open_second(other, number)
        if runs:
            expect(other.locator(".assessment--saving")).to_be_attached()
        assert shown(other) == {}
        assert other.locator("#answered").text_content() == "0"
        assert "alone wrote" not in other.content() and NAMES[first] not in other.content()
        for rest in ("", "/assess", "/sheet", "/assess/conflicts"):
            assert other.request.get(f"{FIELDWORK}/cases/{number}{rest}").status == 404
        other.context.close()


def test_a_question_is_answered_without_script(place, twice, untouched):
    number = untouched.pop()
    first, second = twice[number]
    page = place.page(second, java_script_enabled=False)
    open_second(page, number)
    # There is nothing to submit: the second assessment is done when all is answered.
    assert page.get_by_role("button", name="Submit the case").count() == 0
    save(page)
    assert "Nothing was changed" in page.text_content("main")
    choose(page, "2.1.1", "answer", "sufficient")
    choose(page, "2.1.1", "p1", "no")
    note(page, "2.1.1").fill("Seen by the second.")
    save(page)
    expect_in_the_record(page)
    page.reload()
    assert shown(page) == {"2.1.1:answer": "sufficient", "2.1.1:p1": "no", "2.1.1:note": "yes"}
    address = f"{FIELDWORK}/seconds/{number}"
    assert answers(place, address, "2.1.1") == [{"answer": "sufficient", "p1": "no", "note": True}]
    assert "Seen by the second." not in str(record(place))
    page = place.page(first, java_script_enabled=False)
    page.goto(f"{FIELDWORK}/cases/{number}/assess")
    assert shown(page) == {} and "Seen by the second." not in page.content()
    assert answers(place, page.url.removeprefix(place.address), "2.1.1") == []


def test_a_question_is_answered_with_script_and_away(place, twice, untouched):
    number = untouched.pop()
    first, second = twice[number]
    page = place.page(second)
    address = f"{FIELDWORK}/seconds/{number}"
    go_to(page, address)
    choose(page, "2.1.1", "answer", "insufficient")
    expect_saved(page)
    page.context.set_offline(True)
    choose(page, "2.1.2", "answer", "sufficient")
    expect_status(page, "No network: saved on this device, 1 waiting")
    page.context.set_offline(False)
    expect_saved(page)
    page.reload()
    expect_chosen(page, "2.1.2", "answer", "sufficient")
    assert answers(place, address, "2.1.1") == [{"answer": "insufficient"}]
    assert answers(place, address, "2.1.2") == [{"answer": "sufficient"}]
    other = place.page(first)
    go_to(other, f"{FIELDWORK}/cases/{number}/assess")
    assert shown(other) == {}


def test_a_text_that_is_too_long_is_refused_and_nothing_is_lost(place, twice, untouched):
    number = untouched.pop()
    page = place.page(twice[number][1], service_workers="block")
    without_script(page)
    open_second(page, number)
    choose(page, "2.1.1", "answer", "sufficient")
    note(page, "2.1.1").evaluate("e => e.removeAttribute('maxlength')")
    note(page, "2.1.1").fill("x" * 4_001)
    save(page)
    assert mistakes(page) == {"Write at most 4,000 characters on 2.1.1": "q-2-1-1-note"}
    assert note(page, "2.1.1").input_value() == "x" * 4_001
    expect_chosen(page, "2.1.1", "answer", "sufficient")
    assert answers(place, f"{FIELDWORK}/seconds/{number}", "2.1.1") == []
    check_widths(page)
    note(page, "2.1.1").fill("Shorter.")
    save(page)
    expect_in_the_record(page)
    check_widths(page)
