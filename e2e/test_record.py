"""The record of an inspection, checked by the tool and by the program in the how-to."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from program import PROGRAM

HOW_TO = Path(__file__).resolve().parent.parent / "docs/how-to/keep-a-record.md"


def create(name, provider="west-kent-pdu", standards="pdu-2021"):
    """The command that sets an inspection up."""
    return ["inspection", "create", name, "--title", f"Title {name}", "--provider", provider,
            "--standards", standards]


def tool(folder, *arguments):
    """What the tool said, and its exit status."""
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)], cwd=folder, capture_output=True, text=True)
    return done.stdout + done.stderr, done.returncode


@pytest.fixture
def folder(tmp_path):
    """A folder with the records of two inspections, one of which has a retention date."""
    for name, more in (("one", ["--retain-until", "2026-01-01"]), ("other", [])):
        said, status = tool(tmp_path, *create(name), *more)
        assert status == 0, said
    return tmp_path


def listing():
    return re.search(r"```python\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.S).group(1)


def check(export):
    done = subprocess.run(
        [sys.executable, "-c", listing(), str(export)], capture_output=True, text=True)
    return done.stdout, done.returncode


def test_the_program_in_the_how_to_says_what_the_tool_says(folder):
    for _ in range(3):
        tool(folder, "inspection", "retain", "one", "--until", "2031-03-31")
    export = folder / "one.jsonl"
    assert tool(folder, "record", "export", "one", "--out", export)[1] == 0

    assert check(export) == ("5 entries are right\n", 0)
    said, status = tool(folder, "record", "verify", "--file", export)
    assert status == 0 and "one: 5 entries are right" in said

    lines = export.read_text(encoding="utf-8").splitlines(keepends=True)
    for number in range(len(lines)):
        changed = lines.copy()
        changed[number] = changed[number].replace("2031-03-31", "2032-03-31").replace("one", "own")
        export.write_text("".join(changed), encoding="utf-8")
        assert tool(folder, "record", "verify", "--file", export)[1] == 1, number
        del changed[number]
        export.write_text("".join(changed), encoding="utf-8")
        assert tool(folder, "record", "verify", "--file", export)[1] == 1, number
        assert check(export)[1] != 0, number


def test_no_title_and_no_key_is_in_the_database_or_in_what_is_said(folder):
    key = (folder / "plumbline-data/master.key").read_text().strip()
    assert (folder / "plumbline-data/master.key").stat().st_mode & 0o077 == 0
    for file in (folder / "plumbline-data").glob("plumbline.sqlite*"):
        assert file.stat().st_mode & 0o077 == 0, file
        assert b"Title" not in file.read_bytes()
        assert key.encode() not in file.read_bytes()
    for command in (["inspection", "list"], ["record", "verify"], ["record", "export", "one"]):
        said, status = tool(folder, *command)
        assert status == 0
        assert "Title" not in said and key not in said


def test_the_list_warns_of_what_is_kept_too_long(folder):
    said, _ = tool(folder, "inspection", "list")
    assert re.search(r"^one .*WARNING: to be erased since 1 January 2026$", said, re.M)
    assert re.search(r"^other .*no retention date$", said, re.M)

    said, status = tool(folder, "inspection", "erase", "one", "--confirm", "other")
    assert status == 2
    assert tool(folder, "inspection", "erase", "one", "--confirm", "one")[1] == 0
    said, _ = tool(folder, "inspection", "list")
    assert re.search(r"^one .*what is personal was erased$", said, re.M)
    assert tool(folder, "record", "verify")[1] == 0


def test_a_backup_is_restored_into_an_empty_folder_and_verified(folder):
    assert tool(folder, "backup", "copy.sqlite")[1] == 0
    assert tool(folder, "restore", "copy.sqlite", "--data", "elsewhere")[1] == 0
    first, status = tool(folder, "record", "verify", "--data", "elsewhere")
    assert status == 0
    assert first == tool(folder, "record", "verify")[0]
    said, status = tool(folder, "restore", "copy.sqlite", "--data", "elsewhere")
    assert status == 1 and "holds something already" in said


def test_a_digest_that_was_noted_is_looked_for(folder):
    export = tool(folder, "record", "export", "one")[0]
    noted = json.loads(export.splitlines()[0])["head"]
    tool(folder, "inspection", "retain", "one", "--until", "2031-03-31")
    command = ["record", "verify", "--inspection", "one", "--head"]
    assert tool(folder, *command, noted)[1] == 0
    said, status = tool(folder, *command, "sha256:" + "0" * 64)
    assert status == 1 and "none has the digest that was noted" in said
    assert tool(folder, "record", "verify", "--head", noted)[1] == 2


@pytest.mark.parametrize("command, status, what", [
    (["record", "verify", "--inspection", "none"], 1, "there is no record of it"),
    (["record", "export", "none"], 1, "there is no record of it"),
    (["record", "verify", "--file", "plumbline-data/master.key"], 1, "is no exported record"),
    (["record", "verify", "--data", "nowhere"], 1, "cannot be opened as a database"),
    (["inspection", "retain", "none", "--until", "2031-01-01"], 1, "no inspection of that name"),
    (create("one"), 1, "there is an inspection of that name, or was one"),
    (create("x", standards="pdu-2022"), 1, "pdu-2022"),
    (create("x", provider="a"), 1, "there is no provider of that name in the register"),
    (create("X y"), 2, "X y"),
    (["inspection", "list", "--database", "mysql://u:secret@h/d"], 1,
     "is not the address of a PostgreSQL server"),
    (["inspection", "list", "--database", "postgres://u:secret@127.0.0.1:1/d"], 1,
     "cannot be reached"),
])
def test_a_refusal_says_what_is_wrong(folder, command, status, what):
    said, found = tool(folder, *command)
    assert (found, what in said) == (status, True), said
    assert "secret" not in said


def test_a_wrong_master_key_is_refused_without_showing_it(folder, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_MASTER_KEY", "c2VjcmV0")
    said, status = tool(folder, *create("third"))
    assert status == 1 and "PLUMBLINE_MASTER_KEY: is no master key" in said
    assert "c2VjcmV0" not in said
