"""What waits can be looked at, sent again, and removed with a reason: never silently."""

import re

from playwright.sync_api import expect

from device import (
    DEVICE, ENTRIES, answers, choose, expect_saved, expect_status, go_to, note, record, subject,
    waiting)

ROLE = "local"
SCRIPTS = f"**{DEVICE}/*"


def page_with_two_waiting(at_work):
    address = at_work.case()
    page = at_work.page()
    # Pages arrive; what scripts ask does not.
    page.route(SCRIPTS, lambda route: route.abort())
    go_to(page, address)
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "No network: saved on this device, 1 waiting")
    choose(page, "2.1.2", "p1", "no")
    note(page, "2.1.2").fill("Not what I meant.")
    expect_status(page, "2 waiting")
    page.goto(DEVICE)
    expect(page.locator("#queue .govuk-summary-card")).to_have_count(2)
    return address, page


def card(page, question):
    return page.locator("#queue .govuk-summary-card", has_text=question)


def test_each_entry_says_what_it_says(at_work):
    address, page = page_with_two_waiting(at_work)
    number = address.split("/")[4]
    expect(card(page, "2.1.2").locator("h3")).to_have_text(f"Case {number}, 2.1.2")
    expect(card(page, "2.1.1")).to_contain_text("Answer: Sufficient")
    expect(card(page, "2.1.1")).to_contain_text("Handed over, and no answer came")
    expect(card(page, "2.1.2")).to_contain_text("Prompt 1: No")
    expect(card(page, "2.1.2")).to_contain_text("Notes: “Not what I meant.”")
    # Before the network is back, since the page would be faster then.
    card(page, "2.1.1").get_by_role("button", name="Send now").click()
    page.unroute(SCRIPTS)
    expect_saved(page)
    expect(page.locator("#queue h2")).to_have_text("Nothing waits to be sent")
    assert answers(at_work.inspectorate, address, "2.1.1") == [{"answer": "sufficient"}]


def test_an_entry_is_removed_with_a_reason_that_the_record_keeps(at_work):
    address, page = page_with_two_waiting(at_work)
    id = next(row["id"] for row in waiting(page) if row["subject"].endswith("2.1.2"))
    card(page, "2.1.2").get_by_role("button", name="Remove …").click()
    page.get_by_role("button", name="Remove this answer").click()
    expect(page.locator(".govuk-error-message:visible")).to_contain_text("Say why")
    assert any(row["id"] == id for row in waiting(page))
    page.keyboard.type("It was about another case.")
    page.get_by_role("button", name="Keep it").click()
    assert any(row["id"] == id for row in waiting(page))
    card(page, "2.1.2").get_by_role("button", name="Remove …").click()
    page.keyboard.type("It was about another case.")
    page.unroute(SCRIPTS)
    page.get_by_role("button", name="Remove this answer").click()
    expect_saved(page)
    inspectorate = at_work.inspectorate
    assert answers(inspectorate, address, "2.1.2") == []
    dropped = [
        entry for entry in record(inspectorate)
        if entry["event"] == "answer-dropped" and entry["subject"] == subject(address, "2.1.2")]
    assert [entry["values"] for entry in dropped] == [{"entry": id}]
    assert dropped[0]["sealed"]
    assert waiting(page) == []


def test_who_removes_what_had_arrived_is_told_so(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)

    def lose(route):
        route.fetch()
        route.abort()

    page.route(ENTRIES, lose)
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "No network: saved on this device, 1 waiting")
    page.goto(DEVICE)
    card(page, "2.1.1").get_by_role("button", name="Remove …").click()
    page.keyboard.type("Not what I meant.")
    # Whatever is faster, the answer that is sent once more or its removal.
    page.unroute(ENTRIES)
    page.get_by_role("button", name="Remove this answer").click()
    expect_saved(page)
    expect(page.locator("main")).to_contain_text("had arrived before: it is in the record")
    assert answers(at_work.inspectorate, address, "2.1.1") == [{"answer": "sufficient"}]
    assert answers(at_work.inspectorate, address, "2.1.1", "answer-dropped") == []


def test_an_id_that_something_else_has_is_replaced(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    page.route(ENTRIES, lambda route: route.fulfill(json={"at": "", "outcomes": [
        {"id": entry["id"], "outcome": "refused"}
        for entry in route.request.post_data_json["entries"]]}))
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "1 answer the record did not take")
    page.goto(DEVICE)
    expect(card(page, "2.1.1")).to_contain_text("something else has its id")
    [old] = waiting(page)
    page.unroute(ENTRIES)
    card(page, "2.1.1").get_by_role("button", name="Send now").click()
    expect_saved(page)
    said = [entry for entry in record(at_work.inspectorate)
            if entry["subject"] == subject(address, "2.1.1")]
    assert [entry["values"] for entry in said] == [{"answer": "sufficient"}]
    assert said[0]["id"] != old["id"]


def test_an_id_that_one_page_replaced_no_other_page_misses(at_work):
    address = at_work.case()
    page = at_work.page()
    context = page.context
    go_to(page, address)
    context.route(ENTRIES, lambda route: route.fulfill(json={"at": "", "outcomes": [
        {"id": entry["id"], "outcome": "refused"}
        for entry in route.request.post_data_json["entries"]]}))
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "1 answer the record did not take")
    [old] = waiting(page)
    other = context.new_page()
    other.goto(DEVICE)
    context.unroute(ENTRIES)
    context.route(ENTRIES, lambda route: route.abort())
    card(other, "2.1.1").get_by_role("button", name="Send now").click()
    expect_status(other, "1 waiting")
    choose(page, "2.1.2", "answer", "sufficient")
    expect_status(page, "No network: saved on this device, 2 waiting")
    assert old["id"] not in [row["id"] for row in waiting(page)]
    context.unroute(ENTRIES)
    expect_saved(page, 40_000)
    for question in ("2.1.1", "2.1.2"):
        assert answers(at_work.inspectorate, address, question) == [{"answer": "sufficient"}]


def test_the_last_contact_is_told_beside_what_waits(at_work):
    _, page = page_with_two_waiting(at_work)
    expect(page.locator("#queue")).to_contain_text("Last contact with the record: none yet.")
    page.unroute(SCRIPTS)
    expect_saved(page, 40_000)
    expect(page.locator("#queue")).to_contain_text(
        re.compile(r"Last contact with the record: \d\d:\d\d\."))


def test_what_the_record_does_not_take_is_told_and_kept(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    page.route(ENTRIES, lambda route: route.fulfill(json={"at": "", "outcomes": [
        {"id": entry["id"], "outcome": "refused", "why": "there is no case 999"}
        for entry in route.request.post_data_json["entries"]]}))
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "1 answer the record did not take")
    page.get_by_role("link", name="See why").click()
    expect(card(page, "2.1.1")).to_contain_text("there is no case 999")
    page.unroute(ENTRIES)
    card(page, "2.1.1").get_by_role("button", name="Send now").click()
    expect_saved(page)
    assert answers(at_work.inspectorate, address, "2.1.1") == [{"answer": "sufficient"}]
