"""An inspection is planned by its lead and answered by its provider, on either store."""

import csv
import datetime
import json
import os
import re
import urllib.error
import urllib.request

import icalendar
import pytest

from program import plumbline, run
from staff import (
    CASELOAD, PUBLICATION, add_member, create_inspection, email, mistakes, press, type_day,
    type_in, upload_list)

NAME = "spring-2028"
TITLE = "The spring inspection"
HERE = f"/fieldwork/{NAME}"
CASES = 30


@pytest.fixture(scope="module")
def caseload(tmp_path_factory):
    """The provider's list as a workbook, and its rows."""
    folder = tmp_path_factory.mktemp("caseload")
    plumbline(*CASELOAD, "--format", "xlsx", "--out", folder / "list.xlsx")
    plumbline(*CASELOAD, "--format", "csv", "--out", folder / "list.csv")
    with open(folder / "list.csv", newline="", encoding="utf-8") as file:
        _, heading, *rows = csv.reader(file)
    heading = [" ".join(one.split()).split(" (")[0] for one in heading]
    return folder / "list.xlsx", [dict(zip(heading, row)) for row in rows]


def choose_team(lead, office, officer):
    add_member(lead, NAME, "assessor-1", "Assessor")
    add_member(lead, NAME, "assessor-2", "Assessor", cleared=False, conflicts=f"{office}\n")
    add_member(
        lead, NAME, "local", "Local assessor", cleared=False,
        officer=officer["Responsible officer"], team=officer["Team"])
    assert lead.locator("caption").text_content() == "4 members"
    row = lead.get_by_role("row").filter(has_text=email("assessor-2"))
    assert "Not cleared" in row.text_content() and office in row.text_content()


def receive_list(lead, file):
    upload_list(lead, NAME, file)
    rows = lead.locator(".govuk-summary-list__row", has_text="Rows")
    assert rows.locator("dd").first.text_content() == "300"
    press(lead, "Freeze the frame")
    assert "The frame is frozen" in lead.locator("main").text_content()
    assert lead.locator("#list").count() == 0


def download(page, link):
    with page.expect_download() as found:
        page.get_by_role("link", name=link, exact=True).click()
    return found.value.path().read_bytes()


def draw(lead, folder, file, rows):
    lead.goto(f"{HERE}/sample")
    type_in(lead, seed="4 4 2 6 1 3", source="Dice thrown before the provider", size=CASES)
    press(lead, "Draw the sample")
    assert f"{CASES}" in lead.locator(".govuk-summary-list__row", has_text="Cases").text_content()
    check_sample(lead, folder, file)
    page = download(lead, "audit page").decode()
    assert "4 4 2 6 1 3" in page
    assert not [row["CRN"] for row in rows if row["Family name"] in re.findall(r"\w+", page)]


def check_sample(lead, folder, file):
    (folder / "sample.json").write_bytes(download(lead, "Sample file"))
    plumbline("sample", "verify", folder / "sample.json", file)


def replace_case(lead, folder, file):
    reason = "Moved to another area before fieldwork"
    type_in(lead, number=1, reason=reason)
    press(lead, "Replace it")
    assert list(mistakes(lead).values()) == ["number"]
    assert lead.input_value("#reason") == reason
    type_in(lead, number=2)
    press(lead, "Replace it")
    states = {row["Case"]: row["State"] for row in table(lead)}
    assert (states["2"], states[f"{CASES + 1}"]) == ("Replaced", "In the sample")
    assert len(states) == CASES + 1
    check_sample(lead, folder, file)


def table(page):
    """The rows of a page's last table, by its headings."""
    found = page.locator("table").last
    return [
        {cell.get_attribute("data-label"): cell.text_content().strip()
         for cell in row.locator("th, td").all()}
        for row in found.locator("tbody tr").all()]


def chosen(page):
    """Who is chosen for each case."""
    return {
        select.get_attribute("id"): select.locator("option[selected]").text_content()
        for select in page.locator("select").all()}


