"""An assessor's device: a browser that keeps cases, in and out of a network."""

import json
import time
from contextlib import contextmanager

from playwright.sync_api import expect

from program import CHROMIUM, plumbline

ASSESSOR = "assessor-1"
DEVICE = "/fieldwork/training/device"
ENTRIES = f"**{DEVICE}/entries"


class Work:
    """An inspection whose cases are answered in journeys: nobody gets a case twice."""

    def __init__(self, inspectorate, role, cases):
        self.inspectorate = inspectorate
        self.role = role
        self._cases = cases
        self._contexts = []

    def case(self, role=None):
        """The address of a case that nobody answered yet."""
        role = role or self.role
        if role not in self._cases:
            self._cases[role] = [
                case for case in open_cases(self.inspectorate, role) if case["answered"] == 0]
        assert self._cases[role], f"{role} has no such case left: name another in the file"
        return self._cases[role].pop(0)["address"]

    def page(self, role=None, **options):
        """A page in a new browser of somebody who signed in."""
        page = self.inspectorate.page(role or self.role, **options)
        page.set_default_timeout(15_000)
        self._contexts.append(page.context)
        return page

    def close(self):
        for context in self._contexts:
            context.close()


@contextmanager
def device(inspectorate, folder, role=None):
    """A browser with a disk of its own, as an ordinary window has it."""
    context = inspectorate.browser.browser_type.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=["--no-sandbox"], base_url=inspectorate.address)
    context.set_default_timeout(15_000)
    if role:
        context.add_cookies(inspectorate.state(role)["cookies"])
    try:
        yield context
    finally:
        context.close()


def take_along(page, *only):
    """Takes the cases along, and gives the addresses of their pages; all cases unless said."""
    if only:
        def fewer(route):
            answer = route.fetch()
            told = answer.json()
            told["cases"] = [case for case in told["cases"] if case["address"] in only]
            route.fulfill(response=answer, json=told)

        page.route(f"**{DEVICE}/cases?*", fewer)
    if not page.url.endswith(DEVICE):
        page.goto(DEVICE)
    page.click("#taking .govuk-button")
    expect(page.locator("#taking .govuk-inset-text")).to_contain_text("You can go", timeout=60_000)
    page.unroute(f"**{DEVICE}/cases?*")
    return [link.get_attribute("href") for link in page.locator("#cases tbody a").all()]


def own_cases(inspectorate, role, assessment="first"):
    """The cases of an assessor, those with the fewest answers first."""
    context = inspectorate.context(role)
    cases = context.request.get(f"{DEVICE}/cases").json()["cases"]
    context.close()
    own = [case for case in cases if case["assessment"] == assessment]
    return sorted(own, key=lambda case: case["answered"])


def open_cases(inspectorate, role=ASSESSOR):
    return [case for case in own_cases(inspectorate, role) if case["open"]]


def go_to(page, address):
    """Opens a case, and waits until it is saved as it is filled in."""
    page.goto(address)
    expect(page.locator(".assessment--saving")).to_be_attached()


def choose(page, question, field, value):
    page.locator(f"[name='{question}:{field}'][value='{value}']").check()


def expect_chosen(page, question, field, value):
    expect(page.locator(f"[name='{question}:{field}'][value='{value}']")).to_be_checked()


def note(page, question):
    return page.locator(f"[name='{question}:note']")


def expect_status(page, text, timeout=15_000):
    expect(page.locator(".device-status__text")).to_contain_text(text, timeout=timeout)


def expect_saved(page, timeout=15_000):
    expect_status(page, "All saved in the record", timeout)


def wait_until(holds, timeout=15):
    """Waits until something holds that no element shows."""
    end = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.1)


def stored(page, store="entries"):
    """Everything in a store of the database of this browser."""
    return page.evaluate(
        """name => new Promise((resolve, reject) => {
          const request = indexedDB.open('plumbline');
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const rows = request.result.transaction(name).objectStore(name).getAll();
            rows.onsuccess = () => { request.result.close(); resolve(rows.result); };
          };
        })""", store)


def waiting(page):
    """What is stored and not known to be in the record."""
    return [row for row in stored(page) if row["sequence"] is None]


def kept_pages(page):
    """The addresses of the pages on this device."""
    return page.evaluate(
        """async () => {
          const found = [];
          for (const name of (await caches.keys()).filter(name => name.startsWith('cases/'))) {
            const keys = await (await caches.open(name)).keys();
            found.push(...keys.map(request => new URL(request.url).pathname));
          }
          return found;
        }""")


def record(inspectorate):
    """The entries of the training inspection, as the tool exports them."""
    export = plumbline("record", "export", "training", *inspectorate.store)
    return [json.loads(line) for line in export.splitlines() if '"sequence"' in line]


def subject(address, question):
    """What an answer on a page of the first or the second assessment is about."""
    _, _, _, kind, number, *_ = address.split("/")
    return f"{'second' if kind == 'seconds' else 'answer'}/{number}/{question}"


def answers(inspectorate, address, question, event="answer-given"):
    """What the record holds on a question, oldest first."""
    about = subject(address, question)
    return [
        entry["values"] for entry in record(inspectorate)
        if entry["subject"] == about and entry["event"] == event]
