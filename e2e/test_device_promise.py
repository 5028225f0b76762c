"""What a browser promises to keep is told as it is."""

from playwright.sync_api import expect

from device import ASSESSOR, DEVICE, device, take_along

ROLE = "local"
PRIVATE = "A private window cannot keep your work"
NO_PROMISE = "The browser did not promise to keep"


def opened(at_work, script=None):
    page = at_work.page()
    if script:
        page.add_init_script(script)
    page.goto(DEVICE)
    expect(page.locator("#taking")).not_to_be_empty()
    return page


def test_a_private_window_is_told_that_it_cannot_keep_work(at_work):
    # The browser of a journey is one: what it stores is lost when it is closed.
    page = opened(at_work)
    expect(page.locator("#taking")).to_contain_text(PRIVATE)
    take_along(page, at_work.case())
    expect(page.locator("#taking")).to_contain_text(NO_PROMISE)
    page.reload()
    expect(page.locator("#taking")).to_contain_text(PRIVATE)


def test_a_window_that_outlived_the_browser_is_no_private_one(at_work, tmp_path):
    for times in range(2):
        with device(at_work.inspectorate, tmp_path, ASSESSOR) as context:
            page = context.new_page()
            page.goto(DEVICE)
            expect(page.locator("#taking .govuk-button")).to_be_visible()
            assert (PRIVATE in page.inner_text("#taking")) == (times == 0)


def test_a_promise_is_told(at_work):
    page = opened(at_work, "navigator.storage.persisted = async () => true")
    expect(page.locator("#taking")).to_contain_text("The browser promised to keep")
    expect(page.locator("#taking")).not_to_contain_text(PRIVATE)


def test_the_browser_is_asked_to_promise_when_cases_are_taken_along(at_work):
    page = opened(at_work, """
      globalThis.asked = 0;
      navigator.storage.persisted = async () => globalThis.asked > 0;
      navigator.storage.persist = async () => { globalThis.asked += 1; return true; }""")
    assert page.evaluate("asked") == 0
    expect(page.locator("#taking")).to_contain_text(PRIVATE)
    take_along(page, at_work.case())
    expect(page.locator("#taking")).to_contain_text("The browser promised to keep")
    expect(page.locator("#taking")).not_to_contain_text(PRIVATE)
    page.get_by_role("button", name="Bring them up to date").click()
    expect(page.locator("#taking .govuk-inset-text")).to_contain_text("You can go")
    assert page.evaluate("asked") == 1


def test_a_window_without_workers_is_told_plainly(at_work):
    page = opened(at_work, "delete Navigator.prototype.serviceWorker")
    expect(page.locator("#taking")).to_contain_text("This window cannot keep cases")
    expect(page.locator("#taking button")).to_have_count(0)


def test_little_room_is_told_before_it_is_none(at_work):
    page = opened(
        at_work, "navigator.storage.estimate = async () => ({quota: 100 << 20, usage: 90 << 20})")
    expect(page.locator("#taking")).to_contain_text("little room left for this site (10 MB)")


def test_no_room_is_told_and_not_called_stored(at_work):
    page = opened(at_work, """
      Cache.prototype.put = async () => { throw new DOMException('', 'QuotaExceededError') }""")
    page.click("#taking .govuk-button")
    expect(page.locator("#taking")).to_contain_text("This device has no room left")
    expect(page.get_by_role("button", name="Take my cases with me")).to_be_focused()
