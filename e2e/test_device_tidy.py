"""What lies on a device: nothing about persons, and nothing longer than it must."""

import re

import pytest
from playwright.sync_api import expect

from device import (
    DEVICE, choose, expect_saved, expect_status, go_to, kept_pages, note, stored, take_along,
    wait_until, waiting)
from staff import press
from test_device_storage import FULL

pytestmark = pytest.mark.slow

# Everything that a page of ours can store in a browser, as text.
EVERYTHING = """async () => {
  const parts = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      parts.push(request.url, JSON.stringify([...answer.headers]), await answer.text());
    }
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise(resolve => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
    for (const store of database.objectStoreNames) {
      parts.push(JSON.stringify(await new Promise(resolve => {
        const rows = database.transaction(store).objectStore(store).getAll();
        rows.onsuccess = () => resolve(rows.result);
      })));
    }
    database.close();
  }
  return parts.join('\\n');
}"""


def persons(at_work):
    """The names, dates of birth and officers of every case, as the lead's pages show them."""
    context = at_work.inspectorate.context("lead")
    body = context.request.get("/fieldwork/training/cases").text()
    rows = re.findall(r"<tr.*?</tr>", body, re.S)[1:]
    names, numbers = set(), set()
    for row in rows:
        cells = [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(
            r"<t[dh].*?</t[dh]>", row, re.S)]
        numbers.add(cells[0])
        names |= {cells[2], cells[4]}
    for number in sorted(numbers, key=int)[:10]:
        page = context.request.get(f"/fieldwork/training/cases/{number}").text()
        names.add(re.search(r"Date of birth</dt>\s*<dd[^>]*>([^<]+)<", page).group(1).strip())
    context.close()
    return names - {""}


def test_no_name_and_no_date_of_birth_lies_on_a_device(at_work):
    page = at_work.page()
    take_along(page)
    address = at_work.case()
    go_to(page, address)
    choose(page, "2.1.1", "answer", "sufficient")
    expect_saved(page)
    page.context.set_offline(True)
    choose(page, "2.1.1", "answer", "insufficient")
    expect_status(page, "1 waiting")
    text = page.evaluate(EVERYTHING)
    assert len(kept_pages(page)) > 30 and "insufficient" in text and address in text
    known = persons(at_work)
    assert len(known) > 50
    assert [name for name in known if name in text] == []
    assert "Assessor one" not in text and "assessor-1@" not in text
    page.context.set_offline(False)
    expect_saved(page)


def with_one_of_each(at_work, role="assessor-1"):
    """A device with a case, an answer in the record and one that waits."""
    address = at_work.case(role)
    page = at_work.page(role)
    take_along(page, address)
    page.route("**/device/entries", lambda route: route.abort())
    go_to(page, address)
    note(page, "2.1.1").fill("Not sent yet.")
    expect_status(page, "1 waiting")
    assert kept_pages(page)
    return address, page


def test_signing_out_removes_what_is_in_the_record_and_nothing_else(at_work):
    inspectorate = at_work.inspectorate
    address, page = with_one_of_each(at_work, "local")
    page.goto("/fieldwork")
    press(page, "Sign out")
    page.wait_for_url("**/signed-out")
    expect(page.locator("#tidied")).to_contain_text("1 case that lay on this device was removed")
    expect(page.locator("#tidied")).to_contain_text("1 answer not sent yet: kept on this device")
    assert kept_pages(page) == [] and stored(page, "lists") == []
    assert [row["sealed"] for row in stored(page)] == [{"note": "Not sent yet."}]
    page.unroute("**/device/entries")
    inspectorate.forget("local")
    inspectorate.sign_in(page, "local", wanted=DEVICE)
    expect_saved(page)
    assert waiting(page) == []


# Typing never rests: the page is left before, however slow the machine is.
NO_REST = """
  const later = setTimeout;
  globalThis.setTimeout = (work, time) => later(work, time === 800 ? 60_000 : time);"""


