"""Sending again is harmless, and what is on its way is never written anew."""

import json

from device import (
    ENTRIES, answers, choose, expect_chosen, expect_saved, expect_status, go_to, note, waiting)

ROLE = "local"


def lose_answers(page, times):
    """The server gets what is sent, and its first answers never arrive."""
    got = []

    def once(route):
        answer = route.fetch()
        got.append(answer.json()["outcomes"])
        if len(got) <= times:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route(ENTRIES, once)
    return got


def test_an_answer_of_the_server_that_is_lost_does_no_harm(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    got = lose_answers(page, 1)
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "No network: saved on this device, 1 waiting")
    page.get_by_role("button", name="Send now").click()
    expect_saved(page)
    assert [outcome["outcome"] for outcomes in got for outcome in outcomes] == [
        "recorded", "repeated"]
    assert answers(at_work.inspectorate, address, "2.1.1") == [{"answer": "sufficient"}]


def test_what_may_have_arrived_is_followed_and_not_changed(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    lose_answers(page, 1)
    note(page, "2.1.1").fill("First.")
    expect_status(page, "No network: saved on this device, 1 waiting")
    page.context.set_offline(True)
    note(page, "2.1.1").fill("First, and second.")
    expect_status(page, "2 waiting")
    first, second = waiting(page)
    assert second["values"] == {"note": True, "replaces": [first["id"]]}
    page.context.set_offline(False)
    expect_saved(page)
    page.unroute(ENTRIES)
    page.reload()
    assert note(page, "2.1.1").input_value() == "First, and second."
    assert len(answers(at_work.inspectorate, address, "2.1.1")) == 2


def test_any_order_of_arrival_gives_the_same_answer(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    lose_answers(page, 1)
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "No network")
    page.context.set_offline(True)
    choose(page, "2.1.1", "answer", "insufficient")
    expect_status(page, "2 waiting")
    # The later one arrives first, and the earlier one for a second time after it.
    page.unroute(ENTRIES)
    page.route(ENTRIES, lambda route: route.continue_(post_data=json.dumps(route.request.post_data_json | {
        "entries": route.request.post_data_json["entries"][::-1]})))
    page.context.set_offline(False)
    expect_saved(page)
    page.unroute(ENTRIES)
    page.reload()
    expect_chosen(page, "2.1.1", "answer", "insufficient")
