"""A sign-in that expired while away costs nothing, and nobody sends or sees another's work."""

import pytest
from playwright.sync_api import expect

from device import (
    DEVICE, answers, choose, expect_chosen, expect_saved, expect_status, go_to, kept_pages, note,
    take_along, waiting)
from staff import email, form_token, press, type_in

pytestmark = pytest.mark.slow


def sign_out_everywhere(inspectorate, role):
    """From another browser: every session of theirs ends."""
    context = inspectorate.context()
    other = context.new_page()
    inspectorate.sign_in(other, role, wanted="/account")
    other.wait_for_url("**/account")
    token = form_token(context.request, "/account")
    context.request.post("/sign-out/everywhere", form={"token": token})
    context.close()
    inspectorate.forget(role)


def test_after_signing_in_again_sending_goes_on(at_work):
    address = at_work.case("assessor-3")
    page = at_work.page("assessor-3")
    go_to(page, address)
    sign_out_everywhere(at_work.inspectorate, "assessor-3")
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "You are signed out: saved on this device, 1 waiting")
    note(page, "2.1.1").fill("Written while signed out.")
    expect_status(page, "2 waiting")
    page.get_by_role("link", name="Sign in and it goes on").click()
    type_in(page, email=email("assessor-3"),
            password=at_work.inspectorate.password("assessor-3"))
    press(page, "Sign in")
    page.wait_for_url(f"**{address}")
    expect_saved(page)
    assert len(answers(at_work.inspectorate, address, "2.1.1")) == 2


def test_work_of_somebody_else_is_neither_sent_nor_seen(at_work):
    inspectorate = at_work.inspectorate
    address = at_work.case("assessor-2")
    page = at_work.page("assessor-2")
    take_along(page, address)
    go_to(page, address)
    page.context.set_offline(True)
    note(page, "2.1.1").fill("A secret of assessor two.")
    expect_status(page, "1 waiting")
    page.context.set_offline(False)
    # Somebody else signs in before anything is sent.
    page.route("**/device/entries", lambda route: route.abort())
    page.context.clear_cookies()
    page.context.add_cookies(inspectorate.state("assessor-1")["cookies"])
    page.goto(DEVICE)
    expect(page.locator("#others")).to_contain_text("1 answer of somebody else")
    expect(page.locator("#queue h2")).to_have_text("Nothing waits to be sent")
    assert "secret" not in page.content()
    own = at_work.case()
    page.unroute("**/device/entries")
    go_to(page, own)
    choose(page, "2.1.1", "answer", "insufficient")
    expect_saved(page)
    assert [row["sealed"] for row in waiting(page)] == [{"note": "A secret of assessor two."}]
    # Without a network the other one's pages are not shown either, though they are there.
    page.context.set_offline(True)
    page.goto(address)
    expect(page.locator("h1")).to_have_text("No network")
    assert address in kept_pages(page)
    assert answers(inspectorate, address, "2.1.1") == []
    # Whoever wrote it comes back.
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.context.add_cookies(inspectorate.state("assessor-2")["cookies"])
    page.goto(address)
    expect_saved(page)
    assert answers(inspectorate, address, "2.1.1") == [{"note": True}]


def test_a_page_that_was_open_before_somebody_else_signed_in_sends_nothing(at_work):
    address = at_work.case("assessor-2")
    page = at_work.page("assessor-2")
    go_to(page, address)
    page.context.clear_cookies()
    page.context.add_cookies(at_work.inspectorate.state("assessor-1")["cookies"])
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "Somebody else is signed in: saved on this device, 1 waiting")
    assert answers(at_work.inspectorate, address, "2.1.1") == []


def test_a_token_from_before_the_sign_in_is_replaced_quietly(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    page.context.clear_cookies()
    fresh = at_work.inspectorate.page()
    at_work.inspectorate.sign_in(fresh, "assessor-1")
    fresh.wait_for_url("**/fieldwork")
    page.context.add_cookies(fresh.context.cookies())
    choose(page, "2.1.1", "answer", "sufficient")
    expect_saved(page)
    page.reload()
    expect_chosen(page, "2.1.1", "answer", "sufficient")
