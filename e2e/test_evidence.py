"""Evidence is kept, judged and weighed by the panel, on either store."""

import json
import os
import re
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe

from program import plumbline, run
from staff import (
    CASELOAD, add_member, create_inspection, draw_and_allot, mistakes, press, type_day, type_in)
from test_tokens import new_id

pytestmark = pytest.mark.slow

NAME = "evidence-2028"
HERE = f"/fieldwork/{NAME}"
CASES = 20
QUESTIONS = ("2.1.1", "2.1.2", "2.1.3")


@pytest.fixture(scope="module")
def caseload(tmp_path_factory):
    file = tmp_path_factory.mktemp("caseload") / "list.csv"
    plumbline(*CASELOAD, "--format", "csv", "--out", file)
    return file


def prepare(lead, caseload):
    """An inspection with a sample, all of it with one assessor."""
    create_inspection(lead, NAME, "The inspection with evidence")
    add_member(lead, NAME, "assessor-1", "Assessor")
    add_member(lead, NAME, "panel", "Panel member")
    draw_and_allot(lead, NAME, caseload, CASES)


def well_made(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def text(page):
    return page.locator("main").text_content()


def row(page, words):
    return page.locator("tbody tr", has_text=words)


def add_evidence(assessor, folder):
    """A document with its file, after a mistake, and an interview whose notes are typed."""
    file = folder / "board minutes.pdf"
    file.write_bytes(os.urandom(100_000))
    assessor.goto(HERE)
    assessor.get_by_role("link", name="Evidence", exact=True).click()
    assert "No evidence was kept yet." in text(assessor)
    assessor.get_by_role("button", name="Add evidence").click()
    assessor.select_option("#kind", "document")
    type_in(assessor, says="The board saw the plan once.")
    assessor.get_by_label("1.1.1 Vision and strategy").check()
    assessor.set_input_files("#file", file)
    press(assessor, "Add it")
    assert sorted(mistakes(assessor).values()) == ["file", "title"]
    assert assessor.input_value("#says") == "The board saw the plan once."
    assert assessor.get_by_label("1.1.1 Vision and strategy").is_checked()
    type_in(assessor, title="Minutes of the board")
    assessor.set_input_files("#file", file)
    press(assessor, "Add it")
    assert "1 piece of evidence" in text(assessor)

    assessor.goto(f"{HERE}/evidence/matrix")
    assert row(assessor, "1.1.1").locator("td").last.text_content() == "Rests on one document"
    standard = assessor.locator("table", has_text="Standards by kind").locator("tbody tr").first
    assert standard.locator("th, td").first.text_content().startswith("1.1 ")
    assert standard.locator("td").last.text_content() == "Rests on one document"
    assessor.goto(f"{HERE}/evidence/new")
    assessor.select_option("#kind", "interview")
    type_in(
        assessor, title="Head of the service", says="There is a plan.", text="Notes\nof <an> hour")
    assessor.get_by_label("1.1.1 Vision and strategy").check()
    assessor.get_by_text("Key questions on cases", exact=True).click()
    assessor.get_by_label("2.1.1 Assessment engages the person").check()
    press(assessor, "Add it")
    assessor.goto(f"{HERE}/evidence/matrix")
    cells = row(assessor, "1.1.1").locator("td")
    assert cells.last.text_content() == "Rests on 2 kinds of evidence"
    cells.nth(0).get_by_role("link").click()
    assert "1 of 2 pieces of evidence" in text(assessor)
    assert "Head of the service" not in text(assessor)
    return file.read_bytes()


def download(page, link):
    with page.expect_download() as found:
        link.click()
    return found.value.path().read_bytes()


def change_evidence(assessor, bytes_before):
    """Another title on other questions, with the same file, then another text."""
    assessor.goto(f"{HERE}/evidence/1")
    assessor.get_by_role("button", name="Make a new version").click()
    assert assessor.input_value("#title") == "Minutes of the board"
    type_in(assessor, title="Minutes, March")
    assessor.get_by_label("1.1.2 Risks to delivery").check()
    press(assessor, "Keep the new version")
    assessor.get_by_role("button", name="Make a new version").click()
    type_in(assessor, text="Read out on the telephone")
    press(assessor, "Keep the new version")
    versions = assessor.locator("table tbody tr")
    assert versions.count() == 3
    files = versions.get_by_role("link")
    assert download(assessor, files.nth(0)) == b"Read out on the telephone"
    assert download(assessor, files.nth(1)) == bytes_before
    assert download(assessor, files.nth(2)) == bytes_before


def judge(lead):
    lead.goto(f"{HERE}/judgements")
    lead.get_by_role("link", name="1.1.1 Vision and strategy").click()
    assert "It rests on 2 kinds of evidence." in text(lead)
    assert "The board saw the plan once." in text(lead)
    type_in(lead, reason="Staff know it")
    press(lead, "Save")
    assert list(mistakes(lead).values()) == ["rating"]
    well_made(lead)
    assert lead.input_value("#reason") == "Staff know it"
    lead.select_option("#rating", "good")
    press(lead, "Save")
    assert lead.locator(".verdict .rating").text_content() == "Good"
    well_made(lead)

    other = lead.context.new_page()
    for page in (lead, other):
        page.goto(f"{HERE}/judgements/1.1")
    for page, rating, reason in (
            (lead, "good", "Borne out by casework"), (other, "inadequate", "Nobody knows it")):
        page.select_option("#rating", rating)
        type_in(page, reason=reason)
        press(page, "Save")
    assert "Somebody else judged this" in text(other)
    assert other.input_value("#reason") == "Nobody knows it"
    assert "Borne out by casework" in text(other)
    other.close()


def take_back(lead):
    type_in(lead, back="Judged too early")
    press(lead, "Take it back")
    assert "It was not judged yet." in text(lead)
    rows = lead.locator("table").last.locator("tbody tr").all_text_contents()
    assert "Taken back" in rows[0] and "Borne out by casework" in rows[1]
    lead.select_option("#rating", "good")
    type_in(lead, reason="Borne out by casework")
    press(lead, "Save")


def note_workforce(assessor):
    assessor.goto(f"{HERE}/workforce")
    assessor.select_option("#measure", "caseload-per-officer")
    type_in(assessor, value="46.55", source="The staffing return")
    type_day(assessor, "held", type("Day", (), {"day": 1, "month": 2, "year": 2026}))
    press(assessor, "Note it")
    assert list(mistakes(assessor).values()) == ["value"]
    assert assessor.input_value("#source") == "The staffing return"
    type_in(assessor, value="46.5")
    press(assessor, "Note it")
    assert "46.5 cases" in row(assessor, "Caseload per officer").text_content()
    assessor.get_by_role("link", name="Caseload per officer").click()
    type_in(assessor, value="47")
    press(assessor, "Save the correction")
    assert "47 cases" in row(assessor, "Caseload per officer").text_content()


def make_token(assessor):
    assessor.goto("/account")
    type_in(assessor, title="Answers", inspection=NAME, days=1)
    for permission in ("See an inspection", "Answer questions on cases"):
        assessor.get_by_label(permission, exact=True).check()
    press(assessor, "Make a token")
    return assessor.locator("code.typed").text_content()


def answer(inspectorate, token, sufficient):
    """Answers the questions of a standard, so many of the cases sufficient."""
    place = f"{inspectorate.address}/api/v1/inspections/{NAME}"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(path="", body=None):
        data = body and json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(place + path, data, headers)) as said:
            return json.loads(said.read())

    over = ask()["revision"]
    outcomes = ask("/entries", {"entries": [
        {"id": new_id(), "event": "answer-given", "subject": f"answer/{number}/{question}",
         "over": over,
         "values": {"answer": "sufficient" if number <= sufficient else "insufficient"}}
        for number in range(1, CASES + 1) for question in QUESTIONS]})["outcomes"]
    assert {outcome["outcome"] for outcome in outcomes} == {"recorded"}


