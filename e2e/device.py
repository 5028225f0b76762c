"""An assessor's device: a browser with a disk of its own, in and out of a network."""

import json
from contextlib import contextmanager

from playwright.sync_api import expect

from conftest import CHROMIUM
from program import plumbline
from staff import type_in

ASSESSOR = "assessor-1"
DEVICE = "/fieldwork/training/device"


@contextmanager
def device(inspectorate, folder, **options):
    """A browser that keeps what it stores in a folder, as an assessor's own does."""
    context = inspectorate.browser.browser_type.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=["--no-sandbox"], base_url=inspectorate.address,
        **options)
    context.set_default_timeout(15_000)
    try:
        yield context
    finally:
        context.close()


def sign_in(page, inspectorate, role=ASSESSOR, wanted=DEVICE):
    inspectorate.sign_in(page, role, wanted=wanted)
    page.wait_for_url(f"**{wanted}")


def take_along(page):
    """Takes the cases along, and gives the addresses of their pages."""
    if not page.url.endswith(DEVICE):
        page.goto(DEVICE)
    page.click("#taking .govuk-button")
    expect(page.locator("#taking .govuk-inset-text")).to_contain_text("You can go", timeout=60_000)
    return [
        link.get_attribute("href") for link in page.locator("#cases tbody a").all()]


def open_cases(inspectorate, role=ASSESSOR):
    """The cases of an assessor: number, address, how many are answered, the lowest answered first."""
    context = inspectorate.context(role)
    cases = context.request.get(f"{DEVICE}/cases").json()["cases"]
    context.close()
    cases = [case for case in cases if case["open"] and case["assessment"] == "first"]
    return sorted(cases, key=lambda case: case["answered"])


def choose(page, question, field, value):
    """Answers, as somebody with a mouse does."""
    page.locator(f"[name='{question}:{field}'][value='{value}']").check()


def expect_chosen(page, question, field, value):
    expect(page.locator(f"[name='{question}:{field}'][value='{value}']")).to_be_checked()


def note(page, question):
    return page.locator(f"[name='{question}:note']")


def status(page):
    return page.locator(".device-status")


def expect_status(page, text, timeout=15_000):
    expect(status(page)).to_contain_text(text, timeout=timeout)


def expect_saved(page, timeout=15_000):
    expect_status(page, "All saved in the record", timeout)


def stored(page, store):
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
    return [row for row in stored(page, "entries") if row["sequence"] is None]


def record(inspectorate):
    """The entries of the training inspection, as the tool exports them."""
    export = plumbline("record", "export", "training", *inspectorate.store)
    return [json.loads(line) for line in export.splitlines() if '"sequence"' in line]


def answers(inspectorate, subject):
    """What the record holds on a question, oldest first."""
    return [
        entry["values"] for entry in record(inspectorate)
        if entry["subject"] == subject and entry["event"] == "answer-given"]
