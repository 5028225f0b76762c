"""No key, no secret and nothing personal is in what the programs say, in errors or in addresses."""

import base64
import os
import re
import sqlite3
import subprocess
import urllib.parse

import pytest

import kills
from device import own_cases
from program import PROGRAM
from staff import PUBLICATION, Inspectorate, email, press, type_day, type_in
from test_tokens import PLACE, answer, make_token

pytestmark = pytest.mark.slow

TRAINING = "/fieldwork/training"
WRONG = "guessed at random"
TYPED = {
    "title": "Minutes on Zebediah", "text": "He was seen at the quayside",
    "note": "A quarrelsome uncle", "query": "Which visit was never written up?",
    "unknown": "Mistyped-Zebulon"}


class Journey:
    """A server whose whole output is kept, and what browsers asked of it and were told."""

    def __init__(self, folder, browser):
        self.data, self.log = folder / "data", folder / "server.log"
        self.data.mkdir()
        self.place = Inspectorate(self.data, browser)
        # Again, with a file for everything that it says.
        self.place.stop()
        self.server = kills.Server("one", self.log)
        self.start()
        self.addresses = []
        self.errors = []
        self.pages = []

    def start(self):
        self.server.start(self.place.store)
        self.server.wait_until_ready()
        self.place.address = f"http://{self.server.place}"

    def end(self):
        self.server.process.terminate()
        self.server.process.wait(timeout=30)

    def page(self, role=None):
        page = self.place.page(role)
        page.on("request", lambda request: self.addresses.append(request.url))
        page.on("response", self.look)
        self.pages.append(page)
        return page

    def look(self, response):
        self.addresses.append(response.headers.get("location", ""))

    def links(self, page):
        """Every address on a page, which somebody may follow."""
        self.addresses += page.evaluate(
            """() => [...document.querySelectorAll('[href], [src], [action]')]
              .flatMap(e => [e.href, e.src, e.action]).filter(a => typeof a === 'string')""")

    def cookies(self):
        return [
            cookie["value"] for page in self.pages for cookie in page.context.cookies()
            if cookie["value"]]


@pytest.fixture(scope="module")
def journey(tmp_path_factory, browser):
    journey = Journey(tmp_path_factory.mktemp("leaks"), browser)
    yield journey
    for page in journey.pages:
        page.context.close()
    journey.server.kill()


def persons(lead):
    """CRNs, names, dates of birth, officers and places of cases, as the lead's pages show them."""
    found = set()
    for number in range(1, 16):
        body = lead.request.get(f"{TRAINING}/cases/{number}").text()
        facts = dict(re.findall(r"<dt[^>]*>([^<]*)</dt><dd[^>]*>([^<]*)</dd>", body))
        crn = re.search(r'caption-xl">([A-Z]\d{6})<', body).group(1)
        year, month, day = facts["Date of birth"].split("-")
        found |= {
            crn, facts["Name"], facts["Name"].split()[-1], facts["Date of birth"],
            f"{day}/{month}/{year}", facts.get("Officer", ""), facts.get("Team", "")}
    return found - {""}


def sign_in(journey, right):
    page = journey.page()
    for password in (WRONG, right):
        journey.place.sign_in(page, "lead", password, wanted=f"{TRAINING}/requests")
        if password == WRONG:
            assert page.title().startswith("Error: ")
            journey.errors.append(page.content())
            journey.links(page)
    assert page.url.endswith("/requests")
    return page


def ask_and_query(journey, lead):
    """A document is asked for after a mistake, and a case sent back; nothing is at an address."""
    type_in(lead, title=TYPED["title"], text=TYPED["text"])
    press(lead, "Ask for it")
    assert lead.title().startswith("Error: ")
    journey.links(lead)
    type_day(lead, "due", PUBLICATION)
    press(lead, "Ask for it")
    assert TYPED["text"] in lead.locator("main").text_content()
    lead.goto(f"{TRAINING}/cases/1")
    lead.fill("#text", TYPED["query"])
    press(lead, "Return the case with this query")
    assert TYPED["query"] in lead.locator("main").text_content()
    for path in ("requests", "cases", "cases/1", "sample", "team", "evidence/2"):
        lead.goto(f"{TRAINING}/{path}")
        journey.links(lead)


def miss(journey, lead):
    """Pages that are not there, and forms that are not taken."""
    for path in (f"{TRAINING}/cases/{TYPED['unknown']}", f"/fieldwork/{TYPED['unknown']}",
                 f"/providers/{TYPED['unknown']}", f"{TRAINING}/cases/99999"):
        said = lead.request.get(path)
        assert said.status == 404
        journey.errors.append(said.text())
    for form in ({"text": TYPED["text"]}, {"token": "0" * 64, "text": TYPED["text"]}):
        said = lead.request.post(f"{TRAINING}/requests", form=form)
        assert said.status == 403
        journey.errors.append(said.text())