def decide(inspectorate, lead, member, assessor):
    token = make_token(assessor)
    answer(inspectorate, token, 9)
    member.goto(HERE)
    member.get_by_role("link", name="Ratings panel", exact=True).click()
    assert "9 of 20 cases" in row(member, "2.1 Assessment").first.text_content()
    well_made(member)
    row(member, "2.1 Assessment").first.get_by_role("link").first.click()
    assert member.locator("main form").count() == 0
    assert assessor.request.get(f"{HERE}/panel").status == 403

    lead.goto(f"{HERE}/panel/2.1")
    lead.select_option("#rating", "requires-improvement")
    type_in(lead, reason="One case short of half")
    press(lead, "Record it")
    assert list(mistakes(lead).values()) == ["members"]
    well_made(lead)
    type_in(lead, members="lead inspector, head of ratings")
    press(lead, "Record it")
    moved = row(lead, "2.1 Assessment").last.text_content()
    assert re.search(r"Inadequate.*Requires improvement.*moved by the panel", moved, re.DOTALL)

    # The answers change: the decision is left out, and says so.
    answer(inspectorate, token, CASES)
    lead.reload()
    assert "2.1 is not open to the panel" in text(lead)
    well_made(lead)
    lead.get_by_role("link", name="Look at the decision on 2.1").click()
    well_made(lead)
    type_in(lead, back="The answers changed")
    type_in(lead, **{"back-members": "head of ratings"})
    press(lead, "Take it back")
    assert "Left out" not in text(lead)


def test_evidence_is_kept_judged_and_weighed(inspectorate_on_each_store, caseload, tmp_path):
    inspectorate = inspectorate_on_each_store
    lead = inspectorate.page("lead")
    assessor = inspectorate.page("assessor-1", java_script_enabled=False)
    member = inspectorate.page("panel")
    prepare(lead, caseload)
    bytes_before = add_evidence(assessor, tmp_path)
    change_evidence(assessor, bytes_before)
    judge(lead)
    take_back(lead)
    note_workforce(assessor)
    decide(inspectorate, lead, member, assessor)
    provider = inspectorate.page("provider")
    for place in ("evidence", "evidence/1/files/1", "judgements", "panel", "workforce"):
        assert provider.request.get(f"{HERE}/{place}").status == 404

    inspectorate.stop()
    done = run("record", "verify", *inspectorate.store)
    assert done.returncode == 0, done.stderr
    assert f"{NAME}: " in done.stdout
