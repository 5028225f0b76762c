"""Servers that end, browsers that are started anew, and new versions cost no answer."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

import program
from device import (
    ASSESSOR, DEVICE, answers, choose, device, expect_chosen, expect_saved, expect_status, go_to,
    note, open_cases, record, subject, take_along, wait_until, waiting)
from program import plumbline
from staff import Inspectorate, email, press, type_in

pytestmark = pytest.mark.slow


# As the edition of the training inspection asks it.
QUESTION = "Does assessment engage the person under supervision?"


@pytest.fixture
def alone(tmp_path, browser):
    """An inspectorate whose server may be killed."""
    folder = tmp_path / "data"
    folder.mkdir()
    with Inspectorate(folder, browser) as inspectorate:
        yield inspectorate


def test_a_server_that_is_killed_and_a_browser_that_is_restarted_lose_nothing(alone, tmp_path):
    address, other = (case["address"] for case in open_cases(alone)[:2])
    with device(alone, tmp_path / "device", ASSESSOR) as context:
        page = context.new_page()
        take_along(page, address, other)
        go_to(page, address)
        choose(page, "2.1.1", "answer", "sufficient")
        expect_saved(page)
        alone.kill()
        choose(page, "2.1.1", "answer", "insufficient")
        note(page, "2.1.1").fill("While the server was gone.")
        expect_status(page, "No network: saved on this device")
        page.reload()
        expect_chosen(page, "2.1.1", "answer", "insufficient")
    # The browser is closed, and opened again where there is still no server.
    with device(alone, tmp_path / "device") as context:
        page = context.new_page()
        go_to(page, address)
        expect(note(page, "2.1.1")).to_have_value("While the server was gone.")
        go_to(page, other)
        choose(page, "2.1.1", "answer", "sufficient")
        expect_status(page, "waiting to be sent")
        alone.start()
        page.get_by_role("button", name="Send now").click()
        # The sign-in ended with the browser.
        expect_status(page, "You are signed out")
        page.get_by_role("link", name="Sign in and it goes on").click()
        type_in(page, email=email(ASSESSOR), password=alone.password(ASSESSOR))
        press(page, "Sign in")
        page.wait_for_url(f"**{other}")
        expect_saved(page)
        assert waiting(page) == []
    said = answers(alone, address, "2.1.1")
    assert [entry["answer"] for entry in said if "answer" in entry] == [
        "sufficient", "insufficient"]
    assert answers(alone, other, "2.1.1") == [{"answer": "sufficient"}]


def another_version(folder):
    """The program with other scripts and a newer edition: copied, with its files beside it."""
    there = Path(program.PROGRAM).resolve().parent
    (folder / "bin").mkdir()
    for part in there.glob("plumbline_*.resources"):
        shutil.copytree(part, folder / "bin" / part.name)
    copy = folder / "bin/plumbline"
    try:
        os.link(there / "plumbline", copy)
    except OSError:
        shutil.copy2(there / "plumbline", copy)
    scripts = folder / "bin/plumbline_Website.resources/Assets/device"
    for name in ("worker.js", "queue.js"):
        with open(scripts / name, "a", encoding="utf-8") as script:
            script.write(f"\nglobalThis.isNew{name[0].upper()} = true;\n")
    books = folder / "bin/plumbline_Standards.resources/RuleBooks"
    newer = (books / "pdu-2023.yaml").read_text(encoding="utf-8")
    assert newer.count(QUESTION) == 1
    (books / "pdu-2028.yaml").write_text(
        newer.replace("id: pdu-2023", "id: pdu-2028").replace(QUESTION, "Is it another question?"),
        encoding="utf-8")
    return str(copy)


def is_new(worker):
    try:
        return worker.evaluate("globalThis.isNewW === true")
    except Error:  # Browsers end workers, and start them again, as they like.
        return False


def test_a_new_version_of_worker_and_scripts_keeps_what_waits(alone, tmp_path, monkeypatch):
    address = open_cases(alone)[0]["address"]
    with device(alone, tmp_path / "device", ASSESSOR) as context:
        page = context.new_page()
        take_along(page, address)
        go_to(page, address)
        context.set_offline(True)
        note(page, "2.1.1").fill("From before the new version.")
        expect_status(page, "1 waiting")
        alone.stop()
        monkeypatch.setattr(program, "PROGRAM", another_version(tmp_path))
        alone.start()
        # Sending waits, so that what is stored meets the new scripts.
        page.route("**/device/entries", lambda route: route.abort())
        context.set_offline(False)
        page.goto(DEVICE)
        expect(page.locator("#queue")).to_contain_text("From before the new version.")
        assert page.evaluate("globalThis.isNewQ") is True
        page.evaluate("navigator.serviceWorker.getRegistration().then(it => it.update())")
        page.wait_for_function("""async () => {
          const it = await navigator.serviceWorker.getRegistration();
          return it.active && !it.installing && !it.waiting;
        }""")
        wait_until(lambda: any(is_new(worker) for worker in context.service_workers))
        context.set_offline(True)
        go_to(page, address)
        expect(note(page, "2.1.1")).to_have_value("From before the new version.")
        context.set_offline(False)
        page.unroute("**/device/entries")
        expect_saved(page, 40_000)
    assert answers(alone, address, "2.1.1") == [{"note": True}]


def test_answers_keep_the_edition_that_they_were_made_under(alone, tmp_path, monkeypatch):
    address = open_cases(alone)[0]["address"]
    with device(alone, tmp_path / "device", ASSESSOR) as context:
        page = context.new_page()
        take_along(page, address)
        go_to(page, address)
        context.set_offline(True)
        choose(page, "2.1.1", "answer", "sufficient")
        expect_status(page, "1 waiting")
        alone.stop()
        monkeypatch.setattr(program, "PROGRAM", another_version(tmp_path))
        alone.start()
        context.set_offline(False)
        expect_saved(page, 40_000)
        page.goto(address)
        expect(page.locator("#q-2-1-1")).to_contain_text(QUESTION)
        page.goto("/standards/pdu-2028")
        expect(page.locator("main")).to_contain_text("Is it another question?")
    entries = record(alone)
    said = [entry for entry in entries if entry["subject"] == subject(address, "2.1.1")]
    assert [entry["values"] for entry in said] == [{"answer": "sufficient"}]
    assert {entry["edition"] for entry in entries} == {said[0]["edition"]}
    assert "are right" in plumbline("record", "verify", *alone.store)


def test_a_slow_network_is_not_waited_for_where_there_is_a_copy(alone, tmp_path):
    address = open_cases(alone)[0]["address"]
    with device(alone, tmp_path / "device", ASSESSOR) as context:
        page = context.new_page()
        take_along(page, address)
        os.kill(alone.process, signal.SIGSTOP)
        try:
            go_to(page, address)
            choose(page, "2.1.1", "answer", "sufficient")
            expect_status(page, "waiting to be sent")
        finally:
            os.kill(alone.process, signal.SIGCONT)
        expect_saved(page, 40_000)


def test_a_record_that_was_put_back_takes_what_waits_on_a_device(alone, tmp_path):
    address = open_cases(alone)[0]["address"]
    plumbline("backup", tmp_path / "copy.sqlite", *alone.store)
    with device(alone, tmp_path / "device", ASSESSOR) as context:
        page = context.new_page()
        take_along(page, address)
        go_to(page, address)
        choose(page, "2.1.2", "answer", "sufficient")
        expect_saved(page)
        # What it sees now is not in the backup.
        go_to(page, address)
        alone.stop()
        choose(page, "2.1.1", "answer", "insufficient")
        expect_status(page, "No network: saved on this device, 1 waiting")
        restored = tmp_path / "restored"
        plumbline("restore", tmp_path / "copy.sqlite", "--data", restored)
        shutil.copy(alone.folder / "master.key", restored / "master.key")
        alone.store = ["--data", restored]
        alone.start()
        page.get_by_role("button", name="Send now").click()
        expect_status(page, "You are signed out")
        alone.forget(ASSESSOR)
        page.get_by_role("link", name="Sign in and it goes on").click()
        type_in(page, email=email(ASSESSOR), password=alone.password(ASSESSOR))
        page.click("main button")
        expect_saved(page)
    assert answers(alone, address, "2.1.1") == [{"answer": "insufficient"}]
    assert "are right" in plumbline("record", "verify", *alone.store)
