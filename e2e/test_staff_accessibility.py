"""Every type of page that people sign in to, at both widths."""

import datetime
import time

import pytest

from pages import SCRIPTED, STAFF_PAGES, scripted
from staff import PUBLICATION, email, press, type_day, type_in
from test_sign_in import code
from wellmade import check_shape, check_widths, without_script

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages(inspectorate, being_planned):
    return {role: inspectorate.page(role) for role in {role for role, _ in STAFF_PAGES.values()}}


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_a_page_is_well_made_and_fits_either_width(inspectorate, pages, name):
    role, path = STAFF_PAGES[name]
    page = pages[role]
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)
    check_shape(page)
    check_widths(page)
    assert all(address.startswith(inspectorate.address) for address in asked)
    assert [text for text in said if "status of 40" not in text] == []


@pytest.mark.parametrize("runs", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("name", SCRIPTED)
def test_a_page_with_script_is_well_made_also_without_it(inspectorate, name, runs):
    role, path = scripted(inspectorate)[name]
    page = inspectorate.page(role, service_workers="block")
    if not runs:
        without_script(page)
    page.goto(path, wait_until="networkidle")
    check_shape(page, scripts=1)
    check_widths(page)
    page.context.close()


@pytest.mark.parametrize("name", ["staff-sign-in", "staff-account", "staff-team"])
def test_tab_reaches_every_field_in_order(pages, name):
    role, path = STAFF_PAGES[name]
    page = pages[role]
    page.goto(path)
    places = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll(
            'a[href], button, input:not([type=hidden]), select, textarea, summary')]
            .filter(e => e.checkVisibility());
          all.forEach((e, place) => e.dataset.place = place);
          return all.length;
        }""")
    for place in range(places):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.place") == str(place)


# --- Pages that only a form leads to


def recovery_codes(inspectorate, folder):
    """Of an account of its own: whoever has a second factor signs in otherwise."""
    admin = inspectorate.page("admin")
    admin.goto("/accounts")
    password = "some more words of chance"
    type_in(admin, email=email("on-paper"), name="Somebody on paper", password=password)
    press(admin, "Make the account")
    page = inspectorate.page()
    inspectorate.sign_in(page, "on-paper", password, wanted="/account/second-factor")
    key = page.locator("code.typed").text_content()
    type_in(page, code=code(key, time.time()), present=password)
    return page, "Set it up", "Your second factor is set up"


def overtaken(inspectorate, folder):
    """Two tabs with the plan, of which the other one sends first."""
    page, other = inspectorate.page("lead"), inspectorate.page("lead")
    for one, day in ((page, PUBLICATION), (other, PUBLICATION + datetime.timedelta(days=1))):
        one.goto("/fieldwork/new-2028/plan")
        type_day(one, "publication", day)
    press(other, "Change the day")
    return page, "Change the day", "Somebody else was faster"


def ask_for_document(page):
    page.goto("/fieldwork/new-2028/requests")
    type_in(page, title="The board’s minutes", text="On two\nlines")
    type_day(page, "due", PUBLICATION)


def signed_out(inspectorate, folder):
    page = inspectorate.page("lead")
    ask_for_document(page)
    page.context.clear_cookies()
    return page, "Ask for it", "You are signed out"


def sign_in_since(inspectorate, folder):
    """The browser has the cookies of another sign-in than when the form was opened."""
    page = inspectorate.page()
    inspectorate.sign_in(page, "lead", wanted="/fieldwork/new-2028/requests")
    ask_for_document(page)
    page.context.clear_cookies()
    page.context.add_cookies(inspectorate.state("lead")["cookies"])
    return page, "Ask for it", "Send the form again"


def out_of_date(inspectorate, folder):
    """The browser keeps no cookies."""
    page = inspectorate.page()
    page.goto("/sign-in")
    type_in(page, email=email("lead"), password="whatever it may be")
    page.context.clear_cookies()
    return page, "Sign in", "The form is out of date"


def too_large(inspectorate, folder):
    page = inspectorate.page("lead")
    ask_for_document(page)
    page.locator("#text").evaluate("field => field.value = 'a'.repeat(300_000)")
    return page, "Ask for it", "Too much was sent"


def unreadable(inspectorate, folder):
    page = inspectorate.page("lead")
    ask_for_document(page)
    page.locator("#text").evaluate("field => field.form.enctype = 'text/plain'")
    return page, "Ask for it", "The form could not be read"


def no_list(inspectorate, folder):
    page = inspectorate.page("lead")
    file = folder / "notes.csv"
    file.write_text("Nothing,of,the,kind\n1,2,3,4\n", encoding="utf-8")
    page.goto("/fieldwork/new-2028/return")
    page.set_input_files("#list", file)
    page.select_option("#profile", "ndelius-2020")
    return page, "Upload and check", "The list cannot be used"


# By the status that they come with.
AFTER_A_FORM = {
    recovery_codes: 200, overtaken: 409, signed_out: 401, sign_in_since: 403, out_of_date: 403,
    too_large: 413, unreadable: 400, no_list: 422}


@pytest.mark.parametrize("make", AFTER_A_FORM, ids=lambda make: make.__name__)
def test_a_page_that_a_form_leads_to_is_well_made(inspectorate, being_planned, tmp_path, make):
    page, button, told = make(inspectorate, tmp_path)
    with page.expect_navigation() as led:
        press(page, button)
    assert led.value.status == AFTER_A_FORM[make]
    assert told in page.locator("main").text_content()
    check_shape(page)
    check_widths(page)
    page.context.close()
