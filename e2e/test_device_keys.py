"""A case is answered with the keyboard alone."""

from playwright.sync_api import expect

from device import answers, choose, expect_chosen, expect_saved, go_to, note

ROLE = "assessor-2"


def focused(page):
    return page.evaluate("document.activeElement.name ?? document.activeElement.tagName")


def opened(at_work):
    address = at_work.case()
    page = at_work.page()
    go_to(page, address)
    return address, page


def test_a_question_is_answered_without_a_mouse(at_work):
    address, page = opened(at_work)
    page.keyboard.press("j")
    assert focused(page).startswith("conditions:")
    while not focused(page).startswith("2.1.1:p1"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    page.keyboard.press("k")
    assert focused(page) == "2.1.1:p1"
    expect_chosen(page, "2.1.1", "p1", "yes")
    while focused(page) != "2.1.1:answer":
        page.keyboard.press("j")
    page.keyboard.press("3")
    expect_chosen(page, "2.1.1", "answer", "not-applicable")
    page.keyboard.press("0")
    expect_chosen(page, "2.1.1", "answer", "")
    page.keyboard.press("1")
    page.keyboard.press("n")
    page.keyboard.type("10 of 12 jobs, is 3?")
    page.keyboard.press("Escape")
    assert focused(page) == "2.1.1:answer"
    expect_saved(page)
    page.reload()
    expect_chosen(page, "2.1.1", "answer", "sufficient")
    expect_chosen(page, "2.1.1", "p2", "no")
    expect(note(page, "2.1.1")).to_have_value("10 of 12 jobs, is 3?")
    values = {}
    for said in answers(at_work.inspectorate, address, "2.1.1"):
        values |= said
    assert (values["answer"], values["p1"], values["p2"]) == ("sufficient", "yes", "no")


def test_who_changes_their_mind_at_once_is_taken_at_their_last_word(at_work):
    address, page = opened(at_work)
    page.locator("[name='2.1.1:answer'][value='']").focus()
    for key in "1230120":
        page.keyboard.press(key)
    expect_saved(page)
    expect_chosen(page, "2.1.1", "answer", "")
    for key in "0123":
        page.keyboard.press(key)
    expect_saved(page)
    page.reload()
    expect_chosen(page, "2.1.1", "answer", "not-applicable")
    assert answers(at_work.inspectorate, address, "2.1.1")[-1]["answer"] == "not-applicable"


def test_an_arrow_goes_to_the_first_question_of_a_page_that_was_just_opened(at_work):
    _, page = opened(at_work)
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("conditions:")
    page.keyboard.press("1")
    expect_saved(page)


def test_arrows_to_the_side_choose_as_browsers_do_and_down_changes_nothing(at_work):
    _, page = opened(at_work)
    page.locator("[name='2.1.1:p1'][value='yes']").focus()
    choose(page, "2.1.1", "p1", "yes")
    page.keyboard.press("ArrowRight")
    expect_chosen(page, "2.1.1", "p1", "no")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "2.1.1:p2"
    expect_chosen(page, "2.1.1", "p1", "no")
    expect_chosen(page, "2.1.1", "p2", "")


def test_what_is_hidden_is_passed_over_and_the_focus_is_seen(at_work):
    _, page = opened(at_work)
    seen = []
    page.keyboard.press("j")
    while not seen or focused(page) != seen[-1]:
        seen.append(focused(page))
        marked = page.evaluate("""() => {
          const style = getComputedStyle(document.activeElement.closest('label'));
          const { top } = document.activeElement.getBoundingClientRect();
          const bar = document.querySelector('.device-status').getBoundingClientRect();
          return style.outlineStyle !== 'none' && top >= bar.bottom - 1;
        }""")
        assert marked, f"the focus on {seen[-1]} is not seen"
        page.keyboard.press("j")
    visible = page.evaluate(
        "[...document.querySelectorAll('[role=radiogroup]')].filter(e => e.checkVisibility())"
        ".map(e => e.querySelector('input').name)")
    assert seen == visible


def test_the_keys_are_shown_and_can_be_turned_off(at_work):
    _, page = opened(at_work)
    page.keyboard.press("j")
    before = focused(page)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Yes, sufficient")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    assert focused(page) == before
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use these keys in this browser").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("j")
    assert focused(page) == "BODY"
    page.locator("[name='2.1.1:p1'][value='yes']").focus()
    page.keyboard.press("2")
    expect_chosen(page, "2.1.1", "p1", "")
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use these keys in this browser").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    assert focused(page) != "BODY"


def test_keys_with_ctrl_and_in_fields_keep_their_meaning(at_work):
    _, page = opened(at_work)
    page.locator("[name='2.1.1:p1'][value='yes']").focus()
    page.keyboard.press("Control+1")
    page.keyboard.press("Alt+2")
    expect_chosen(page, "2.1.1", "p1", "")
    note(page, "2.1.1").focus()
    page.keyboard.type("j?1n")
    expect(note(page, "2.1.1")).to_have_value("j?1n")
    expect(page.get_by_role("dialog")).not_to_be_visible()
