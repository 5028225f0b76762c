"""Who sees what, and whose forms are taken."""

import re

import pytest

from staff import PROVIDER, email, form_token, mistakes, press, type_in

INSPECTION = [
    "", "/plan", "/cases", "/requests", "/team", "/return", "/return/rejects.csv", "/sample",
    "/sample.json", "/sample/audit.html", "/allotment", "/record.jsonl"]
CHANGES = [
    "/team", "/team/nobody/remove", "/plan", "/plan/feed", "/return", "/frame", "/sample",
    "/sample/replace", "/sample/add", "/allotment", "/allotment/evenly", "/requests",
    "/requests/1/received"]
TRAINING = "/fieldwork/training"
SIDE = f"/provider/{PROVIDER}"

# What each gets who is not let in everywhere.
SEEN = {
    "assessor-2": {
        **dict.fromkeys(INSPECTION[:4], 200), **dict.fromkeys(INSPECTION[4:], 403)},
    "provider": dict.fromkeys(INSPECTION, 404),
    "outsider": dict.fromkeys(INSPECTION, 404),
    "admin": dict.fromkeys(INSPECTION, 404),
    "lead": dict.fromkeys(INSPECTION, 200),
}
ELSEWHERE = {
    "assessor-2": {"/fieldwork/new": 403, "/accounts": 403, SIDE: 404},
    "provider": {"/fieldwork/new": 403, "/accounts": 403, SIDE: 200},
    "outsider": {"/fieldwork/new": 403, "/accounts": 403, SIDE: 404},
    "admin": {"/fieldwork/new": 403, "/accounts": 200, SIDE: 404},
    "lead": {"/fieldwork/new": 200, "/accounts": 403, SIDE: 404},
}


@pytest.fixture(scope="module", autouse=True)
def outsider(inspectorate):
    """Somebody with an account and nothing to do, whom the administrator let in."""
    admin = inspectorate.page("admin")
    admin.goto("/accounts")
    password = "a few words of chance"
    type_in(admin, email=email("outsider"), name="The outsider", password=password)
    press(admin, "Make the account")
    row = admin.get_by_role("row").filter(has_text=email("outsider"))
    assert "The outsider" in row.text_content() and "Open" in row.text_content()
    inspectorate.passwords["outsider"] = password


@pytest.mark.parametrize("role", SEEN)
def test_an_inspection_is_shown_to_its_team_as_far_as_their_roles_go(inspectorate, role):
    request = inspectorate.context(role).request
    assert {place: request.get(TRAINING + place).status for place in INSPECTION} == SEEN[role]
    assert {place: request.get(place).status for place in ELSEWHERE[role]} == ELSEWHERE[role]
    for place in ("/fieldwork", "/provider", "/account"):
        assert request.get(place).status == 200
    assert ("Training inspection" in request.get("/fieldwork").text()) == (
        SEEN[role][""] == 200)
    requests = f"{SIDE}/requests/training"
    assert request.get(requests).status == (200 if role == "provider" else 404)


@pytest.mark.parametrize("role", ["assessor-2", "provider", "outsider", "admin"])
def test_who_may_not_change_an_inspection_changes_nothing(inspectorate, role):
    request = inspectorate.context(role).request
    lead = inspectorate.context("lead").request
    form = {"token": form_token(request, "/account"), "seen": "0"}
    before = entries(lead)
    expected = 403 if role == "assessor-2" else 404
    assert {place: request.post(TRAINING + place, form=form).status for place in CHANGES} == (
        dict.fromkeys(CHANGES, expected))
    assert request.post("/fieldwork/new", form=form).status == 403
    if role != "admin":
        for place in ("/accounts", "/accounts/providers"):
            assert request.post(place, form=form).status == 403
    if role != "provider":
        assert request.post(f"{SIDE}/requests/training/1", form=form).status == 404
    assert entries(lead) == before


def entries(request):
    return request.get(TRAINING + "/record.jsonl").text().count("\n")


def test_an_inspection_that_is_hidden_looks_like_none(inspectorate):
    for role in ("outsider", "admin", "provider"):
        request = inspectorate.context(role).request
        hidden, none = (
            request.get(f"/fieldwork/{name}").text() for name in ("training", "nowhere"))
        assert hidden == none


def numbers(text):
    return set(map(int, re.findall(rf"{TRAINING}/cases/(\d+)", text)))


