"""Where the device cannot store, the page says so, and says what holds."""

import pytest
from playwright.sync_api import expect

from device import (
    DEVICE, ENTRIES, answers, choose, expect_saved, expect_status, go_to, note, waiting)

pytestmark = pytest.mark.slow
ROLE = "assessor-3"

FULL = """
  globalThis.isFull = true;
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...values) {
    if (globalThis.isFull && this.name === 'entries') {
      throw new DOMException('', 'QuotaExceededError');
    }
    return put.apply(this, values);
  };"""

NONE = "indexedDB.open = () => { throw new DOMException('', 'SecurityError') }"


def asks_before_leaving(page):
    return page.evaluate("""() => {
      const event = new Event('beforeunload', { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    }""")


def test_a_full_device_says_that_nothing_was_saved_until_it_was(at_work):
    address = at_work.case()
    page = at_work.page()
    page.add_init_script(FULL)
    go_to(page, address)
    assert not asks_before_leaving(page)
    page.context.set_offline(True)
    note(page, "2.1.1").fill("Written on a full device.")
    expect_status(page, "Not saved on this device: it could not store 1 answer")
    assert asks_before_leaving(page)
    choose(page, "2.1.2", "answer", "sufficient")
    expect_status(page, "could not store 2 answers")
    page.evaluate("isFull = false")
    page.get_by_role("button", name="Send now").click()
    expect_status(page, "No network: saved on this device, 2 waiting")
    assert not asks_before_leaving(page)
    page.context.set_offline(False)
    expect_saved(page)
    assert answers(at_work.inspectorate, address, "2.1.1") == [{"note": True}]


def test_a_browser_without_a_database_still_sends(at_work):
    address = at_work.case()
    page = at_work.page()
    page.add_init_script(NONE)
    go_to(page, address)
    choose(page, "2.1.1", "answer", "sufficient")
    expect_saved(page)
    page.route(ENTRIES, lambda route: route.abort())
    choose(page, "2.1.1", "answer", "insufficient")
    expect_status(page, "Not saved on this device")
    assert asks_before_leaving(page)
    page.unroute(ENTRIES)
    page.get_by_role("button", name="Send now").click()
    expect_saved(page)
    assert not asks_before_leaving(page)
    page.reload()
    said = answers(at_work.inspectorate, address, "2.1.1")
    assert [entry["answer"] for entry in said] == ["sufficient", "insufficient"]
    expect(page.locator(".conflict-mark:visible")).to_have_count(0)


EMPTY = """() => new Promise(resolve => {
  const request = indexedDB.open('plumbline');
  request.onsuccess = () => {
    const change = request.result.transaction('entries', 'readwrite');
    change.objectStore('entries').clear();
    change.oncomplete = () => { request.result.close(); resolve(); };
  };
})"""


def test_what_waits_and_is_emptied_from_storage_is_held_and_sent(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    page.context.set_offline(True)
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "1 waiting")
    page.evaluate(EMPTY)
    assert waiting(page) == []
    # Another page speaks up, so that this one looks.
    page.evaluate("new BroadcastChannel('plumbline').postMessage([])")
    expect_status(page, "could not store 1 answer")
    choose(page, "2.1.2", "answer", "sufficient")
    expect_status(page, "No network: saved on this device, 2 waiting")
    assert len(waiting(page)) == 2
    page.context.set_offline(False)
    expect_saved(page)
    assert answers(at_work.inspectorate, address, "2.1.1") == [{"answer": "sufficient"}]


def test_what_one_page_removed_no_other_page_sends(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    page.context.set_offline(True)
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "1 waiting")
    page.route(f"**{DEVICE}/*", lambda route: route.abort())
    page.context.set_offline(False)
    other = page.context.new_page()
    other.route(ENTRIES, lambda route: route.abort())
    other.goto(DEVICE)
    other.get_by_role("button", name="Remove …").click()
    other.get_by_role("textbox").fill("About another case.")
    other.unroute(ENTRIES)
    other.get_by_role("button", name="Remove this answer").click()
    expect_saved(other)
    page.unroute(f"**{DEVICE}/*")
    choose(page, "2.1.2", "answer", "sufficient")
    expect_saved(page)
    inspectorate = at_work.inspectorate
    assert answers(inspectorate, address, "2.1.1") == []
    assert len(answers(inspectorate, address, "2.1.1", "answer-dropped")) == 1


def test_nothing_alarms_where_nothing_is_wrong(at_work):
    page = at_work.page()
    go_to(page, at_work.case())
    choose(page, "2.1.1", "answer", "sufficient")
    expect_saved(page)
    page.context.set_offline(True)
    note(page, "2.1.1").fill("Half a")
    expect_status(page, "1 waiting")
    assert not asks_before_leaving(page)


