"""A case is assessed without script, submitted, returned with a query and opened again."""

from program import plumbline
from staff import mistakes, press, type_in

FIELDWORK = "/fieldwork/training"


def open_case(page):
    """A case of whoever signed in that nobody began."""
    page.goto(f"{FIELDWORK}/cases")
    row = page.locator("tr", has_text="Not begun").first
    number = row.locator("th, td").first.text_content().strip()
    page.goto(f"{FIELDWORK}/cases/{number}")
    page.get_by_role("link", name="Assess this case").or_(
        page.get_by_role("button", name="Assess this case")).click()
    return number


def choose(page, field, value):
    page.check(f"[name='{field}'][value='{value}']")


def test_a_case_is_assessed_and_answers_that_differ_are_chosen_from(inspectorate_on_each_store):
    assess(inspectorate_on_each_store)
    choose_between_devices(inspectorate_on_each_store)


def assess(site):
    page = site.page("assessor-1", java_script_enabled=False)
    number = open_case(page)
    choose(page, "conditions:risk-of-harm-not-low", "no")
    choose(page, "2.1.1:answer", "sufficient")
    for prompt in (1, 2, 3):
        choose(page, f"2.1.1:p{prompt}", "no")
    page.fill("[name='2.1.1:note']", "Seen on the file.")
    page.locator(".assessment__save button").first.click()
    assert "What you said is in the record" in page.locator("main").text_content()
    assert page.locator("[name='2.1.1:note']").input_value() == "Seen on the file."
    # The answer goes against its prompts: asked for, and nothing is blocked.
    assert page.locator("[data-contradiction='2.1.1']").is_visible()
    assert not page.locator("#q-2-2-3").is_visible()
    assert page.locator("[data-left-out='2.2.3']").is_visible()

    press(page, "Submit the case")
    said = mistakes(page)
    assert any("2.1.2 is not answered" in text for text in said)
    assert all(page.locator(f"#{field}").count() == 1 for field in said.values())
    questions = {
        radio.get_attribute("name") for radio in page.locator("[name$=':answer']").all()}
    for field in questions:
        if page.locator(f"[name='{field}']").first.is_visible():
            choose(page, field, "sufficient")
    page.locator(".assessment__save button").first.click()
    press(page, "Submit the case")
    assert "Submitted" in page.locator("main").text_content()

    lead = site.page("lead", java_script_enabled=False)
    lead.goto(f"{FIELDWORK}/cases/{number}")
    type_in(lead, text="Where was that seen?")
    lead.select_option("#question", "2.1.1")
    press(lead, "Return the case with this query")
    page.reload()
    page.locator("[name^='answer-']").fill("On the contact log.")
    press(page, "Answer the query")
    lead.reload()
    lead.locator("button", has_text="Close query").click()
    type_in(lead, reason="A file came late")
    press(lead, "Open the case again")
    assert "A file came late" in lead.locator("main").text_content()
    lead.get_by_role("link", name="Case sheet to print").click()
    assert "Seen on the file." in lead.locator("main").text_content()
    said = plumbline("record", "verify", *site.store)
    assert "are right" in said


def choose_between_devices(site):
    lead = site.page("lead", java_script_enabled=False)
    lead.goto(f"{FIELDWORK}/progress")
    lead.locator("main a", has_text="Case").first.click()
    assert lead.locator(".side-by-side__one").count() >= 4
    for group in lead.locator("fieldset").all():
        group.locator("input").first.check()
    press(lead, "Save what I chose")
    lead.goto(f"{FIELDWORK}/progress")
    assert "answers that differ" not in lead.locator("main").text_content()
