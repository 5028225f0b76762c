"""A program works with a token that its holder made on the account page."""

import json
import os
import re
import time
import urllib.error
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe

from staff import press, type_in

PLACE = "/api/v1/inspections/training"
QUESTION = "2.1.1"


def new_id():
    """A UUID of version 7."""
    number = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 7 << 76
    text = f"{number & ~(3 << 62) | 2 << 62:032x}"
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


class Program:
    def __init__(self, inspectorate, token):
        self.address = inspectorate.address
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, path, body=None):
        """The status and what was answered."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(
            self.address + path, data, {**self.headers, "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def send(self, *entries):
        status, said = self.ask(PLACE + "/entries", {"entries": entries})
        return status, json.loads(said) if status == 200 else said["problems"]


@pytest.fixture(scope="module")
def account(inspectorate):
    page = inspectorate.page("assessor-1")
    page.goto("/account")
    return page


def make_token(inspectorate, page, title, *permissions):
    page.goto("/account")
    type_in(page, title=title, inspection="training", days=2)
    for permission in permissions:
        page.get_by_label(permission, exact=True).check()
    press(page, "Make a token")
    assert Axe().run(page).violations_count == 0
    token = page.locator("code.typed").text_content()
    page.get_by_role("link", name="I have put it there").click()
    assert title in page.locator("table").text_content()
    assert token not in page.content()
    return Program(inspectorate, token)


@pytest.fixture(scope="module")
def program(inspectorate, account):
    return make_token(
        inspectorate, account, "The case reader", "See an inspection", "Answer questions on cases")


@pytest.fixture(scope="module")
def own_case(inspectorate):
    text = inspectorate.context("assessor-1").request.get("/fieldwork/training/cases").text()
    return int(re.search(r"/training/cases/(\d+)", text).group(1))


def record(inspectorate):
    lead = inspectorate.context("lead").request
    return lead.get("/fieldwork/training/record.jsonl").text().splitlines()


def answer(number, **other):
    return {"id": new_id(), "event": "answer-given", "subject": f"answer/{number}/{QUESTION}",
            "over": 1, "values": {"answer": "sufficient"}, **other}


def test_a_program_reads_an_inspection_and_answers_once(inspectorate, program, own_case):
    status, said = program.ask(PLACE)
    before = json.loads(said)
    assert (status, before["inspection"], before["edition"]) == (200, "training", "pdu-2023")
    assert own_case in before["cases"]

    entry = answer(own_case, sealed={"note": "Read on the telephone"})
    status, said = program.send(entry)
    sequence = before["revision"] + 1
    assert (status, said) == (200, {"outcomes": [
        {"id": entry["id"], "outcome": "recorded", "sequence": sequence}]})
    assert program.send(entry)[1] == {"outcomes": [
        {"id": entry["id"], "outcome": "repeated", "sequence": sequence}]}
    last = json.loads(record(inspectorate)[-1])
    assert (last["event"], last["subject"]) == ("answer-given", entry["subject"])
    assert "telephone" not in str(last) and last["sealed"]


def test_an_answer_under_a_used_id_is_not_recorded(program, own_case):
    entry = answer(own_case)
    assert program.send(entry)[1]["outcomes"][0]["outcome"] == "recorded"
    status, said = program.send({**entry, "values": {"answer": "insufficient"}})
    assert said["outcomes"][0]["outcome"] == "refused"


def test_a_token_is_for_one_inspection_and_for_what_was_ticked(inspectorate, program, account):
    for name in ("nowhere", "new-2028"):
        status, said = program.ask(f"/api/v1/inspections/{name}")
        assert (status, said) == (404, {"problems": ["there is no such inspection"]})
    assert program.ask(PLACE + "/record")[0] == 403
    reader = make_token(inspectorate, account, "Only a reader", "See an inspection")
    assert reader.ask(PLACE)[0] == 200
    assert reader.send(answer(1))[0] == 403
    recorder = make_token(inspectorate, account, "More than I may", "Take the record")
    assert recorder.ask(PLACE + "/record")[0] == 403


def test_without_a_token_that_lasts_nothing_is_answered(inspectorate, account):
    ended = make_token(inspectorate, account, "Soon ended", "See an inspection")
    assert ended.ask(PLACE)[0] == 200
    account.get_by_role("button", name="End Soon ended").click()
    end = time.monotonic() + 2
    while time.monotonic() < end and ended.ask(PLACE)[0] != 401:
        time.sleep(0.1)
    for token in (None, "", "plumbt-" + "a" * 32):
        assert Program(inspectorate, token).ask(PLACE)[0] == 401
    assert ended.ask(PLACE)[0] == 401
    session = inspectorate.context("lead").request.get(PLACE)
    assert session.status == 401


@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"{}", b'{"entries": []}', b'{"entries": {}}', b'\xff\xfe',
    json.dumps({"entries": [{}] * 501}).encode()])
def test_a_body_that_is_none_is_refused(program, body):
    status, said = program.ask(PLACE + "/entries", body)
    assert (status, len(said["problems"])) == (400, 1)


def test_every_problem_is_listed_and_nothing_is_recorded(inspectorate, program, own_case):
    before = record(inspectorate)
    every = json.loads(program.ask(PLACE)[1])["cases"]
    status, problems = program.send(
        answer(own_case),
        answer(own_case, id="1"),
        answer(own_case, id=new_id().upper()),
        answer(own_case, event="member-removed"),
        answer(own_case, over=-1),
        answer(own_case, values={"answer": "perhaps"}),
        answer(own_case, values={"answer": "sufficient", "more": 1}),
        answer(own_case, subject="answer/x/2.1.1"),
        answer(max(every) + 1000),
        {},
    )
    assert status == 422
    assert [problem.split(":")[0] for problem in problems] == [
        f"entries[{place}]" for place in range(1, 10)]
    assert record(inspectorate) == before


def test_a_case_of_somebody_else_is_refused(inspectorate, program):
    own = inspectorate.context("assessor-1").request.get("/fieldwork/training/cases").text()
    every = json.loads(program.ask(PLACE)[1])["cases"]
    other = next(one for one in every if f'/training/cases/{one}"' not in own)
    status, problems = program.send(answer(other))
    assert status == 422 and "was never given to whoever sends this" in problems[0]


def test_a_question_of_no_edition_is_refused(program, own_case):
    status, problems = program.send(answer(own_case, subject=f"answer/{own_case}/9.9.9"))
    assert status == 422 and "9.9.9" in problems[0]