def allot(lead, office, officer, rows):
    lead.goto(f"{HERE}/allotment")
    press(lead, "Allot the rest evenly")
    assert "Every case has an assessor." in lead.locator("main").text_content()
    before = chosen(lead)
    cases = {one["CRN"].split()[0]: f"case-{one['Case']}" for one in table(lead)}
    assert sorted(before) == sorted(cases.values()) and len(before) == CASES
    barred = {"Assessor two": [], "The local assessor": []}
    for row in rows:
        if place := cases.get(row["CRN"]):
            if row["Office"] == office or row["Restricted"] == "Y":
                barred["Assessor two"].append(place)
            if row["Restricted"] == "Y" or row["Team"] == officer["Team"]:
                barred["The local assessor"].append(place)
    assert all(barred.values())
    for name, places in barred.items():
        assert [place for place in places if before[place] == name] == []

    wrong = barred["Assessor two"][0]
    right = next(place for place, name in before.items() if name == "Assessor two")
    lead.select_option(f"#{wrong}", label="Assessor two")
    lead.select_option(f"#{right}", label="Assessor one")
    press(lead, "Save the allotment")
    assert list(mistakes(lead).values()) == [wrong]
    assert lead.title().startswith("Error: ")
    assert lead.locator(f"#{wrong}").get_attribute("aria-describedby") == f"{wrong}-error"
    wanted = {**before, wrong: "Assessor two", right: "Assessor one"}
    assert chosen(lead) == wanted

    lead.select_option(f"#{wrong}", label="Assessor one")
    press(lead, "Save the allotment")
    assert mistakes(lead) == {}
    assert chosen(lead) == {**wanted, wrong: "Assessor one"}


def ask_for_document(lead):
    lead.goto(f"{HERE}/requests")
    type_in(lead, title="Organisation chart", text="With grades, as of today")
    type_day(lead, "due", datetime.date.today() + datetime.timedelta(30))
    press(lead, "Ask for it")
    assert status(lead) == "Waiting"


def status(page):
    return page.locator(".govuk-summary-card .govuk-tag").text_content()


def send_document(provider, file):
    provider.goto("/provider")
    provider.click("main li a")
    assert {link.text_content() for link in provider.locator("main a").all()} == {
        TITLE, "Training inspection"}
    provider.get_by_role("link", name=TITLE).click()
    assert "Organisation chart" in provider.locator("main").text_content()
    assert provider.locator("main a").count() == 0
    provider.set_input_files("main input[type=file]", file)
    press(provider, "Send it")
    assert status(provider) == "Sent"
    for place in ("", "/team", "/sample", "/cases", "/requests", "/plan", "/return"):
        assert provider.request.get(HERE + place).status == 404


def take_document(lead, provider, file):
    lead.reload()
    assert status(lead) == "Sent"
    assert download(lead, file.name) == file.read_bytes()
    lead.get_by_role("button", name="Note it as received").click()
    assert status(lead) == "Received"
    provider.reload()
    assert status(provider) == "Received"
    assert provider.locator("main input[type=file]").count() == 0


def follow_plan(lead):
    first = feed_address(lead)
    calendar = icalendar.Calendar.from_ical(read(first))
    plan = json.loads(plumbline("plan", "--publication", PUBLICATION, "--json"))
    assert [
        (str(event["SUMMARY"]), str(event["DTSTART"].dt)) for event in calendar.walk("VEVENT")
    ] == [(f"{TITLE}: {phase['title']}", phase["first"]) for phase in plan["phases"]]
    press(lead, "Give it another address")
    second = feed_address(lead)
    assert read(second)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        read(first)


def feed_address(lead):
    lead.goto(f"{HERE}/plan")
    return lead.locator("code.typed").text_content()


def read(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read()


def test_an_inspection_is_planned_and_answered_without_script(
        inspectorate_on_each_store, caseload, tmp_path):
    inspectorate = inspectorate_on_each_store
    file, rows = caseload
    office = max((row["Office"] for row in rows), key=[row["Office"] for row in rows].count)
    officer = next(row for row in rows if row["Team"] and row["Responsible officer"])
    lead = inspectorate.page("lead", java_script_enabled=False)
    provider = inspectorate.page("provider", java_script_enabled=False)

    create_inspection(lead, NAME, TITLE)
    assert lead.url.endswith(HERE) and lead.locator("h1").text_content() == TITLE
    choose_team(lead, office, officer)
    receive_list(lead, file)
    draw(lead, tmp_path, file, rows)
    replace_case(lead, tmp_path, file)
    allot(lead, office, officer, rows)

    ask_for_document(lead)
    document = tmp_path / "organisation.bin"
    document.write_bytes(os.urandom(200_000))
    send_document(provider, document)
    take_document(lead, provider, document)
    follow_plan(lead)

    inspectorate.stop()
    done = run("record", "verify", *inspectorate.store)
    assert done.returncode == 0, done.stderr
    assert all(f"{name}: " in done.stdout for name in (NAME, "training"))
