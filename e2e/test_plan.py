"""The plan of an inspection, read by other people's programs."""

import datetime
import json
import subprocess
from pathlib import Path

import icalendar
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from program import PROGRAM

OURS = Path(__file__).resolve().parent.parent / "Sources/Calendars/BankHolidays"


def plan(*arguments):
    return subprocess.run(
        [PROGRAM, "plan", *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture(scope="module")
def holidays():
    # What the package carries; nothing is fetched.
    return BankHolidays(use_cached_holidays=True)


def test_the_bank_holidays_are_those_of_the_package(holidays):
    lines = (OURS / "england-and-wales.csv").read_text(encoding="utf-8").splitlines()[1:]
    ours = {tuple(line.split(",")[:2]) for line in lines}
    theirs = holidays.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    assert ours == {(str(one["date"]), one["title"]) for one in theirs}
    assert len(lines) == len(ours) > 130


@pytest.mark.parametrize("day", ["2027-03-11", "2026-05-05", "2022-09-20", "2028-06-01"])
def test_phases_are_as_many_working_days_as_the_package_counts(holidays, day):
    for phase in json.loads(plan("--publication", day, "--json").stdout)["phases"]:
        first = datetime.date.fromisoformat(phase["first"])
        last = datetime.date.fromisoformat(phase["last"])
        days = [first + datetime.timedelta(number) for number in range((last - first).days + 1)]
        works = [
            one for one in days
            if holidays.is_work_day(one, division=BankHolidays.ENGLAND_AND_WALES)]
        assert (works[0], works[-1], len(works)) == (first, last, phase["workingDays"])


def test_a_calendar_program_reads_every_phase(tmp_path):
    name = "Ynys Môn; spring, " + "é" * 40
    said = plan(
        "--publication", "2027-03-11", "--ical", tmp_path / "plan.ics", "--name", name, "--json")
    phases = json.loads(said.stdout)["phases"]
    calendar = icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes())
    # The library leaves names of calendars as they are written.
    written = str(calendar["NAME"])
    assert written.replace("\\;", ";").replace("\\,", ",") == name != written
    read = [
        (str(event["SUMMARY"]), event["DTSTART"].dt, event["DTEND"].dt)
        for event in calendar.walk("VEVENT")]
    day = datetime.date.fromisoformat
    assert read == [
        (f"{name}: {phase['title']}", day(phase["first"]),
         day(phase["last"]) + datetime.timedelta(1))
        for phase in phases]
    assert len({str(event["UID"]) for event in calendar.walk("VEVENT")}) == len(phases)


@pytest.mark.parametrize("day, status, what", [
    ("2026-11-21", 1, "21 November 2026 is at a weekend"),
    ("2026-12-25", 1, "25 December 2026 is Christmas Day"),
    ("2031-03-11", 1, "the years whose bank holidays are known"),
    ("2026-02-30", 2, "2026-02-30"),
])
def test_a_day_on_which_nothing_is_published_is_refused(day, status, what):
    said = plan("--publication", day)
    assert (said.returncode, what in said.stderr) == (status, True), said.stderr
