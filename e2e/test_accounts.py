"""Accounts, made and looked at with the tool."""

import re
import subprocess

import pytest

from program import PROGRAM

PASSWORD = "three random words"


def account(folder, *arguments, typed=""):
    """What the tool said, and its exit status."""
    done = subprocess.run(
        [PROGRAM, "account", *map(str, arguments)], cwd=folder, input=typed, text=True,
        capture_output=True)
    return done.stdout + done.stderr, done.returncode


def create(folder, email, password=PASSWORD, *more):
    return account(
        folder, "create", email, "--name", "The lead inspector", "--password-file", "-", *more,
        typed=password + "\n")


def test_accounts_are_made_listed_and_disabled(tmp_path):
    said, status = create(tmp_path, "Lead@Example.org")
    assert status == 0 and re.match(r"lead@example\.org has an account: [0-9a-f-]{36}\.\n", said)
    assert create(tmp_path, "admin@example.org", PASSWORD, "--administrator")[1] == 0
    said, _ = account(tmp_path, "list")
    assert [line.split()[0] for line in said.splitlines()] == [
        "admin@example.org", "lead@example.org"]
    assert " administrator " in said.splitlines()[0]

    assert account(tmp_path, "disable", "lead@example.org") == (
        "lead@example.org cannot sign in any more.\n", 0)
    assert " disabled " in account(tmp_path, "list")[0].splitlines()[1]
    assert account(tmp_path, "enable", "lead@example.org")[1] == 0
    assert "disabled" not in account(tmp_path, "list")[0]

    for file in (tmp_path / "plumbline-data").iterdir():
        assert PASSWORD.encode() not in file.read_bytes()


@pytest.mark.parametrize("email, password, what", [
    ("lead", PASSWORD, "is no e-mail address"),
    ("lead@example.org", "short", "fewer than 12 characters"),
    ("lead@example.org", "aaaaaaaaaaaaaaaa", "fewer than five different characters"),
    ("inspector@example.org", "the lead inspector", "holds the e-mail address"),
    ("lead@example.org", "a b c d e " * 101, "more than 1000 bytes"),
])
def test_a_password_that_is_too_easy_is_refused(tmp_path, email, password, what):
    said, status = create(tmp_path, email, password)
    assert (status, what in said) == (1, True), said


def test_everything_that_is_wrong_is_said_at_once(tmp_path):
    said, status = account(
        tmp_path, "create", "lead", "--name", "", "--password-file", "-", typed="short\n")
    assert status == 1
    assert [line.split(":")[0] for line in said.splitlines()] == ["lead", "--name", "password"]
    assert not (tmp_path / "plumbline-data").exists()


def test_a_demo_tells_the_password_of_the_accounts_that_it_made_alone(tmp_path):
    assert create(tmp_path, "assessor-1@example.org")[1] == 0
    done = subprocess.run([PROGRAM, "demo"], cwd=tmp_path, text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
    made, known = done.stdout.split("\nThese were there before, and keep their passwords:\n")
    assert "shown only now: " in made and made.count("@example.org") == 11
    assert [line.split()[0] for line in known.splitlines()] == ["assessor-1@example.org"]


def test_an_address_has_one_account(tmp_path):
    assert create(tmp_path, "lead@example.org")[1] == 0
    said, status = create(tmp_path, "LEAD@example.org", "other random words")
    assert status == 1 and "has an account already" in said
    said, status = account(tmp_path, "disable", "nobody@example.org")
    assert status == 1 and "has no account" in said


def test_a_password_is_not_taken_from_the_command_line(tmp_path):
    said, status = account(tmp_path, "create", "lead@example.org", "--name", "x")
    assert status == 2 and "--password-file" in said
