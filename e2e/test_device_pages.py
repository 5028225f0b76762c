"""The pages with script: well made at both widths, and as the server would have made them."""

import pytest
from playwright.sync_api import expect

from device import (
    DEVICE, choose, expect_chosen, expect_saved, expect_status, go_to, note, take_along)
from staff import mistakes, press
from wellmade import check_widths, without_script

pytestmark = pytest.mark.slow
ROLE = "assessor-2"


def test_a_case_is_well_made_while_it_is_answered(at_work):
    page = at_work.page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    go_to(page, at_work.case())
    choose(page, "2.1.1", "p1", "no")
    choose(page, "2.1.1", "answer", "sufficient")
    expect_saved(page)
    check_widths(page)
    page.get_by_role("button", name="Keys").click()
    check_widths(page)
    page.keyboard.press("Escape")
    assert said == []
    page.context.set_offline(True)
    choose(page, "2.1.1", "p2", "no")
    expect_status(page, "No network")
    check_widths(page)


def test_the_page_of_the_device_is_well_made_with_everything_on_it(at_work):
    address = at_work.case()
    page = at_work.page()
    page.goto(DEVICE)
    expect(page.locator("#taking .govuk-button")).to_be_visible()
    check_widths(page)
    take_along(page, address)
    go_to(page, address)
    page.context.set_offline(True)
    note(page, "2.1.1").fill("Waits.")
    expect_status(page, "1 waiting")
    page.goto(DEVICE)
    page.get_by_role("button", name="Remove …").click()
    page.get_by_role("button", name="Remove this answer").click()
    check_widths(page)
    page.goto("/fieldwork/training/cases")
    expect(page.locator("h1")).to_have_text("No network")
    check_widths(page)


@pytest.mark.parametrize("runs", [True, False], ids=["script", "no-script"])
def test_a_case_that_is_not_taken_yet_is_well_made(at_work, runs):
    page = at_work.page("local", service_workers="block")
    if not runs:
        without_script(page)
    page.goto(at_work.case("local"))
    press(page, "Submit the case")
    expect(page.locator(".govuk-error-summary")).to_contain_text("2.1.1 is not answered")
    assert all(page.locator(f"[id='{field}']").count() == 1 for field in mistakes(page).values())
    check_widths(page)


def test_a_case_that_was_not_taken_goes_on_without_a_network(at_work):
    address = at_work.case("local")
    page = at_work.page("local")
    take_along(page, address)
    go_to(page, address)
    press(page, "Submit the case")
    expect(page.locator(".govuk-error-summary")).to_contain_text("2.1.1 is not answered")
    page.context.set_offline(True)
    choose(page, "2.1.1", "answer", "sufficient")
    expect_status(page, "1 waiting")
    page.reload()
    expect_chosen(page, "2.1.1", "answer", "sufficient")
    page.context.set_offline(False)
    expect_saved(page)
    # With nothing that waits, nobody is led away from what stands on the page.
    page.context.set_offline(True)
    press(page, "Submit the case")
    expect(page.locator("#not-submitted")).to_contain_text("there is no network")
    expect_chosen(page, "2.1.1", "answer", "sufficient")


def shape(page):
    """What is put, asked and counted."""
    page.wait_for_selector("#answered")
    return page.evaluate("""() => {
      const shown = selector => [...document.querySelectorAll(selector)]
        .filter(e => e.checkVisibility()).map(e => e.dataset.place ?? e.dataset.leftOut
          ?? e.dataset.contradiction ?? e.innerText.trim());
      return [
        shown('.question'), shown('[data-left-out]'), shown('[data-left-out] .reason'),
        shown('[data-contradiction]'), shown('#answered'), shown('#put'),
      ];
    }""")


@pytest.mark.parametrize("condition", ["yes", "no", ""])
def test_the_script_shows_what_the_server_would(at_work, condition):
    page = at_work.page()
    address = at_work.case()
    go_to(page, address)
    name = page.locator("[name^='conditions:']").first.get_attribute("name").split(":")[1]
    code = page.evaluate(
        "name => document.querySelector(`[data-condition='${name}']`).dataset.place.split('/')[2]",
        name)
    choose(page, "conditions", name, "yes")
    choose(page, code, "answer", "insufficient")
    for prompt in page.locator(f"[name^='{code}:p'][value='yes']").all():
        prompt.check()
    choose(page, "2.1.1", "answer", "sufficient")
    choose(page, "2.1.1", "p1", "no")
    choose(page, "2.1.1", "p2", "yes")
    choose(page, "2.1.1", "p3", "no")
    choose(page, "2.1.1", "p4", "no")
    choose(page, "2.1.2", "answer", "not-applicable")
    choose(page, "2.1.2", "p1", "no")
    choose(page, "conditions", name, condition)
    expect_saved(page)
    live = shape(page)
    plain = at_work.page(java_script_enabled=False)
    plain.goto(address)
    assert live == shape(plain)
    expect_chosen(plain, "2.1.1", "p2", "yes")