def test_what_was_typed_last_before_signing_out_is_counted_and_comes_back(at_work):
    inspectorate = at_work.inspectorate
    address = at_work.case("local")
    page = at_work.page("local")
    page.add_init_script(FULL + NO_REST)
    go_to(page, address)
    note(page, "2.1.1").press_sequentially("Half a sen")
    page.goto("/fieldwork")
    assert stored(page) == []
    press(page, "Sign out")
    page.wait_for_url("**/signed-out")
    expect(page.locator("#tidied")).to_contain_text("1 answer not sent yet: kept on this device")
    inspectorate.forget("local")
    inspectorate.sign_in(page, "local", wanted=address)
    expect_saved(page)
    expect(note(page, "2.1.1")).to_have_value("Half a sen")


def test_another_site_cannot_clear_a_device(at_work):
    page = at_work.page("local")
    address = at_work.case("local")
    take_along(page, address)
    there = f"{at_work.inspectorate.address}/signed-out"
    page.goto(f"data:text/html,<a href='{there}'>Read on</a>")
    page.click("a")
    expect(page.locator("h1")).to_have_text("You are signed out")
    assert page.locator("script").count() == 0
    assert address in kept_pages(page)


def go_back_in_time(page, days):
    """The last contact was so many days ago."""
    page.evaluate(
        """days => new Promise(resolve => {
          const request = indexedDB.open('plumbline');
          request.onsuccess = () => {
            const facts = request.result.transaction('facts', 'readwrite').objectStore('facts');
            facts.openCursor().onsuccess = event => {
              const cursor = event.target.result;
              if (!cursor) { request.result.close(); resolve(); return; }
              if (cursor.key.startsWith('contact ')) cursor.update(Date.now() - days * 86_400_000);
              cursor.continue();
            };
          };
        })""", days)


def test_after_fourteen_days_without_contact_only_what_was_not_sent_is_left(at_work):
    address, page = with_one_of_each(at_work)
    other = at_work.case("assessor-1")
    page.goto(DEVICE)
    take_along(page, address, other)
    page.context.set_offline(True)
    go_back_in_time(page, 13.9)
    page.goto(other)
    expect(page.locator("h1")).to_contain_text("Assess case")
    go_back_in_time(page, 14.1)
    page.goto(other)
    expect(page.locator("h1")).to_have_text("No network")
    # What waits can be looked at, and its case gone on with.
    assert sorted(kept_pages(page)) == sorted([DEVICE, address])
    page.goto(address)
    expect(note(page, "2.1.1")).to_have_value("Not sent yet.")
    assert stored(page, "lists") == []
    page.goto(DEVICE)
    expect(page.locator("#queue .govuk-summary-card")).to_have_count(1)
    page.context.set_offline(False)
    page.unroute("**/device/entries")
    page.goto(DEVICE)
    expect_saved(page)


def test_the_cases_can_be_removed_by_hand(at_work):
    address, page = with_one_of_each(at_work)
    page.goto(DEVICE)
    press(page, "Remove them from this device")
    expect(page.get_by_role("button", name="Take my cases with me")).to_be_visible()
    assert kept_pages(page) == [] and len(waiting(page)) == 1
    page.unroute("**/device/entries")
    page.get_by_role("button", name="Send now").first.click()
    expect_saved(page)


def test_a_case_that_somebody_else_has_leaves_the_device_at_its_next_contact(at_work):
    page = at_work.page("assessor-1")
    case, other = at_work.case("assessor-1"), at_work.case("assessor-1")
    take_along(page, case, other)
    assert {case, other} <= set(kept_pages(page))
    lead = at_work.page("lead", java_script_enabled=False)
    lead.goto("/fieldwork/training/allotment")
    lead.select_option(f"[name='case-{case.split('/')[4]}']", label="The lead inspector")
    lead.locator(f"form:has([name='case-{case.split('/')[4]}']) button").first.click()
    assert case in kept_pages(page)
    page.goto(DEVICE)
    wait_until(lambda: case not in kept_pages(page))
    assert {DEVICE, other} <= set(kept_pages(page))