def ask_as_programs(journey):
    """A right token, and wrong ones; entries that are taken and that are not."""
    page = journey.page("assessor-1")
    program = make_token(
        journey.place, page, "Reader", "See an inspection", "Answer questions on cases")
    token = program.headers["Authorization"].removeprefix("Bearer ")
    number = own_cases(journey.place, "assessor-1")[0]["address"].split("/")[4]
    sealed = {"note": TYPED["note"]}
    assert program.send(answer(number, sealed=sealed))[0] == 200
    for entry in (
            answer(number, sealed=sealed, subject="answer/9999/2.1.1"),
            answer(number, sealed=sealed, values={"answer": TYPED["note"]}),
            answer(number, sealed=sealed, values={"answer": "sufficient", TYPED["note"]: 1}),
            answer(number, sealed=sealed, event=TYPED["note"]),
            answer(number, sealed=sealed, edition=TYPED["note"]),
            answer(number, sealed={"note": TYPED["note"] * 10_000})):
        status, said = program.send(entry)
        assert status == 422
        journey.errors.append(str(said))
    for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), token + "a", token.upper()):
        program.headers = {"Authorization": f"Bearer {wrong}"}
        for path, body in ((PLACE, None), (PLACE + "/entries", {"entries": [answer(number)]})):
            status, said = program.ask(path, body)
            assert status == 401
            journey.errors.append(str(said))
    return token


def change(journey, *statements):
    """Changes the database by hand, which nobody expects."""
    database = sqlite3.connect(journey.data / "plumbline.sqlite")
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def fail(journey):
    """An error that nobody expects: the reader gets a number, and the log names it."""
    journey.end()
    change(journey, "ALTER TABLE files RENAME TO elsewhere")
    journey.start()
    journey.place.forget("lead")
    page = journey.page("lead")
    said = page.request.get(f"{TRAINING}/evidence/1/files/1")
    assert said.status == 503
    journey.errors.append(said.text())
    number = re.search(r"this number: <strong>(\w+)<", said.text()).group(1)
    assert f"error {number}" in journey.log.read_text(encoding="utf-8")
    cookies = journey.cookies()
    journey.end()
    # What is changed is no more what was sealed.
    change(
        journey, "ALTER TABLE elsewhere RENAME TO files", "DROP TRIGGER files_no_update",
        "UPDATE files SET sealed = zeroblob(length(sealed))")
    return cookies


def run_tools(journey, key):
    """What commands say, some of them with a master key that is none, or another."""
    folder, store = journey.data, journey.place.store
    other = base64.b64encode(os.urandom(32)).decode()
    # Each is given in the place of the key: a file, or the environment.
    wrong = [key[:-1], key[:-4] + "!!!=", f"{key} {key}", key[::-1], other]
    said = []

    def run(*arguments, keys=None, environment=None):
        options = list(map(str, [*arguments, *store]))
        if keys:
            file = folder / "other.key"
            file.touch(mode=0o600)
            file.write_text(keys, encoding="ascii")
            options += ["--keys", str(file)]
        done = subprocess.run(
            [PROGRAM, *options], text=True, capture_output=True, stdin=subprocess.DEVNULL,
            env={**os.environ, **({"PLUMBLINE_MASTER_KEY": environment} if environment else {})})
        said.append(done.stdout + done.stderr)
        return done.returncode

    # The files that were changed are found.
    assert run("record", "verify") == 1 and "is about a file that was changed" in said[-1]
    for command in (("record", "export", "training"), ("inspection", "list"),
                    ("record", "verify", "--inspection", TYPED["unknown"]),
                    ("backup", folder.parent / "copy")):
        run(*command)
    for given in wrong:
        assert run("serve", "--port", "0", keys=given) != 0, said[-1]
        assert run("demo", environment=given) != 0, said[-1]
    return said, [other, *wrong]


def forms(secret):
    """How something may be written in a log or at an address."""
    return {secret, urllib.parse.quote(secret), urllib.parse.quote_plus(secret),
            urllib.parse.quote(secret, safe=""), secret.replace(" ", "%20")}


def found_in(text, secrets):
    return sorted(
        secret for secret in secrets if any(form in text for form in forms(secret)))


def test_nothing_that_is_secret_or_personal_is_said_or_in_an_address(journey):
    key = (journey.data / "master.key").read_text(encoding="ascii").strip()
    password = journey.place.password("lead")
    lead = sign_in(journey, password)
    known = persons(lead)
    assert len(known) > 80
    ask_and_query(journey, lead)
    miss(journey, lead)
    token = ask_as_programs(journey)
    cookies = journey.cookies() + fail(journey)
    said, keys = run_tools(journey, key)

    log = journey.log.read_text(encoding="utf-8")
    assert log.count("Plumbline is ready") == 2
    raw = base64.b64decode(key)
    secrets = {
        key, raw.hex(), raw.hex().upper(), base64.urlsafe_b64encode(raw).decode().rstrip("="),
        *keys, password, WRONG, token, token.removeprefix("plumbt-"), *cookies}
    free = {text for name, text in TYPED.items() if name != "unknown"}
    people = {email("lead"), email("assessor-1"), "The lead inspector", "Assessor one"}
    assert len(cookies) >= 3 and len(journey.addresses) > 300

    assert found_in(log, secrets | free | known | people | {TYPED["unknown"]}) == []
    addresses = "\n".join(journey.addresses)
    assert TRAINING in addresses
    assert found_in(addresses, secrets | free | known | people) == []
    for text in said:
        assert found_in(text, secrets | free | known | people) == []
    for text in journey.errors:
        # A page of somebody says who they are, and a form what they just typed.
        assert found_in(text, secrets | free | known) == []


def test_the_search_finds_what_is_there():
    assert found_in("GET /sign-in?password=guessed%20at%20random", {WRONG, "another"}) == [WRONG]
    assert found_in("next=a%2Fb%2B", {"a/b+"}) == ["a/b+"]
