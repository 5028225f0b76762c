"""The Flask and SQLite twin: appends entries to a record, each durable before it is answered.

Programs with a token append anything, assessors who signed in append answers on cases that they
have or had. Run by gunicorn; TWIN_DATABASE names the file that measure.py made.
"""

import fcntl
import json
import os
import re
import sqlite3
import threading
import time
from base64 import b64decode, b64encode
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, abort, request

UUID_7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
SUBJECT = re.compile(r"answer/([1-9][0-9]{0,8})/([0-9.]+)")
ANSWERS = {"sufficient", "insufficient", "not-applicable", None}
WORDS = {"yes", "no", "not-applicable", None}
MOST_ENTRIES = 100

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1 << 20
own = threading.local()
tokens: dict[str, tuple] = {}
prompts: dict[str, int] = {}


@contextmanager
def turn():
    """Workers and threads take turns here: SQLite itself lets writers wait by sleeping."""
    if not hasattr(own, "turn"):
        own.turn = open(os.environ["TWIN_DATABASE"] + ".turn", "w")
    fcntl.flock(own.turn, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(own.turn, fcntl.LOCK_UN)


def database() -> sqlite3.Connection:
    if not hasattr(own, "database"):
        file = os.environ["TWIN_DATABASE"]
        own.database = sqlite3.connect(file, timeout=30, isolation_level=None)
        own.database.execute("PRAGMA journal_mode = WAL")
        own.database.execute("PRAGMA synchronous = FULL")
        own.database.execute("PRAGMA foreign_keys = ON")
    return own.database


def digest(text: str) -> str:
    return "sha256:" + sha256(text.encode()).hexdigest()


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def author_of(inspection: str) -> tuple[str, str, AESGCM]:
    """Whose token it is, the inspection's edition and its key; kept for a second."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        abort(401)
    name = digest(token)
    known = tokens.get(name)
    if known is None or known[0] < time.monotonic():
        row = database().execute(
            "SELECT account, inspection, edition, key FROM tokens JOIN inspections "
            "USING (inspection) WHERE digest = ?",
            (name,),
        ).fetchone()
        if row is None:
            abort(401)
        known = (time.monotonic() + 1, row[1], (row[0], row[2], AESGCM(b64decode(row[3]))))
        tokens[name] = known
    if known[1] != inspection:
        abort(403)
    return known[2]


def is_sound(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("id"), str)
        and UUID_7.fullmatch(entry["id"]) is not None
        and all(
            isinstance(entry.get(name), str) and 1 <= len(entry[name].encode()) <= 200
            for name in ("event", "subject")
        )
        and type(entry.get("over")) is int
        and isinstance(entry.get("values"), dict)
        and isinstance(entry.get("sealed"), dict | None)
    )


def sealed(entry: dict, key: AESGCM) -> str | None:
    if entry.get("sealed") is None:
        return None
    nonce = os.urandom(12)
    box = key.encrypt(nonce, compact(entry["sealed"]).encode(), f"entry {entry['id']}".encode())
    return b64encode(nonce + box).decode()


def entries_sent() -> list:
    body = request.get_json()
    entries = body.get("entries") if isinstance(body, dict) else None
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_ENTRIES:
        abort(400)
    return entries


@app.post("/api/v1/inspections/<inspection>/entries")
def append(inspection: str) -> dict:
    author, edition, key = author_of(inspection)
    entries = entries_sent()
    if not all(map(is_sound, entries)):
        abort(400)
    boxes = [sealed(entry, key) for entry in entries]
    with turn():
        outcomes = record(inspection, author, edition, entries, boxes)
    return {"outcomes": outcomes}


# --- Assessors


def assessor_of(inspection: str) -> tuple[str, str, AESGCM]:
    """Who signed in and may answer here, the inspection's edition and its key."""
    secret = request.cookies.get("plumbline-session", "")
    row = database().execute(
        "SELECT account, role, edition, key FROM sessions "
        "JOIN accounts ON accounts.id = account LEFT JOIN members USING (account) "
        "LEFT JOIN inspections USING (inspection) WHERE digest = ? AND inspection = ? "
        "AND expires_at > ? AND is_disabled = 0 AND is_administrator = 0",
        (digest(f"session {secret}"), inspection, time.time_ns() // 1_000_000),
    ).fetchone()
    if row is None:
        abort(401)
    if row[1] not in ("assessor", "lead"):
        abort(403)
    token = sha256(f"form {secret}".encode()).hexdigest()
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if request.headers.get("X-Form-Token") != token or not is_ours:
        abort(403)
    return row[0], row[2], AESGCM(b64decode(row[3]))


def may_be_said(entry: object, inspection: str, author: str) -> bool:
    """Whether it is an answer to a question of the edition, on a case that was once theirs."""
    if not is_sound(entry) or entry["event"] != "answer-given" or not entry["values"]:
        return False
    found = SUBJECT.fullmatch(entry["subject"])
    if found is None or len(compact(entry.get("sealed")).encode()) > 65_536:
        return False
    if not prompts:
        prompts.update(database().execute("SELECT code, prompts FROM questions"))
    number, code = int(found[1]), found[2]
    if code not in prompts or not all(
        is_statement(name, value, prompts[code]) for name, value in entry["values"].items()
    ):
        return False
    return database().execute(
        "SELECT 1 FROM allotments WHERE inspection = ? AND number = ? AND account = ?",
        (inspection, number, author),
    ).fetchone() is not None


def is_statement(name: str, value: object, count: int) -> bool:
    if name == "answer":
        return value in ANSWERS
    if name in ("note", "reason"):
        return isinstance(value, bool)
    if name == "replaces":
        return isinstance(value, list) and all(
            isinstance(one, str) and UUID_7.fullmatch(one) for one in value)
    is_prompt = name[:1] == "p" and name[1:].isdecimal() and 1 <= int(name[1:]) <= count
    return is_prompt and value in WORDS


@app.post("/fieldwork/<inspection>/device/entries")
def save(inspection: str) -> dict:
    author, edition, key = assessor_of(inspection)
    entries = entries_sent()
    body = request.get_json()
    device, waiting = body.get("device"), body.get("waiting")
    if not isinstance(device, str) or UUID_7.fullmatch(device) is None:
        abort(400)
    if type(waiting) is not int or waiting < 0:
        abort(400)
    may = [may_be_said(entry, inspection, author) for entry in entries]
    said = [entry for entry, is_so in zip(entries, may) if is_so]
    boxes = [sealed(entry, key) for entry in said]
    contact = (inspection, device, author, time.time_ns() // 1_000_000, waiting - len(said))
    with turn():
        outcomes = iter(record(inspection, author, edition, said, boxes, contact))
    return {
        "outcomes": [
            next(outcomes) if is_so else {"id": entry.get("id"), "outcome": "refused"}
            for entry, is_so in zip(entries, may)
        ]
    }


def note_contact(contact: tuple) -> None:
    inspection, device, author, at, waiting = contact
    database().execute(
        "INSERT INTO device_contacts VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (inspection, device, author) "
        "DO UPDATE SET at = excluded.at, waiting = excluded.waiting",
        (inspection, device, author, at, max(0, waiting)),
    )


# --- The record


def record(
    inspection: str, author: str, edition: str, entries: list, boxes: list,
    contact: tuple | None = None,
) -> list[dict]:
    run = database().execute
    run("BEGIN IMMEDIATE")
    try:
        if contact:
            note_contact(contact)
        sequence, previous, last = run(
            "SELECT sequence, digest, recorded_at FROM records WHERE inspection = ?", (inspection,)
        ).fetchone()
        outcomes = []
        now = max(time.time_ns() // 1_000_000, last or 0)
        at = datetime.fromtimestamp(now / 1000, UTC).isoformat(timespec="milliseconds")
        for entry, box in zip(entries, boxes):
            known = run("SELECT sequence FROM entries WHERE id = ?", (entry["id"],)).fetchone()
            if known:
                outcomes.append({"id": entry["id"], "outcome": "repeated", "sequence": known[0]})
                continue
            if not 0 <= entry["over"] <= sequence:
                outcomes.append({"id": entry["id"], "outcome": "refused"})
                continue
            sequence += 1
            line = compact({
                "id": entry["id"],
                "inspection": inspection,
                "sequence": sequence,
                "at": at.replace("+00:00", "Z"),
                "author": author,
                "event": entry["event"],
                "subject": entry["subject"],
                "over": entry["over"],
                "edition": edition,
                "values": entry["values"],
                "sealed": box,
                "previous": previous,
            })
            previous = digest(line)
            run(
                "INSERT INTO entries (inspection, sequence, id, subject, line) "
                "VALUES (?, ?, ?, ?, ?)",
                (inspection, sequence, entry["id"], entry["subject"], line),
            )
            outcomes.append({"id": entry["id"], "outcome": "recorded", "sequence": sequence})
        run(
            "UPDATE records SET sequence = ?, digest = ?, recorded_at = ? WHERE inspection = ?",
            (sequence, previous, now if previous else None, inspection),
        )
        run("COMMIT")
    except BaseException:
        run("ROLLBACK")
        raise
    return outcomes
