"""Two devices on one answer: nothing is lost, what clashes is shown, what does not is merged."""

import re

import pytest
from playwright.sync_api import expect

from device import (
    ENTRIES, answers, choose, expect_chosen, expect_saved, expect_status, go_to, note, stored,
    take_along, wait_until)
from staff import press

pytestmark = pytest.mark.slow
ROLE = "assessor-3"

# Where answers differ, who comes second is told so.
IN_RECORD = re.compile("(All s|S)aved in the record")


def two_devices(at_work, address):
    pages = [at_work.page(), at_work.page()]
    for page in pages:
        go_to(page, address)
        page.context.set_offline(True)
    return pages


def come_back(*pages):
    for page in pages:
        page.context.set_offline(False)
        expect_status(page, IN_RECORD)


def test_answers_that_differ_are_shown_side_by_side_and_both_stay(at_work):
    address = at_work.case()
    laptop, tablet = two_devices(at_work, address)
    choose(laptop, "2.1.1", "answer", "sufficient")
    note(laptop, "2.1.1").fill("Written on the laptop.")
    choose(tablet, "2.1.1", "answer", "insufficient")
    note(tablet, "2.1.1").fill("Written on the tablet.")
    for page in (laptop, tablet):
        expect_status(page, "1 waiting")
    come_back(tablet, laptop)
    laptop.reload()
    expect(laptop.locator(".conflict-mark:visible")).to_have_count(2)
    laptop.get_by_role("link", name=re.compile("Choose one of them")).first.click()
    main = laptop.locator("main")
    for text in ("Sufficient", "Insufficient", "Written on the laptop.", "Written on the tablet."):
        expect(main).to_contain_text(text)
    laptop.locator(".side-by-side__one", has_text="Insufficient").locator("input").check()
    laptop.locator(".side-by-side__one", has_text="All of them").locator("input").check()
    laptop.get_by_role("button", name="Save what I chose").click()
    go_to(laptop, address)
    expect_chosen(laptop, "2.1.1", "answer", "insufficient")
    expect(laptop.locator(".conflict-mark:visible")).to_have_count(0)
    written = note(laptop, "2.1.1").input_value()
    assert "laptop" in written and "tablet" in written
    said = answers(at_work.inspectorate, address, "2.1.1")
    assert [entry["answer"] for entry in said[:2]] == ["insufficient", "sufficient"]
    assert len(said) == 3


def test_fields_that_do_not_clash_merge_by_themselves(at_work):
    address = at_work.case()
    laptop, tablet = two_devices(at_work, address)
    choose(laptop, "2.1.1", "answer", "sufficient")
    choose(laptop, "2.1.1", "p1", "yes")
    choose(tablet, "2.1.1", "p1", "yes")
    choose(tablet, "2.1.1", "p2", "no")
    note(tablet, "2.1.1").fill("Seen on the file.")
    for page in (laptop, tablet):
        expect_status(page, "1 waiting")
    come_back(laptop, tablet)
    for page in (laptop, tablet):
        page.reload()
        expect_chosen(page, "2.1.1", "answer", "sufficient")
        expect_chosen(page, "2.1.1", "p1", "yes")
        expect_chosen(page, "2.1.1", "p2", "no")
        expect(note(page, "2.1.1")).to_have_value("Seen on the file.")
        expect(page.locator(".conflict-mark:visible")).to_have_count(0)


def test_two_tabs_of_one_device_know_what_the_other_said(at_work):
    address = at_work.case()
    one = at_work.page()
    other = one.context.new_page()
    for page in (one, other):
        go_to(page, address)
    choose(one, "2.1.1", "answer", "sufficient")
    expect_chosen(other, "2.1.1", "answer", "sufficient")
    choose(other, "2.1.1", "answer", "insufficient")
    expect_chosen(one, "2.1.1", "answer", "insufficient")
    expect_saved(one)
    expect_saved(other)
    one.reload()
    expect_chosen(one, "2.1.1", "answer", "insufficient")
    expect(one.locator(".conflict-mark:visible")).to_have_count(0)


def test_what_two_tabs_type_at_once_is_kept_and_told(at_work):
    address = at_work.case()
    one = at_work.page()
    other = one.context.new_page()
    for page in (one, other):
        go_to(page, address)
    note(other, "2.1.1").press_sequentially("Typed in the other")
    note(one, "2.1.1").press_sequentially("Typed in the one")
    expect_status(one, "1 question answered otherwise elsewhere")
    one.get_by_role("link", name="Choose what holds").click()
    for text in ("Typed in the one", "Typed in the other"):
        expect(one.locator("main")).to_contain_text(text)


