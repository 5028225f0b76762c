"""Work goes to an installation on a closed network, is added to there, and comes back."""

import json
import re
import subprocess
import sys

import pytest

from program import ROOT, plumbline, run, serve, stop
from staff import email, press, type_in
from test_tokens import PLACE, Program, answer

pytestmark = pytest.mark.slow

HOW_TO = ROOT / "docs/how-to/keep-a-record.md"
PASSWORD = "four words nobody guesses"


class Branch:
    """An installation with a data folder and, in between, a server."""

    def __init__(self, folder):
        self.folder = folder
        self.store = ["--data", folder]
        self.key = plumbline("bundle", "key", *self.store).strip()
        self.server = None

    def serve(self):
        self.server, self.address = serve(*self.store)

    def stop(self):
        if self.server:
            stop(self.server)
        self.server = None

    def bundle(self, other, name="training"):
        file = self.folder / "work.bundle"
        plumbline("bundle", "export", name, "--to", other.key, "--out", file, *self.store)
        return file

    def take(self, file, other):
        return run("bundle", "import", file, "--from", other.key, *self.store)

    def record(self):
        return plumbline("record", "export", "training", *self.store)

    def heads(self):
        """What holds, by case and question, without the sequences, which are each side's own."""
        state = json.loads(plumbline("record", "state", "training", *self.store))
        return {one["at"]: sorted((head[0], str(head[3])) for head in one["is"]["heads"])
                for one in state["answers"]}

    def program(self, role):
        """A program that works in somebody's name; made while no server runs."""
        token = plumbline(
            "account", "token", email(role), "--inspection", "training", *self.store)
        return lambda: Program(self, token.strip())

    def check(self):
        """Both the tool and the program in the how-to find nothing wrong."""
        plumbline("record", "verify", *self.store)
        file = self.folder / "record.jsonl"
        file.write_text(self.record(), encoding="utf-8")
        listing = re.search(r"```python\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.S)
        said = subprocess.run(
            [sys.executable, "-c", listing.group(1), str(file)], capture_output=True, text=True)
        assert said.returncode == 0, said.stderr


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    plumbline("demo", "--data", folder)
    home = Branch(folder)
    yield home
    home.stop()


@pytest.fixture
def away(tmp_path):
    away = Branch(tmp_path / "away")
    yield away
    away.stop()


def case_of(program):
    """A case that nobody began: the last ones of the demo."""
    return json.loads(program.ask(PLACE)[1])["yours"][-1]


def said(program, question, given, over=None):
    """Answers, over what was seen: the revision that the program is told may be a second old."""
    state = json.loads(program.ask(PLACE)[1])
    number, over = state["yours"][-1], over or state["revision"]
    status, outcome = program.send(answer(
        number, subject=f"answer/{number}/{question}", over=over, values={"answer": given},
        sealed={"note": f"said of {question}"}))
    assert status == 200 and outcome["outcomes"][0]["outcome"] == "recorded"
    return outcome["outcomes"][0]["sequence"]


def test_work_goes_away_is_added_to_and_comes_back(home, away, browser):
    there = away.take(home.bundle(away), home)
    assert there.returncode == 0 and "training can be worked on here" in there.stdout
    assert "assessor-1@example.org has an account now" in there.stdout
    password = away.folder / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    for role in ("assessor-1", "lead"):
        plumbline("account", "reset", email(role), "--password-file", password, *away.store)
    programs = {branch: branch.program("assessor-1") for branch in (home, away)}
    home.serve()
    away.serve()
    here, out_there = programs[home](), programs[away]()

    number = case_of(here)
    assert case_of(out_there) == number
    seen = said(out_there, "2.1.1", "sufficient")
    early = (away.folder / "early.bundle")
    away.bundle(home).rename(early)
    said(out_there, "2.1.1", "insufficient", over=seen)
    said(out_there, "2.1.2", "not-applicable")
    said(here, "2.1.1", "sufficient")
    # Somebody of the team signs in there, sees the inspection, and cannot plan it.
    page = browser.new_context(base_url=away.address, java_script_enabled=False).new_page()
    page.goto("/sign-in")
    type_in(page, email=email("lead"), password=PASSWORD)
    page.click("main button")
    page.goto("/fieldwork/training")
    assert "planned at another installation" in page.locator("main").text_content()
    for path in ("", "/team", "/return", "/sample", "/allotment", "/cases", "/requests"):
        assert page.goto(f"/fieldwork/training{path}").status == 200, path
    assert page.goto("/fieldwork/training/sample.json").status == 404
    assert "stayed at the installation" in page.locator("main").text_content()
    page.goto("/fieldwork/training/plan")
    press(page, "Give it another address")
    assert "carried here from" in page.locator("main").text_content()
    page.context.close()
    late = away.bundle(home)

    # On SQLite one process at a time writes.
    refused = home.take(late, away)
    assert refused.returncode == 1 and "another process is using it" in refused.stderr
    home.stop()
    before = home.record()
    back = home.take(late, away)
    assert (back.returncode, back.stderr) == (0, "") and "3 entries added" in back.stdout
    record = home.record()
    assert record != before and "left there" not in back.stdout
    for file in (late, early):
        assert "nothing is new" in home.take(file, away).stdout
        assert home.record() == record

    away.stop()
    assert "1 entry added" in away.take(home.bundle(away), home).stdout
    assert home.heads() == away.heads()
    # Neither knew of the other: both are kept, and the one that its author had seen is not.
    held = [given for _, given in home.heads()[f"answer/{number}/2.1.1"]]
    assert sorted(held) == ["{'answer': 'insufficient'}", "{'answer': 'sufficient'}"]
    for branch in (home, away):
        branch.check()


def test_what_is_planned_goes_away_and_nothing_is_planned_there(home, away):
    away.take(home.bundle(away), home)
    plumbline("inspection", "retain", "training", "--until", "2031-01-01", *home.store)
    assert "1 entry added" in away.take(home.bundle(away), home).stdout
    refused = run(
        "inspection", "retain", "training", "--until", "2032-01-01", *away.store)
    assert refused.returncode == 1 and "planned at the installation" in refused.stderr
    assert "nothing is new" in home.take(away.bundle(home), away).stdout


def test_what_is_wrong_is_refused_and_nothing_changes(home, away, tmp_path):
    stranger = Branch(tmp_path / "stranger")
    bundle = home.bundle(away)
    content = bundle.read_bytes()
    assert b"training" not in content and b"example.org" not in content
    changed = tmp_path / "changed.bundle"
    for place in range(0, len(content), len(content) // 40):
        changed.write_bytes(
            content[:place] + bytes([content[place] ^ 1]) + content[place + 1:])
        refused = away.take(changed, home)
        assert refused.returncode == 1 and str(changed) in refused.stderr, place
    for branch, file, sender, what in (
            (away, bundle, stranger, "was signed by another installation"),
            (stranger, bundle, home, "is for another installation"),
            (away, tmp_path / "none", home, "cannot be opened"),
            (away, home.folder / "master.key", home, "is no bundle")):
        refused = branch.take(file, sender)
        assert refused.returncode == 1 and what in refused.stderr, what
    assert "There are no inspections." in plumbline("inspection", "list", *away.store)
    assert run("bundle", "import", bundle, "--from", "plumbk-1", *away.store).returncode == 2
    for wrong in ("nowhere", "training"):
        refused = run(
            "bundle", "export", wrong, "--to", home.key, "--out", tmp_path / "x", *home.store)
        assert refused.returncode == 1 and not (tmp_path / "x").exists()

    assert away.take(bundle, home).returncode == 0
    plumbline("inspection", "erase", "training", "--confirm", "training", *away.store)
    refused = away.take(bundle, home)
    assert refused.returncode == 1 and "was erased here" in refused.stderr
    refused = run("bundle", "export", "training", "--to", home.key, "--out", tmp_path / "x",
                  *away.store)
    assert refused.returncode == 1 and "was erased" in refused.stderr
    plumbline("record", "verify", *away.store)
