"""Assessors with their sessions, devices and cases, the same on every server."""

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from servers import QUESTIONS, Request


def digest(text: str) -> str:
    return "sha256:" + sha256(text.encode()).hexdigest()


def entry_id(now: float | None = None) -> str:
    """A UUID of version 7."""
    number = int((now or time.time()) * 1000) << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 7 << 76
    number = number & ~(0b11 << 62) | 0b10 << 62
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


@dataclass
class Assessor:
    """Somebody who signed in: what their cookie holds, and the device that they use."""

    email: str
    account: str = field(default_factory=entry_id)
    secret: str = field(default_factory=lambda: "plumbs-" + secrets.token_hex(16))
    device: str = field(default_factory=entry_id)

    @property
    def session(self) -> str:
        """What is kept of the secret."""
        return digest(f"session {self.secret}")

    @property
    def form_token(self) -> str:
        return sha256(f"form {self.secret}".encode()).hexdigest()

    @property
    def cookie(self) -> str:
        return f"Cookie: plumbline-session={self.secret}\r\n"

    @property
    def headers(self) -> str:
        """What a device sends with its entries."""
        return (
            f"{self.cookie}X-Form-Token: {self.form_token}\r\n"
            "Sec-Fetch-Site: same-origin\r\n")

    @property
    def start(self) -> str:
        """The body before its entry."""
        return f'{{"device":"{self.device}","waiting":1,"entries":['

    def requests(self, cases: list[int]) -> Iterator[Request]:
        for case in cases:
            for code, prompts in QUESTIONS.items():
                yield Request(self.headers, self.start, f"answer/{case}/{code}", prompts)


def team(size: int) -> list[Assessor]:
    return [Assessor(f"capture-{number}@example.org") for number in range(1, size + 1)]


def into_twin(assessors: list[Assessor], inspection: str, cases: dict[int, list[int]]) -> str:
    """Statements that put them into the tables of a twin, each with the cases at their place."""
    until = (int(time.time()) + 12 * 3600) * 1000
    questions = ", ".join(f"('{code}', {prompts})" for code, prompts in QUESTIONS.items())
    text = f"INSERT INTO questions VALUES {questions};"
    for place, one in enumerate(assessors):
        text += (
            f"INSERT INTO accounts VALUES ('{one.account}', '{one.email}', 0, 0);"
            f"INSERT INTO sessions VALUES ('{one.session}', '{one.account}', {until});"
            f"INSERT INTO members VALUES ('{inspection}', '{one.account}', 'assessor');")
        for case in cases.get(place, []):
            text += f"INSERT INTO allotments VALUES ('{inspection}', {case}, '{one.account}');"
    return text


def into_plumbline(assessors: list[Assessor]) -> str:
    """Statements that give them accounts and sessions, as signing in does.

    Only passwords are left out, which take a third of a second each by design: everybody has that
    of the lead.
    """
    now = int(time.time()) * 1000
    return "".join(
        "INSERT INTO accounts (id, email, name, password, is_administrator, is_lead_inspector, "
        f"is_disabled) SELECT '{one.account}', '{one.email}', 'Assessor {place}', password, 0, 0, "
        "0 FROM accounts WHERE email = 'lead@example.org';" + session(one, now)
        for place, one in enumerate(assessors, start=1))


def session(one: Assessor, now: int) -> str:
    return (
        "INSERT INTO sessions (digest, account, is_complete, started_at, expires_at) "
        f"VALUES ('{one.session}', '{one.account}', 1, {now}, {now + 12 * 3600 * 1000});")