def test_who_comes_second_is_told_that_answers_differ(at_work):
    address = at_work.case()
    laptop, tablet = two_devices(at_work, address)
    choose(laptop, "2.1.1", "answer", "sufficient")
    choose(tablet, "2.1.1", "answer", "insufficient")
    come_back(laptop, tablet)
    expect_status(tablet, "1 question answered otherwise elsewhere")
    take_along(tablet, address)
    row = tablet.locator("#cases tbody tr", has_text=address.split("/")[4])
    expect(row).to_contain_text("1 to choose between")
    row.get_by_role("link", name="1 to choose between").click()
    tablet.locator("input[type=radio]").first.check()
    press(tablet, "Save what I chose")
    expect(tablet.locator("main")).to_contain_text("What you said is in the record")


def test_what_an_answer_made_before_the_page_hides_is_not_replaced(at_work):
    address = at_work.case()
    laptop, tablet = at_work.page(), at_work.page()
    go_to(laptop, address)
    laptop.route(ENTRIES, lambda route: route.abort())
    note(laptop, "2.1.1").fill("Written on the laptop.")
    expect_status(laptop, "1 waiting")
    go_to(tablet, address)
    choose(tablet, "2.1.1", "answer", "sufficient")
    note(tablet, "2.1.1").fill("Written on the tablet.")
    expect_saved(tablet)
    # The page holds what the tablet said, and shows the laptop's own note over it.
    go_to(laptop, address)
    expect(note(laptop, "2.1.1")).to_have_value("Written on the laptop.")
    laptop.unroute(ENTRIES)
    expect_status(laptop, "1 question answered otherwise elsewhere")
    note(laptop, "2.1.1").fill("Written on the laptop, and more.")
    choose(laptop, "2.1.1", "answer", "insufficient")
    expect_status(laptop, IN_RECORD)
    laptop.reload()
    expect(laptop.locator("[data-conflict='note']")).to_be_visible()
    # The tablet's answer was seen.
    expect(laptop.locator(".conflict-mark:visible")).to_have_count(1)
    laptop.get_by_role("link", name=re.compile("Choose one of them")).click()
    for text in ("Written on the tablet.", "Written on the laptop, and more."):
        expect(laptop.locator("main")).to_contain_text(text)


def test_a_conflict_on_the_page_stays_marked_under_an_answer_from_before_it(at_work):
    address = at_work.case()
    laptop, tablet = two_devices(at_work, address)
    third = at_work.page()
    go_to(third, address)
    third.route(ENTRIES, lambda route: route.abort())
    choose(third, "2.1.1", "answer", "not-applicable")
    expect_status(third, "1 waiting")
    choose(laptop, "2.1.1", "answer", "sufficient")
    choose(tablet, "2.1.1", "answer", "insufficient")
    come_back(laptop, tablet)
    go_to(third, address)
    expect_chosen(third, "2.1.1", "answer", "not-applicable")
    expect(third.locator("[data-conflict='answer']")).to_be_visible()


# What other tabs tell arrives late where a journey says so.
LATE = """
  const { set } = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, 'onmessage');
  Object.defineProperty(BroadcastChannel.prototype, 'onmessage', {
    set(listener) {
      set.call(this, event => setTimeout(() => listener(event), globalThis.delay ?? 0));
    },
  });"""


def test_what_another_tab_sent_and_forgot_still_holds_on_this_one(at_work):
    address = at_work.case()
    one = at_work.page()
    one.add_init_script(LATE)
    other = one.context.new_page()
    for page in (one, other):
        page.route(ENTRIES, lambda route: route.abort())
        go_to(page, address)
    choose(other, "2.1.1", "answer", "sufficient")
    expect_chosen(one, "2.1.1", "answer", "sufficient")
    expect_status(other, "No network")
    one.evaluate("delay = 2000")
    other.unroute(ENTRIES)
    other.get_by_role("button", name="Send now").click()
    expect_saved(other)
    wait_until(lambda: stored(other) == [])
    expect_saved(one)
    expect_chosen(one, "2.1.1", "answer", "sufficient")
    one.unroute(ENTRIES)
    choose(one, "2.1.1", "answer", "insufficient")
    expect_saved(one)
    one.reload()
    expect_chosen(one, "2.1.1", "answer", "insufficient")
    expect(one.locator(".conflict-mark:visible")).to_have_count(0)