def test_the_last_word_holds_where_storage_failed_for_a_while(at_work):
    address = at_work.case()
    page = at_work.page()
    page.add_init_script(FULL + "isFull = false")
    go_to(page, address)
    page.context.set_offline(True)
    note(page, "2.1.1").fill("One.")
    expect_status(page, "1 waiting")
    page.evaluate("isFull = true")
    note(page, "2.1.1").fill("One, two.")
    expect_status(page, "could not store 1 answer")
    page.evaluate("isFull = false")
    note(page, "2.1.1").fill("One, two, three.")
    expect_status(page, "2 waiting")
    one, last = waiting(page)
    assert (one["sealed"], last["sealed"]) == ({"note": "One."}, {"note": "One, two, three."})
    assert last["values"]["replaces"] == [one["id"]]
    page.context.set_offline(False)
    expect_saved(page)
    page.reload()
    expect(note(page, "2.1.1")).to_have_value("One, two, three.")
    expect(page.locator(".conflict-mark:visible")).to_have_count(0)


def test_what_cannot_be_marked_as_handed_over_waits(at_work):
    address = at_work.case()
    page = at_work.page()
    page.add_init_script(FULL + "isFull = false")
    go_to(page, address)
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.context.set_offline(True)
    note(page, "2.1.1").fill("Stored.")
    expect_status(page, "1 waiting")
    page.evaluate("isFull = true")
    page.context.set_offline(False)
    page.wait_for_timeout(1_500)
    assert sent == []
    expect_status(
        page, "Saved on this device, 1 waiting to be sent. The device is full: free some space")
    page.evaluate("isFull = false")
    expect_saved(page)
    assert answers(at_work.inspectorate, address, "2.1.1") == [{"note": True}]


def test_what_was_refused_on_a_full_device_is_not_sent_again_and_again(at_work):
    page = at_work.page()
    page.add_init_script(FULL + "isFull = false")
    go_to(page, at_work.case())
    page.route(ENTRIES, lambda route: route.abort())
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "No network: saved on this device, 1 waiting")
    page.evaluate("isFull = true")
    page.unroute(ENTRIES)
    sent = []

    def refuse(route):
        sent.append(route.request.post_data_json["entries"])
        route.fulfill(json={"at": "", "outcomes": [
            {"id": entry["id"], "outcome": "refused", "why": "there is no case 999"}
            for entry in sent[-1]]})

    page.route(ENTRIES, refuse)
    page.get_by_role("button", name="Send now").click()
    expect_status(page, "1 answer the record did not take")
    page.wait_for_timeout(1_500)
    assert [len(entries) for entries in sent] == [1]


def test_what_is_put_back_takes_the_place_of_nothing(at_work):
    """A database that was deleted counts its entries from one again."""
    address = at_work.case()
    page = at_work.page()
    context = page.context
    go_to(page, address)
    context.route(ENTRIES, lambda route: route.abort())
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "No network: saved on this device, 1 waiting")
    page.evaluate("""() => new Promise(resolve => {
      indexedDB.deleteDatabase('plumbline').onsuccess = resolve;
    })""")
    other = context.new_page()
    go_to(other, address)
    choose(other, "2.1.2", "answer", "sufficient")
    expect_status(page, "No network: saved on this device, 2 waiting", 40_000)
    assert sorted(row["subject"].rsplit("/")[-1] for row in waiting(page)) == ["2.1.1", "2.1.2"]
    page.close()
    other.close()
    context.unroute(ENTRIES)
    page = context.new_page()
    go_to(page, address)
    expect_saved(page)
    for question in ("2.1.1", "2.1.2"):
        assert answers(at_work.inspectorate, address, question) == [{"answer": "sufficient"}]


def test_what_is_neither_stored_nor_taken_is_not_called_saved(at_work):
    page = at_work.page()
    page.add_init_script(FULL)
    page.route(ENTRIES, lambda route: route.fulfill(json={"at": "", "outcomes": [
        {"id": entry["id"], "outcome": "refused", "why": "there is no case 999"}
        for entry in route.request.post_data_json["entries"]]}))
    go_to(page, at_work.case())
    with page.expect_response(ENTRIES):
        choose(page, "2.1.1", "answer", "sufficient")
    page.wait_for_timeout(500)
    expect_status(page, "Not saved on this device")
    assert asks_before_leaving(page)


def test_what_goes_from_the_database_is_sent_by_the_page_that_knows_it(at_work):
    address = at_work.case()
    page = at_work.page()
    page.route(ENTRIES, lambda route: route.abort())
    go_to(page, address)
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "No network: saved on this device, 1 waiting")
    page.evaluate(EMPTY)
    page.unroute(ENTRIES)
    page.get_by_role("button", name="Send now").click()
    expect_saved(page)
    assert answers(at_work.inspectorate, address, "2.1.1") == [{"answer": "sufficient"}]
