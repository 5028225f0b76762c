"""A proxy ends TLS: what browsers are told is about the address that they reach, not ours."""

import http.client
import re
from urllib.parse import urlencode, urlsplit

import pytest

from staff import Inspectorate, email

OUTSIDE = "https://inspections.example"
STRICT = "Strict-Transport-Security"


class Browser:
    """What a proxy passes on of a browser, over plain HTTP."""

    def __init__(self, address):
        self.host = urlsplit(address).netloc
        self.cookies = {}
        # What was set, with all that was said of it.
        self.set = {}

    def ask(self, path, form=None, headers=None):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        given = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            given["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(
            "GET" if form is None else "POST", path, form and urlencode(form),
            {**given, **(headers or {})})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, rest = line.split("=", 1)
            value, *said = rest.split("; ")
            self.cookies[name] = value
            self.set[name] = set(said)
        return answer, body

    def token(self, path):
        return re.search(r'name="token" value="([0-9a-f]+)"', self.ask(path)[1]).group(1)

    def sign_in(self, role, password):
        form = {"token": self.token("/sign-in"), "email": email(role), "password": password}
        return self.ask("/sign-in", form)[0]

    def every_kind_of_answer(self):
        """By their paths: the public site, a redirect, a form, mistakes, files and programs."""
        found = {
            path: self.ask(path)[0]
            for path in ("/", "/about/", "/providers/nowhere", "/data/league.csv", "/sign-in",
                         "/fieldwork", "/fieldwork/nowhere", "/fieldwork/training/record.jsonl",
                         "/api/v1/inspections/training")}
        found["post"] = self.ask("/sign-in", {"email": "nobody"})[0]
        return found


@pytest.fixture(scope="module")
def behind(tmp_path_factory, browser):
    folder = tmp_path_factory.mktemp("behind")
    with Inspectorate(folder, browser, serving=["--address", OUTSIDE]) as place:
        yield place


def feed(browser):
    """The address of the plan for calendar programs, and what is there."""
    said = re.search(
        r"<code[^>]*>(\S+/calendar/[^<]+)</code>", browser.ask("/fieldwork/training/plan")[1])
    address = urlsplit(said.group(1))
    answer, body = browser.ask(address.path)
    assert answer.status == 200 and body.startswith("BEGIN:VCALENDAR")
    return f"{address.scheme}://{address.netloc}", body


def test_behind_a_proxy_that_ends_tls_browsers_are_told_to_stay_there(behind):
    assert behind.address.startswith("http://127.0.0.1:")
    browser = Browser(behind.address)
    before = browser.every_kind_of_answer()
    assert browser.sign_in("lead", behind.password("lead")).status == 303
    assert {"__Host-plumbline-visit", "__Host-plumbline-session"} <= set(browser.set)
    assert all(name.startswith("__Host-plumbline-") for name in browser.set)
    for said in browser.set.values():
        # A browser takes the prefix only so: over TLS, for this host and for every path.
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= said
        assert not any(one.startswith("Domain") for one in said)
    after = browser.every_kind_of_answer()
    assert after["/fieldwork/training/record.jsonl"].status == 200
    for answers in (before, after):
        assert {path: answer.getheader(STRICT) for path, answer in answers.items()} == (
            dict.fromkeys(answers, "max-age=31536000"))

    address, plan = feed(browser)
    assert address == OUTSIDE and behind.address not in plan
    inside = urlsplit(behind.address).netloc
    for path in ("/", "/fieldwork", "/fieldwork/training", "/fieldwork/training/plan", "/account"):
        assert inside not in browser.ask(path)[1], path


def test_a_session_without_the_prefix_is_none_behind_a_proxy(behind):
    browser = Browser(behind.address)
    browser.sign_in("lead", behind.password("lead"))
    assert browser.ask("/account")[0].status == 200
    # Another site of the same domain, or one without TLS, can set a cookie of that name alone.
    browser.cookies = {"plumbline-session": browser.cookies["__Host-plumbline-session"]}
    assert browser.ask("/account")[0].status == 303


def test_what_a_proxy_or_a_browser_says_of_the_address_changes_nothing(behind):
    browser = Browser(behind.address)
    browser.sign_in("lead", behind.password("lead"))
    said = {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example",
            "Forwarded": "host=evil.example;proto=http", "Host": "evil.example"}
    for path in ("/fieldwork/training/plan", "/about/", "/sign-in", "/"):
        answer, body = browser.ask(path, headers=said)
        assert "evil.example" not in body + str(answer.headers), path
        assert answer.getheader(STRICT), path


def test_without_tls_nothing_of_that_is_said(inspectorate):
    browser = Browser(inspectorate.address)
    assert browser.sign_in("lead", inspectorate.password("lead")).status == 303
    assert {"plumbline-visit", "plumbline-session"} <= set(browser.set)
    assert all(name.startswith("plumbline-") for name in browser.set)
    for said in browser.set.values():
        assert "Secure" not in said and {"HttpOnly", "SameSite=Lax", "Path=/"} <= said
    answers = browser.every_kind_of_answer()
    assert {answer.getheader(STRICT) for answer in answers.values()} == {None}
    assert feed(browser)[0] == inspectorate.address
