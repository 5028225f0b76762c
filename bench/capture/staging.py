"""Sets inspections up on a server of Plumbline, through its pages as a lead does."""

import http.client
import json
import secrets
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from assessors import Assessor, into_plumbline, session
from checks import Wrong
from servers import Plumbline

PROVIDER = "training-service"
EDITION = "pdu-2023"
PROFILE = "ndelius-2020"

# The same everywhere, so that everybody has the same cases on every server.
SEED = "one and the same"


class Lead:
    """Somebody who leads inspections, in a browser."""

    def __init__(self, server: Plumbline) -> None:
        self.server = server
        (row,) = server.database.select(
            "SELECT id FROM accounts WHERE email = 'lead@example.org'")
        self.person = Assessor("lead@example.org", account=row[0])

    def sign_in(self, team: list[Assessor]) -> None:
        """Gives the lead and the team their sessions. Nobody serves meanwhile."""
        now = int(time.time()) * 1000
        self.server.database.make(session(self.person, now) + into_plumbline(team))

    def post(self, path: str, file: Path | None = None, **fields: str) -> None:
        # Over the newest revision, whichever that is.
        fields |= {"token": self.person.form_token, "seen": str(10**9)}
        body, kind = multipart(file, fields) if file else (
            urlencode(fields).encode(), "application/x-www-form-urlencoded")
        name, _, value = self.person.cookie.strip().partition(": ")
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=300)
        try:
            connection.request("POST", path, body, {name: value, "Content-Type": kind})
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        if answer.status != 303:
            text = said.decode(errors="replace")
            at = max(0, text.find("govuk-error-summary"))
            raise Wrong(f"{path} was answered with {answer.status}: {text[at:at + 1500]}")

    def set_up(self, name: str, team: list[Assessor], cases: int) -> dict[int, list[int]]:
        """An inspection with so many cases, which are allotted evenly.

        Gives the numbers of the cases of each, by their place in the team.
        """
        list_of_cases = self.server.folder / f"{name}.xlsx"
        self.server.run(
            "caseload", "make", "--cases", str(cases * 8), "--seed", "7", "--profile", PROFILE,
            "--format", "xlsx", "--out", str(list_of_cases), on_store=False)
        until = date.today() + timedelta(days=730)
        path = f"/fieldwork/{name}"
        self.post(
            "/fieldwork/new", title=f"The inspection {name}", id=name, provider=PROVIDER,
            edition=EDITION, **{
                "retention-day": str(until.day), "retention-month": str(until.month),
                "retention-year": str(until.year)})
        self.post(f"{path}/return", file=list_of_cases, profile=PROFILE)
        self.post(f"{path}/frame", frame=self.values(name, "return-received")["frame"])
        self.post(
            f"{path}/sample", seed=SEED, kind="main", method="webster/1",
            size=str(cases), refused="yes", shortfall="As many as there are")
        for one in team:
            self.post(f"{path}/team", email=one.email, role="assessor", cleared="yes")
        self.post(f"{path}/allotment/evenly")
        places = {one.account: place for place, one in enumerate(team)}
        held: dict[int, list[int]] = {}
        for number, account in self.allotted(name):
            if account in places:
                held.setdefault(places[account], []).append(number)
        if len(held) != len(team):
            raise Wrong(f"{len(held)} of {len(team)} assessors have a case")
        return held

    def values(self, inspection: str, event: str) -> dict:
        """What the last entry of an event says."""
        found = None
        for row in self.server.database.rows(inspection):
            entry = json.loads(row.line)
            if entry["event"] == event:
                found = entry["values"]
        if found is None:
            raise Wrong(f"{inspection} has no entry {event}")
        return found

    def allotted(self, inspection: str) -> list[tuple[int, str]]:
        """The numbers of the cases, each with the account of its assessor."""
        state = json.loads(self.server.tool("record", "state", inspection))
        return [(one["case"], one["assessor"]) for one in state["holders"]["now"]["cases"]]


def multipart(file: Path, fields: dict[str, str]) -> tuple[bytes, str]:
    mark = secrets.token_hex(16)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()]
    parts.append(
        f'--{mark}\r\nContent-Disposition: form-data; name="list"; filename="{file.name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode() + file.read_bytes()
        + f"\r\n--{mark}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={mark}"
