"""Two devices on one answer: nothing is lost, what clashes is shown, what does not is merged."""

import re

from playwright.sync_api import expect

from device import (
    answers, choose, expect_chosen, expect_saved, expect_status, go_to, note)

ROLE = "assessor-3"


def two_devices(at_work, address):
    pages = [at_work.page(), at_work.page()]
    for page in pages:
        go_to(page, address)
        page.context.set_offline(True)
    return pages


def come_back(*pages):
    for page in pages:
        page.context.set_offline(False)
        expect_saved(page)


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
