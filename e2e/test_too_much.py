"""Bodies that are too large or cannot be read: the answer says so, and nothing is recorded."""

import http.client
import json
import re
from urllib.parse import urlencode, urlsplit

import pytest

from staff import form_token
from test_tokens import answer, make_token
from test_walls import entries

pytestmark = pytest.mark.slow

TRAINING = "/fieldwork/training"
REQUESTS = TRAINING + "/requests"
API = "/api/v1/inspections/training/entries"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
PARTS = "multipart/form-data; boundary=x"

# The most that is taken of forms, of programs and of forms with files.
MOST_OF_A_FORM = 256 << 10
MOST_OF_A_PROGRAM = 4 << 20
MOST_OF_A_FILE = 64 << 20


def cookies(inspectorate, role):
    return {"Cookie": "; ".join(
        f"{one['name']}={one['value']}" for one in inspectorate.state(role)["cookies"])}


def send(inspectorate, path, body, headers, chunked=False):
    """The status, the type and the text of the answer, although it comes before all was sent."""
    connection = http.client.HTTPConnection(urlsplit(inspectorate.address).netloc, timeout=60)
    try:
        if chunked:
            pieces = (body[start:start + 65_536] for start in range(0, len(body), 65_536))
            connection.request("POST", path, pieces, headers, encode_chunked=True)
        else:
            connection.request("POST", path, body, headers)
        said = connection.getresponse()
        return said.status, said.getheader("Content-Type"), said.read().decode()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def program(inspectorate):
    return make_token(
        inspectorate, inspectorate.page("assessor-1"), "The large one", "See an inspection",
        "Answer questions on cases")


@pytest.fixture
def unchanged(inspectorate):
    """The record has the same entries after the test."""
    lead = inspectorate.context("lead").request
    before = entries(lead)
    yield
    assert entries(lead) == before


def padded(start, size):
    return start + b"a" * (size - len(start))


def a_form(inspectorate, size):
    token = form_token(inspectorate.context("lead").request, "/account")
    return padded(urlencode({"token": token, "seen": 0, "title": "x", "text": ""}).encode(), size)


def a_file(inspectorate, size):
    token = form_token(inspectorate.context("lead").request, "/account")
    start = (
        f'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="list"; filename="l.csv"\r\n\r\n').encode()
    end = b"\r\n--x--\r\n"
    return padded(start, size - len(end)) + end


@pytest.mark.parametrize("chunked", [False, True], ids=["counted", "chunked"])
@pytest.mark.parametrize("path, role, make, kind, most, unit", [
    ("/sign-in", None, a_form, FORM, MOST_OF_A_FORM, "KB"),
    (REQUESTS, None, a_form, FORM, MOST_OF_A_FORM, "KB"),
    (REQUESTS, "lead", a_form, FORM, MOST_OF_A_FORM, "KB"),
    # Only who signed in sends files.
    (TRAINING + "/return", None, a_file, PARTS, MOST_OF_A_FORM, "KB"),
    (TRAINING + "/return", "lead", a_file, PARTS, MOST_OF_A_FILE, "MB"),
])
def test_a_form_that_is_too_large_is_answered_with_413(
        inspectorate, unchanged, path, role, make, kind, most, unit, chunked):
    headers = {"Content-Type": kind, **(cookies(inspectorate, role) if role else {})}
    status, type_, text = send(
        inspectorate, path, make(inspectorate, most + 1), headers, chunked)
    assert (status, type_) == (413, "text/html; charset=utf-8")
    assert "Too much was sent" in text
    assert re.search(rf"At most \d+ {unit} can be sent at once here\. Nothing was recorded", text)
    # What stood before what was too long can be copied, but for tokens.
    assert ("What you sent, to copy from" in text) == (make is a_form) and "token" not in text


def test_a_form_of_the_most_that_is_taken_is_read(inspectorate, unchanged):
    headers = {"Content-Type": FORM, **cookies(inspectorate, "lead")}
    status, _, text = send(
        inspectorate, REQUESTS, a_form(inspectorate, MOST_OF_A_FORM), headers)
    assert status == 422 and "Write at most 4,000 characters" in text


def some_json(size):
    start = json.dumps({"entries": [answer(1, sealed={"note": ""})]}).encode()
    return padded(start, size)


def test_json_that_is_too_large_is_answered_with_413(inspectorate, program, unchanged):
    for headers, path, most in [
        (program.headers, API, MOST_OF_A_PROGRAM),
        ({"Authorization": "Bearer plumbt-" + "a" * 32}, API, MOST_OF_A_FORM),
        ({}, API, MOST_OF_A_FORM),
        (cookies(inspectorate, "assessor-1"), TRAINING + "/device/entries", MOST_OF_A_FORM),
    ]:
        status, type_, text = send(
            inspectorate, path, some_json(most + 1), {"Content-Type": JSON, **headers})
        assert (status, type_) == (413, "application/json; charset=utf-8")
        assert json.loads(text) == {"problems": [f"at most {most} bytes can be sent at once"]}
    # One byte less is read, and is no JSON.
    status, _, text = send(
        inspectorate, API, some_json(MOST_OF_A_PROGRAM), {"Content-Type": JSON, **program.headers})
    assert (status, len(json.loads(text)["problems"])) == (400, 1)


@pytest.mark.parametrize("role, path", [
    (None, "/sign-in"), ("lead", REQUESTS), ("lead", TRAINING + "/return")])
@pytest.mark.parametrize("kind, body", [
    ("", b"a=b"),
    ("text/plain", b"a=b"),
    ("multipart/form-data", b"--x\r\n"),
    (PARTS, b""),
    (PARTS, b"--x\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--x--\r\n"),
    (PARTS, b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nno end'),
    (FORM, b"&".join(b"field-%d=" % number for number in range(2_001))),
], ids=["no type", "text", "no boundary", "no part", "no name", "no end", "many fields"])
def test_a_form_that_cannot_be_read_is_answered_with_400(
        inspectorate, unchanged, role, path, kind, body):
    headers = {"Content-Type": kind, **(cookies(inspectorate, role) if role else {})}
    status, type_, text = send(inspectorate, path, body, headers)
    assert (status, type_) == (400, "text/html; charset=utf-8")
    assert "The form could not be read" in text and "Nothing was recorded" in text


def test_a_browser_shows_that_a_form_or_a_file_was_too_large(inspectorate, unchanged, tmp_path):
    lead = inspectorate.page("lead")
    lead.goto(REQUESTS)
    lead.locator("#text").evaluate("field => field.removeAttribute('maxlength')")
    lead.locator("#text").evaluate("field => field.value = 'a'.repeat(300_000)")
    with lead.expect_navigation() as led:
        lead.get_by_role("button", name="Ask for it").click()
    assert led.value.status == 413
    assert lead.locator("h1").text_content() == "Too much was sent"
    lead.go_back()
    assert len(lead.input_value("#text")) == 300_000

    file = tmp_path / "minutes.pdf"
    file.write_bytes(b"")
    with open(file, "r+b") as empty:
        empty.truncate(MOST_OF_A_FILE)
    lead.goto(TRAINING + "/evidence/new")
    lead.set_input_files("#file", file)
    with lead.expect_navigation(timeout=60_000) as led:
        lead.get_by_role("button", name="Add it").click()
    assert led.value.status == 413
    assert lead.locator("h1").text_content() == "Too much was sent"
