"""The main job: cases taken along, answered without a network, and in the record afterwards."""

import re

import pytest
from playwright.sync_api import expect

from device import (
    ASSESSOR, DEVICE, answers, choose, device, expect_chosen, expect_saved, expect_status, go_to,
    note, take_along, waiting)
from staff import cells

pytestmark = pytest.mark.slow

FIELDWORK = "/fieldwork/training"


def begun_of_all(lead):
    """How many cases of the sample somebody began, and how many there are."""
    lead.goto(f"{FIELDWORK}/cases")
    rows = lead.locator("tbody tr")
    return rows.count() - rows.filter(has_text="Not begun").count(), rows.count()


def check_progress(lead):
    lead.goto(f"{FIELDWORK}/progress")
    differ = lead.locator("main li", has_text="answers that differ")
    assert differ.locator("a").all_text_contents() == ["Case 72"]
    expect(lead.get_by_role("heading", name="Ratings as they would be now")).to_be_visible()
    rated = lead.locator("table", has_text="Deciding question").locator(".rating")
    words = {"Outstanding", "Good", "Requires improvement", "Inadequate"}
    assert rated.count() > 0 and set(rated.all_inner_texts()) <= words
    devices = lead.locator("table", has_text="Devices that hold cases").locator("tbody tr")
    assert [cells(row)[0] for row in devices.all()] == ["Assessor one"]


def check_agreement(quality):
    quality.goto(f"{FIELDWORK}/quality/agreement")
    rows = [cells(row) for row in quality.locator("table").first.locator("tbody tr").all()]
    paired = [row for row in rows if row[1] != "None yet"]
    assert len(paired) > len(rows) / 2
    assert all(re.match(r"−?\d\.\d\d ", row[2]) for row in paired)


def test_cases_are_answered_away_and_are_in_the_record_afterwards(
        at_work_on_each_store, tmp_path):
    at_work = at_work_on_each_store
    inspectorate = at_work.inspectorate
    first, second = at_work.case(), at_work.case()
    lead = inspectorate.page("lead", java_script_enabled=False)
    begun, cases = begun_of_all(lead)
    assert 0.4 < begun / cases < 0.6
    with device(inspectorate, tmp_path / "browser") as context:
        page = context.new_page()
        inspectorate.sign_in(page, ASSESSOR, wanted=DEVICE)
        page.wait_for_url(f"**{DEVICE}")
        assert first in take_along(page)
        context.set_offline(True)
        for count, (address, answer) in enumerate(
                ((first, "sufficient"), (second, "insufficient")), start=1):
            go_to(page, address)
            choose(page, "2.1.1", "p1", "yes")
            choose(page, "2.1.1", "answer", answer)
            note(page, "2.1.1").fill(f"Said to be {answer} in the office.")
            expect_status(page, f"No network: saved on this device, {count} waiting")
        page.reload()
        expect_chosen(page, "2.1.1", "answer", "insufficient")
        expect(note(page, "2.1.1")).to_have_value("Said to be insufficient in the office.")
        expect_status(page, "No network: saved on this device, 2 waiting")
        page.goto(DEVICE)
        expect(page.locator("#queue h2")).to_have_text("2 answers not in the record yet")
        expect(page.locator("#cases tr", has_text="waiting")).to_have_count(2)
        context.set_offline(False)
        expect_saved(page)
        assert waiting(page) == []
    for address, answer in ((first, "sufficient"), (second, "insufficient")):
        assert answers(inspectorate, address, "2.1.1") == [
            {"answer": answer, "p1": "yes", "note": True}]
        # As the server has it, without any script.
        plain = at_work.page(java_script_enabled=False)
        plain.goto(address)
        expect_chosen(plain, "2.1.1", "answer", answer)
        assert note(plain, "2.1.1").input_value() == f"Said to be {answer} in the office."
        plain.context.close()
    assert begun_of_all(lead) == (begun + 2, cases)
    check_progress(lead)
    check_agreement(inspectorate.page("quality", java_script_enabled=False))


