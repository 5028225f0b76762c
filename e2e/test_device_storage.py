"""Where the device cannot store, the page says so, and says what holds."""

from playwright.sync_api import expect

from device import ENTRIES, answers, choose, expect_saved, expect_status, go_to, note

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


def test_nothing_alarms_where_nothing_is_wrong(at_work):
    page = at_work.page()
    go_to(page, at_work.case())
    choose(page, "2.1.1", "answer", "sufficient")
    expect_saved(page)
    page.context.set_offline(True)
    note(page, "2.1.1").fill("Half a")
    expect_status(page, "1 waiting")
    assert not asks_before_leaving(page)
