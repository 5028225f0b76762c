"""A backup that is made while the server is written to holds all that was acknowledged before."""

import contextlib
import shutil
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

import kills
from program import STORES, database, plumbline, run, serve, stop
from staff import Inspectorate, email, form_token
from test_tokens import PLACE, Program

pytestmark = pytest.mark.slow

TRAINING = "/fieldwork/training"
FILES = (
    f"{TRAINING}/evidence/1/files/1", f"{TRAINING}/sample.json", f"{TRAINING}/sample/audit.html",
    f"{TRAINING}/return/rejects.csv")


@contextlib.contextmanager
def writers(inspectorate, token):
    """Programs that answer cases without an end, and what was acknowledged to them."""
    server = SimpleNamespace(
        name="one", place=urlsplit(inspectorate.address).netloc, is_running=lambda: True)
    client = kills.Client(server, token)
    status, inspection = client.ask("GET", PLACE)
    client.close()
    assert status == 200
    before = record(inspectorate.store)
    ledger = kills.Ledger(entry["id"] for entry in kills.entries(before))
    load = kills.Load(SimpleNamespace(
        servers=[server], token=token, ledger=ledger, cases=inspection["yours"]), seed=0)
    load.start()
    try:
        yield load, ledger
    finally:
        load.end()


def record(store):
    return plumbline("record", "export", "training", *store)


def downloads(context):
    found = {}
    for path in FILES:
        answer = context.request.get(path)
        assert answer.status == 200, path
        found[path] = answer.body()
    return found


@contextlib.contextmanager
def empty_place(kind, folder, key):
    """The options of a store with nothing in it, that has the master key."""
    folder.mkdir(mode=0o700)
    with database(kind) as address:
        shutil.copy2(key, folder / "master.key")
        yield ["--data", folder, *(["--database", address] if address else [])]


@pytest.mark.parametrize("kind", STORES)
def test_a_backup_of_a_server_at_work_is_whole(kind, tmp_path, browser):
    data, elsewhere, copy = tmp_path / "data", tmp_path / "elsewhere", tmp_path / "copy"
    data.mkdir()
    with database(kind) as address, Inspectorate(data, browser, address) as inspectorate:
        lead = inspectorate.context("lead")
        kept = downloads(lead)
        # One process at a time writes to SQLite.
        inspectorate.stop()
        token = plumbline(
            "account", "token", email("assessor-1"), "--inspection", "training",
            *inspectorate.store).splitlines()[-1]
        inspectorate.start()
        with writers(inspectorate, token) as (load, ledger):
            with ledger.lock:
                acknowledged = dict(ledger.acknowledged)
            assert acknowledged
            said = plumbline("backup", copy, *inspectorate.store)
            # The server was not held up, nor left unable to write.
            load.wait_for_new_answers(load.place.servers[0])
        assert "does not hold the master key" in said
        after = record(inspectorate.store)
        assert kills.faults(after, ledger) == []

        with empty_place(kind, elsewhere, data / "master.key") as store:
            plumbline("restore", copy, *store)
            verified = run("record", "verify", *store)
            assert verified.returncode == 0, verified.stderr
            restored = record(store)
            ledger.acknowledged = acknowledged
            assert kills.faults(restored, ledger) == []
            # It is how the record stood at one moment, to the letter.
            lines = restored.splitlines()[1:]
            assert lines == after.splitlines()[1:len(lines) + 1]
            assert len(lines) >= len(ledger.before) + len(acknowledged)
            server, place = serve(*store)
            try:
                check_restored(inspectorate, place, kept, token)
            finally:
                stop(server)


def check_restored(inspectorate, place, kept, token):
    """People sign in there with what they know, and nobody with what was lent to them."""
    old = inspectorate.browser.new_context(
        base_url=place, storage_state=inspectorate.state("lead"))
    assert old.request.get("/account", max_redirects=0).status == 303
    old.close()
    assert Program(SimpleNamespace(address=place), token).ask(PLACE)[0] == 401

    for role in ("lead", "admin"):
        context = inspectorate.browser.new_context(base_url=place)
        form = {"token": form_token(context.request, "/sign-in"), "email": email(role),
                "password": inspectorate.password(role)}
        assert context.request.post("/sign-in", form=form, max_redirects=0).status == 303
        assert context.request.get("/account", max_redirects=0).status == 200
        if role == "lead":
            assert downloads(context) == kept
        context.close()