def test_what_is_typed_is_saved_as_it_is_typed_and_makes_one_entry(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    page.context.set_offline(True)
    note(page, "2.1.2").press_sequentially("Seen on the file. ", delay=30)
    expect_status(page, "1 waiting")
    note(page, "2.1.2").press_sequentially("Said so too.", delay=30)
    expect_status(page, "Saving")
    expect_status(page, "1 waiting")
    assert [row["sealed"] for row in waiting(page)] == [{"note": "Seen on the file. Said so too."}]
    page.context.set_offline(False)
    expect_saved(page)
    choose(page, "2.1.2", "answer", "sufficient")
    choose(page, "2.1.2", "answer", "")
    expect_saved(page)
    page.reload()
    expect(note(page, "2.1.2")).to_have_value("Seen on the file. Said so too.")
    expect_chosen(page, "2.1.2", "answer", "")
    # What came later says what it takes the place of.
    said = answers(at_work.inspectorate, address, "2.1.2")
    assert said[0] == {"note": True}
    assert len(said) in (2, 3) and said[-1]["answer"] is None
    assert all(len(entry["replaces"]) == place for place, entry in enumerate(said[1:], start=1))


def test_the_plain_form_says_nothing_twice_beside_the_script(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    choose(page, "2.1.1", "answer", "sufficient")
    expect_saved(page)
    page.evaluate("document.getElementById('assessment').requestSubmit()")
    expect_saved(page)
    assert page.url.endswith("/assess")
    assert answers(at_work.inspectorate, address, "2.1.1") == [{"answer": "sufficient"}]


def test_a_page_that_is_left_while_somebody_types_asks_nothing_and_loses_nothing(at_work):
    address = at_work.case()
    page = at_work.page()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    go_to(page, address)
    note(page, "2.1.1").press_sequentially("Half a sen")
    page.reload()
    expect(note(page, "2.1.1")).to_have_value("Half a sen")
    expect_saved(page)
    assert asked == []
    assert answers(at_work.inspectorate, address, "2.1.1") == [{"note": True}]


def test_a_case_is_submitted_only_when_its_answers_are_sent(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    page.context.set_offline(True)
    choose(page, "2.1.1", "answer", "sufficient")
    page.get_by_role("button", name="Submit the case").click()
    expect(page.locator("#not-submitted")).to_contain_text("must be sent first")
    page.context.set_offline(False)
    expect_saved(page)
    page.get_by_role("button", name="Submit the case").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("2.1.2 is not answered")
    for radio in page.locator("[name^='conditions:'][value='no']").all():
        radio.check()
    for radio in page.locator("[name$=':answer'][value='sufficient']:visible").all():
        radio.check()
    page.get_by_role("button", name="Submit the case").click()
    expect(page.locator("main .govuk-tag", has_text="Submitted").first).to_be_visible()


def test_what_is_entered_before_the_script_runs_is_saved(at_work):
    address = at_work.case()
    page = at_work.page()
    held = []
    page.route("**/assets/**assess*.js", lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    choose(page, "2.1.1", "answer", "sufficient")
    note(page, "2.1.1").fill("Faster than the script.")
    expect(page.locator(".assessment--saving")).not_to_be_attached()
    for route in held:
        route.continue_()
    page.unroute("**/assets/**assess*.js")
    expect_saved(page)
    assert answers(at_work.inspectorate, address, "2.1.1") == [
        {"answer": "sufficient", "note": True}]
    page.reload()
    expect_chosen(page, "2.1.1", "answer", "sufficient")
    expect(note(page, "2.1.1")).to_have_value("Faster than the script.")


# The database does something else for two seconds.
BUSY = """() => new Promise(resolve => {
  indexedDB.open('plumbline').onsuccess = ({ target }) => {
    const end = Date.now() + 2_000;
    const store = target.result.transaction('entries', 'readwrite').objectStore('entries');
    const ask = () => {
      if (Date.now() < end) store.count().onsuccess = ask;
      else target.result.close();
    };
    ask();
    resolve();
  };
})"""


def test_a_case_is_submitted_with_what_is_still_being_stored(at_work):
    page = at_work.page()
    go_to(page, at_work.case())
    for radio in page.locator("[name^='conditions:'][value='no']").all():
        radio.check()
    expect_saved(page)
    *others, last = page.locator("[name$=':answer'][value='sufficient']:visible").all()
    for radio in others:
        radio.check()
    expect_saved(page)
    page.evaluate(BUSY)
    last.check()
    page.get_by_role("button", name="Submit the case").click()
    expect(page.locator("main .govuk-tag", has_text="Submitted").first).to_be_visible()
