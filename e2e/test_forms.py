"""Every form, sent empty and sent wrong: each mistake leads to its field, and nothing is lost."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from device import open_cases
from quality import ASSESSORS
from staff import PROVIDER, mistakes
from wellmade import check_widths, without_script

NO_DAY = {"day": "31", "month": "2", "year": "2028"}


def day(name):
    return {f"{name}-{part}": value for part, value in NO_DAY.items()}


# Who sends it from where with which button; the fields that may not be empty; something wrong.
FORMS = {
    "sign in": (
        None, "/sign-in", "Sign in", ["email", "password"], {"email": "somebody@example"}),
    "code": (None, "/sign-in/code", "Sign in", ["code"], {"code": "123"}),
    "password": ("lead", "/account", "Change the password", ["present", "password"], None),
    "second factor": ("lead", "/account/second-factor", "Set it up", ["code", "present"], {"code": "12 34"}),
    "token": (
        "lead", "/account", "Make a token", ["title", "inspection", "permission", "days"],
        {"title": "A title", "inspection": "no-such-one", "permission": ["take the record"],
         "days": "0"}),
    "account": (
        "admin", "/accounts", "Make the account", ["email", "name", "password"],
        {"email": "somebody@example.org", "name": "Some <b>body", "is": ["lead"]}),
    "new password": (
        "admin", "/accounts", "Give the new password", ["whose", "new"],
        {"whose": "somebody@example.org", "factor": ["forget"]}),
    "provider role": (
        "admin", "/accounts", "Save", ["who", "provider", "role"],
        {"who": "somebody@example.org", "provider": PROVIDER, "role": "officer"}),
    "inspection": (
        "lead", "/fieldwork/new", "Create the inspection",
        ["title", "id", "provider", "edition", "retention-day"],
        {"title": "A “title” & more", "id": "a-name", "provider": PROVIDER, "edition": "pdu-2023",
         **day("publication"), **day("retention")}),
    "member": (
        "lead", "/fieldwork/training/team", "Save", ["email", "role"],
        {"email": "somebody@example.org", "role": ["assessor", "local-assessor"],
         "cleared": ["yes"], "conflicts": "One office\nAnother <office>", "officer": "An officer",
         "team": "A team"}),
    "plan": (
        "lead", "/fieldwork/training/plan", "Change the day", ["publication-day"],
        day("publication")),
    "return": (
        "lead", "/fieldwork/new-2028/return", "Upload and check", ["list"],
        {"profile": "plumbline", **day("listed")}),
    "sample": (
        "lead", "/fieldwork/frozen-2028/sample", "Draw the sample",
        ["seed", "confidence", "margin"],
        {"seed": "6 5 4", "source": "Dice", "kind": "unpaid-work", "confidence": "ninety",
         "margin": "4", "method": "moj-2020", **day("from"), **day("until"), "refused": ["yes"],
         "shortfall": "Only few work here"}),
    "replacement": (
        "lead", "/fieldwork/training/sample", "Replace it", ["number", "reason"],
        {"number": "99999", "reason": "Moved"}),
    "addition": (
        "lead", "/fieldwork/training/sample", "Add it", ["crn", "why"],
        {"crn": "12", "why": "Asked for"}),
    "request": (
        "lead", "/fieldwork/training/requests", "Ask for it", ["title", "due-day"],
        {"title": "A document", "text": "On two\nlines", **day("due")}),
    "query": (
        "lead", "/fieldwork/training/cases/1", "Return the case with this query", ["text"],
        {"question": "2.1.1"}),
    "reopening": (
        "lead", "/fieldwork/training/cases/1", "Open the case again", ["reason"], None),
    "evidence": (
        "assessor-1", "/fieldwork/training/evidence/new", "Add it",
        ["kind", "title", "says", "file", "questions"],
        {"kind": "document", "title": "A <title>", "says": "It says\nmuch", "text": "Typed"}),
    "judgement": (
        "lead", "/fieldwork/training/judgements/1.1.1", "Save", ["rating", "reason"],
        {"reason": "Because of “this” & that"}),
    "workforce": (
        "assessor-1", "/fieldwork/training/workforce", "Note it",
        ["measure", "value", "held-day", "source"],
        {"measure": "caseload-per-officer", "value": "46.55", "source": "A <return>",
         **day("held")}),
    "calibration": (
        "quality", "/fieldwork/training/quality/calibration", "Save the calibration case",
        ["title", "text"], {"title": "A <title>"}),
    "document": (
        "provider", f"/provider/{PROVIDER}/requests/training", "Send it", ["document-1"], None),
}


def open_form(inspectorate, name, **options):
    role, path, button, *_ = FORMS[name]
    page = inspectorate.page(role, **options)
    if name == "code":
        page.context.add_cookies(
            [{"name": "plumbline-attempt", "value": "x", "url": inspectorate.address}])
    page.goto(path)
    send = page.get_by_role("button", name=button, exact=True)
    form = page.locator("main form").filter(has=send).first
    return page, form, form.get_by_role("button", name=button, exact=True)


def press(page, button):
    with page.expect_navigation() as led:
        button.click()
    assert led.value.status == 422


def check(page):
    """The summary and its links; gives the fields in their order."""
    assert page.title().startswith("Error: ")
    found = mistakes(page)
    for text, field in found.items():
        assert page.locator(f"main [id='{field}']:visible").count() == 1, field
        assert page.locator(".govuk-error-message", has_text=text).count() == 1, text
    return list(found.values())


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_sent_empty_names_every_field_that_is_wanted(
        inspectorate, being_planned, name):
    page, form, send = open_form(inspectorate, name, viewport={"width": 320, "height": 900})
    for field in form.locator("input:not([type]), input[type=text], input[type=email]").all():
        if field.is_visible():
            field.fill("")
    press(page, send)
    assert check(page) == FORMS[name][3]
    page.locator(".govuk-error-summary__list a").first.click()
    assert page.evaluate("document.activeElement.id") == FORMS[name][3][0]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", [name for name in FORMS if FORMS[name][4]])
def test_what_was_typed_stays_beside_what_is_wrong(inspectorate, being_planned, name):
    typed = FORMS[name][4]
    page, form, send = open_form(inspectorate, name, java_script_enabled=False)
    for field, value in typed.items():
        place = form.locator(f"[name='{field}']")
        if isinstance(value, list):
            for one in value:
                form.locator(f"[name='{field}'][value='{one}']").check()
        elif place.evaluate("e => e.tagName") == "SELECT":
            place.select_option(value)
        else:
            place.fill(value)
    press(page, send)
    assert check(page)
    for field, value in typed.items():
        if isinstance(value, list):
            boxes = page.locator(f"main [name='{field}']:checked").all()
            assert [box.get_attribute("value") for box in boxes] == value
        else:
            assert page.input_value(f"main [name='{field}']") == value, field


def test_a_case_that_has_an_assessor_cannot_be_given_to_nobody(inspectorate):
    page = inspectorate.page("lead", java_script_enabled=False)
    page.goto("/fieldwork/training/allotment")
    place = page.locator("main select").first
    name = place.get_attribute("id")
    place.select_option(label="Nobody yet")
    press(page, page.get_by_role("button", name="Save the allotment"))
    assert check(page) == [name]
    assert page.input_value(f"#{name}") == ""


def test_a_query_is_not_answered_with_nothing(inspectorate):
    path = "/fieldwork/training/cases/1"
    role = next(
        role for role in ASSESSORS if inspectorate.context(role).request.get(path).ok)
    page = inspectorate.page(role)
    page.goto(path)
    press(page, page.get_by_role("button", name="Answer the query"))
    assert mistakes(page) == {"Write your answer": check(page)[0]}
    check_widths(page)


def test_of_answers_that_differ_one_must_be_chosen(inspectorate):
    page = inspectorate.page("lead")
    page.goto("/fieldwork/training/cases/72/assess/conflicts")
    press(page, page.get_by_role("button", name="Save what I chose"))
    field = mistakes(page)["Choose what holds"]
    assert check(page) == [field]
    check_widths(page)
    page.locator(".govuk-error-summary__list a").first.click()
    assert page.evaluate("[document.activeElement.id, document.activeElement.type]") == [
        field, "radio"]


def own_case(inspectorate, role):
    """The address of a case of an assessor that is open, and has something left to answer."""
    return next(
        case["address"] for case in open_cases(inspectorate, role)
        if case["answered"] < case["put"])


def test_a_note_that_is_too_long_is_told_at_its_field_and_stays(inspectorate):
    page = inspectorate.page("assessor-1")
    without_script(page)
    page.goto(own_case(inspectorate, "assessor-1"))
    note = page.locator("[name='2.1.1:note']")
    note.evaluate("field => field.removeAttribute('maxlength')")
    note.fill("word " * 801)
    page.check("[name='2.1.2:answer'][value='sufficient']")
    press(page, page.locator(".assessment__save button").first)
    assert mistakes(page) == {"Write at most 4,000 characters on 2.1.1": "q-2-1-1-note"}
    assert check(page) == ["q-2-1-1-note"]
    assert note.get_attribute("aria-describedby") == "q-2-1-1-note-error"
    assert note.input_value() == "word " * 801
    assert page.is_checked("[name='2.1.2:answer'][value='sufficient']")
    page.locator(".govuk-error-summary__list a").first.click()
    assert page.evaluate("document.activeElement.id") == "q-2-1-1-note"
    check_widths(page)


def test_each_question_that_is_left_says_so_when_a_case_is_submitted(inspectorate):
    page = inspectorate.page("assessor-1")
    page.goto(own_case(inspectorate, "assessor-1"))
    press(page, page.get_by_role("button", name="Submit the case"))
    left = check(page)
    assert left
    check_widths(page)
    section = page.locator(f"#{left[-1]}")
    assert section.get_attribute("aria-describedby") == f"{left[-1]}-error"
