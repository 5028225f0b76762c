"""What the worker stores and serves: pages with all that they need, and the newest there is."""

import os
import signal

import pytest
from playwright.sync_api import expect

from device import DEVICE, go_to, take_along, wait_until

pytestmark = pytest.mark.slow

# What the copies name and is not on the device.
MISSING = """async () => {
  const assets = await caches.open('assets');
  const missing = [];
  for (const name of (await caches.keys()).filter(name => name.startsWith('cases/'))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request)).text();
      for (const [, address] of text.matchAll(/"(\\/assets\\/[^"]+)"/g)) {
        if (!await assets.match(address)) missing.push(address);
      }
    }
  }
  return missing;
}"""

STORED_AT = """async address => {
  const copy = await caches.match(address);
  return copy.headers.get('X-Stored-At');
}"""

MARK = """async address => {
  for (const name of (await caches.keys()).filter(name => name.startsWith('cases/'))) {
    const cache = await caches.open(name);
    const copy = await cache.match(address);
    if (!copy) continue;
    const text = (await copy.text()).replace('<h1', '<h1 data-newer');
    await cache.put(address, new Response(text, { headers: copy.headers }));
  }
}"""


def taken(at_work):
    address = at_work.case()
    page = at_work.page()
    take_along(page, address)
    before = page.evaluate(STORED_AT, address)
    go_to(page, address)
    wait_until(lambda: page.evaluate(STORED_AT, address) > before)
    return address, page


def test_a_page_that_comes_from_the_network_is_stored_with_what_it_names(at_work):
    address, page = taken(at_work)
    assert page.evaluate(MISSING) == []
    # As after a new version, of whose scripts none is here.
    page.evaluate("caches.delete('assets')")
    assert page.evaluate(MISSING) != []
    go_to(page, address)
    wait_until(lambda: page.evaluate(MISSING) == [])


def test_a_page_that_says_what_was_just_done_is_not_stored(at_work):
    address, page = taken(at_work)
    before = page.evaluate(STORED_AT, address)
    go_to(page, f"{address}?saved=1")
    expect(page.locator("main")).to_contain_text("What you said is in the record")
    page.goto(DEVICE)
    wait_until(lambda: page.evaluate(STORED_AT, DEVICE) > before)
    assert page.evaluate(STORED_AT, address) == before


def test_the_copy_that_stands_in_is_the_newest_there_is(at_work):
    address, page = taken(at_work)
    other = page.context.new_page()
    other.goto(DEVICE)
    os.kill(at_work.inspectorate.process, signal.SIGSTOP)
    try:
        page.evaluate("address => { location.href = address; }", address)
        other.wait_for_timeout(1_000)
        other.evaluate(MARK, address)
        expect(page.locator("h1[data-newer]")).to_be_attached()
    finally:
        os.kill(at_work.inspectorate.process, signal.SIGCONT)