def test_an_assessor_sees_the_cases_that_they_were_given(inspectorate):
    assessor = inspectorate.context("assessor-2").request
    every = numbers(inspectorate.context("lead").request.get(TRAINING + "/cases").text())
    own = numbers(assessor.get(TRAINING + "/cases").text())
    assert own and own < every
    assert assessor.get(f"{TRAINING}/cases/{min(own)}").status == 200
    for number in sorted(every - own)[:20]:
        assert assessor.get(f"{TRAINING}/cases/{number}").status == 404


def test_a_restricted_case_is_hidden_from_an_assessor_who_lost_their_clearance(inspectorate):
    lead, assessor = inspectorate.page("lead"), inspectorate.context("assessor-1").request
    lead.goto(TRAINING + "/sample")
    rows = lead.get_by_role("row").filter(has_text="Restricted").filter(has_text="In the sample")
    restricted = {int(number) for number in rows.locator("th").all_text_contents()}
    held = restricted & numbers(assessor.get(TRAINING + "/cases").text())
    assert held

    set_clearance(lead, False)
    seen = numbers(assessor.get(TRAINING + "/cases").text())
    assert seen and not seen & restricted
    assert {assessor.get(f"{TRAINING}/cases/{number}").status for number in held} == {404}
    # They are nobody's until somebody allots them again.
    set_clearance(lead, True)
    assert not numbers(assessor.get(TRAINING + "/cases").text()) & restricted
    lead.goto(TRAINING + "/allotment")
    press(lead, "Allot the rest evenly")
    assert held <= numbers(assessor.get(TRAINING + "/cases").text())


def set_clearance(lead, is_cleared):
    lead.goto(TRAINING + "/team")
    lead.get_by_role("row").filter(has_text=email("assessor-1")).get_by_role("link").click()
    assert lead.input_value("#email") == email("assessor-1")
    assert lead.get_by_label("Assessor", exact=True).is_checked()
    lead.get_by_label("Cleared to see restricted cases").set_checked(is_cleared)
    press(lead, "Save")


def test_another_sites_form_is_refused(inspectorate):
    lead = inspectorate.context("lead").request
    token = form_token(lead, "/account")
    before = entries(lead)
    for form, headers in [
        ({}, {}),
        ({"token": ""}, {}),
        ({"token": "0" * 64}, {}),
        ({"token": token}, {"Sec-Fetch-Site": "cross-site"}),
        ({"token": token}, {"Sec-Fetch-Site": "same-site"}),
    ]:
        for place in (TRAINING + "/plan/feed", "/sign-out", "/sign-out/everywhere"):
            answer = lead.post(place, form={"seen": "0", **form}, headers=headers)
            assert answer.status == 403 and "Nothing was recorded" in answer.text()
    assert entries(lead) == before
    stranger = inspectorate.context().request
    answer = stranger.post("/sign-in", form={
        "email": email("lead"), "password": inspectorate.password("lead")})
    assert answer.status == 403


def test_a_browser_on_another_site_comes_without_the_session(inspectorate):
    page = inspectorate.page("lead")
    before = entries(page.request)
    token = form_token(page.request, "/account")
    page.route("http://other.example/", lambda route: route.fulfill(
        content_type="text/html",
        body=f'<form method="post" action="{inspectorate.address}{TRAINING}/plan/feed">'
             f'<input name="token" value="{token}"><button>Win</button></form>'))
    page.goto("http://other.example/")
    with page.expect_navigation() as led:
        page.click("button")
    assert led.value.status == 401
    assert entries(page.request) == before


def test_who_was_signed_out_meanwhile_loses_nothing(inspectorate):
    page = inspectorate.page()
    inspectorate.sign_in(page, "lead", wanted=TRAINING + "/requests")
    title, text = "Minutes of the board", "Of the last\ntwo years"
    type_in(page, title=title, text=text)
    page.context.clear_cookies()
    press(page, "Ask for it")
    assert page.title().startswith("You are signed out")
    assert "What you typed is kept on this page" in page.locator("main").text_content()

    other = page.context.new_page()
    inspectorate.sign_in(other, "lead")
    press(page, "Send it again")
    assert page.title().startswith("Send the form again")
    press(page, "Send it again")
    assert mistakes(page) == {"Enter the day on which it is due": "due-day"}
    assert (page.input_value("#title"), page.input_value("#text")) == (title, text)
