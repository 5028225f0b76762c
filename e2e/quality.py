"""Second assessments that are drawn, given out and answered."""

import json
import os
import re
import time
import urllib.request

from program import plumbline
from staff import add_member, create_inspection, draw_and_allot, press, type_in

NAME = "autumn-2028"
HERE = f"/fieldwork/{NAME}"
PATH = f"{HERE}/quality"
CASES = 60
ASSESSORS = ("assessor-1", "assessor-2", "assessor-3", "local")
SEED = "two \"dice\" & a coin"


def new_id():
    """A UUID of version 7."""
    number = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 7 << 76
    text = f"{number & ~(3 << 62) | 2 << 62:032x}"
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


def record(inspectorate):
    lead = inspectorate.context("lead").request
    return [
        json.loads(line)
        for line in lead.get(f"{HERE}/record.jsonl").text().splitlines()]


def held(inspectorate, event):
    """Who has which case, by the number of the case."""
    return {
        one["case"]: one["assessor"]
        for entry in record(inspectorate) if entry.get("event") == event
        for one in entry["values"]["cases"]}


def make_token(inspectorate, role):
    page = inspectorate.page(role, java_script_enabled=False)
    page.goto("/account")
    type_in(page, title="Answers", inspection=NAME, days=2)
    for permission in ("See an inspection", "Answer questions on cases"):
        page.get_by_label(permission, exact=True).check()
    press(page, "Make a token")
    token = page.locator("code.typed").text_content()
    page.context.close()
    return token


class Assessors:
    """The assessors as programs that answer in their names."""

    def __init__(self, inspectorate):
        self.inspectorate = inspectorate
        self.first = held(inspectorate, "cases-allotted")
        self.second = held(inspectorate, "seconds-allotted")
        self.tokens = {}
        for role in ASSESSORS:
            token = make_token(inspectorate, role)
            yours = self.ask(token, "")["yours"]
            self.tokens[self.first[yours[0]]] = token

    def ask(self, token, path, body=None):
        request = urllib.request.Request(
            f"{self.inspectorate.address}/api/v1/inspections/{NAME}{path}",
            None if body is None else json.dumps(body).encode(),
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def answer(self, kind, number, answers, note=None):
        """Answers questions of the first (`answer`) or the blind assessment (`second`)."""
        author = (self.first if kind == "answer" else self.second)[number]
        entries = [
            {"id": new_id(), "event": "answer-given", "subject": f"{kind}/{number}/{question}",
             "over": 1, "values": {"answer": answer, **({"note": True} if note else {})},
             **({"sealed": {"note": note}} if note else {})}
            for question, answer in answers.items()]
        said = self.ask(self.tokens[author], "/entries", {"entries": entries})
        assert all(one["outcome"] == "recorded" for one in said["outcomes"])


def prepare(inspectorate, folder):
    """An inspection whose cases nobody answered."""
    plumbline(
        "caseload", "make", "--cases", CASES * 20, "--seed", 7, "--profile", "ndelius-2020",
        "--out", folder / "list.csv")
    lead = inspectorate.page("lead", java_script_enabled=False)
    create_inspection(lead, NAME, "The inspection that is checked")
    for who in ASSESSORS[:3]:
        add_member(lead, NAME, who, "Assessor")
    add_member(lead, NAME, "local", "Local assessor", officer="None of them", team="None of them")
    add_member(lead, NAME, "quality", "Quality lead")
    draw_and_allot(lead, NAME, folder / "list.csv", CASES)
    lead.context.close()


def draw(page, share=10):
    page.goto(f"{PATH}/seconds")
    type_in(page, share=share, seed=SEED)
    press(page, "Draw the second assessments")
    press(page, "Give the rest out evenly")


def questions(page, path=PATH):
    """The codes of the key questions that are put on cases."""
    page.goto(f"{path}/agreement")
    rows = page.locator("table").first.locator("tbody th").all_text_contents()
    return [re.match(r"\d\.\d\.\d+", row.strip()).group(0) for row in rows]


def assess_some(inspectorate, page):
    """Draws, gives out and answers second assessments: every seventh pair of answers differs."""
    draw(page)
    codes = questions(page)
    assessors = Assessors(inspectorate)
    place = 0
    for number in sorted(assessors.second):
        first = {code: "sufficient" for code in codes}
        second = dict(first)
        for code in codes:
            place += 1
            if place % 3 == 0:
                first[code] = second[code] = "insufficient"
            if place % 7 == 0:
                second[code] = "insufficient" if first[code] == "sufficient" else "not-applicable"
        assessors.answer("answer", number, first)
        assessors.answer("second", number, second, "Seen in the contact log & the plan.")
    # Some more first answers, which nobody compares.
    others = [number for number in sorted(assessors.first) if number not in assessors.second]
    for number in others[:40]:
        if assessors.first[number] in assessors.tokens:
            assessors.answer("answer", number, {
                code: "sufficient" if (number + place) % 4 else "insufficient"
                for place, code in enumerate(codes)})
    return assessors, codes


def write_calibration(page, title, text, path=PATH):
    page.goto(f"{path}/calibration")
    type_in(page, title=title, text=text)
    press(page, "Save the calibration case")
