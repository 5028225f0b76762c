"""Reads rows that are not written in the usual way, one by one, for the peers.

The peers read what is usual inside their engines: no spaces around a value, CRNs in capitals, days
as in 2020-05-04, the first spelling of each code, likely ages. Every other row, about one in three
hundred, is read here by the same rules as in Sources/Caseloads/Reading/RowReader.swift.
"""

import hashlib
import re
from collections import Counter
from typing import NamedTuple

import rules
from rules import CODES, COLUMNS, COUNTED, SORTED, UNKNOWN


class Accepted(NamedTuple):
    """A row that was accepted, with what its keys come down to; nothing where it has none."""

    crn: str
    pnc: str
    name: str
    born: int
    sex: int
    ethnicity: str
    sentence: int
    started: int
    rosh: int
    cluster: str
    ldu: str
    officer: str
    restricted: bool


def quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if set(value) & set(',"\n') else value


def digest(row: dict[str, str]) -> bytes:
    canonical = ",".join(quoted(row[column]) for column in SORTED)
    return hashlib.sha256(canonical.encode()).digest()


class OddRows:
    def __init__(self) -> None:
        self.read = 0
        self.outcomes: Counter[str] = Counter()
        self.findings: Counter[tuple[str, str, str]] = Counter()
        self.quality: Counter[tuple[str, str, str, str]] = Counter()
        self.places: Counter[tuple[str, str]] = Counter()
        self.digests: list[bytes] = []
        self.accepted: list[Accepted] = []

    def add(self, values: tuple[str, ...]) -> None:
        raw = dict(zip(COLUMNS, values))
        row = {column: value.strip(" \t") for column, value in raw.items()}
        if not raw["crn"] and not any(row.values()):
            return
        self.read += 1
        self.digests.append(digest(raw))
        place = (row["cluster"], row["ldu"])
        self.places[place] += 1
        for field in COUNTED:
            if row[field] in rules.nothing(field):
                self.quality[*place, field, "missing"] += 1

        outcomes = set()

        def note(field: str, kind: str, issue: str | None, outcome: str = "changed") -> None:
            outcomes.add(outcome)
            self.findings[field, kind, outcome] += 1
            if issue:
                self.quality[*place, field, issue] += 1

        crn = row["crn"]
        if re.fullmatch("[a-z][0-9]{6}", crn):
            note("crn", "lower-case", None)
        elif not crn:
            note("crn", "missing", None, "refused")
        elif not re.fullmatch("[A-Z][0-9]{6}", crn):
            note("crn", "malformed", "unknown", "refused")

        started, born, ended = (
            rules.day(row[field]) for field in ("started_on", "date_of_birth", "ended_on")
        )
        if not row["started_on"]:
            note("started_on", "missing", None, "refused")
        elif started is None:
            note("started_on", "not-a-date", "impossible", "refused")
        if row["date_of_birth"] and born is None:
            note("date_of_birth", "not-a-date", "impossible")
        if row["ended_on"].lower() not in ("", "n") and ended is None:
            note("ended_on", "not-a-date", "impossible")
        if started is not None and born is not None and (fault := rules.age_fault(born, started)):
            note("date_of_birth", fault, "impossible")
            born = None
        if started is not None and ended is not None and ended < started:
            note("ended_on", "ended-before-the-start", "impossible")

        codes = {field: rules.code(field, row[field]) for field in CODES}
        for field, code in codes.items():
            outcome = "refused" if field == "sentence_type" else "changed"
            if code == UNKNOWN:
                note(field, "unknown", "unknown", outcome)
                codes[field] = 0
            elif code == 0 and outcome == "refused":
                note(field, "missing", None, outcome)
            elif code == 0 and row[field] and field in COUNTED:
                self.quality[*place, field, "missing"] += 1

        outcome = "refused" if "refused" in outcomes else "changed" if outcomes else "accepted"
        self.outcomes[outcome] += 1
        if outcome == "refused":
            return
        family, first = row["family_name"], row["first_names"]
        is_hidden = "*" in family + first
        is_known = family and first and born is not None and not is_hidden
        self.accepted.append(
            Accepted(
                crn=crn.upper(),
                pnc=rules.pnc(row["pnc"]) if row["pnc"] else "",
                name=rules.name(family) + "\0" + rules.name(first) if is_known else "",
                born=born if is_known else 0,
                sex=codes["sex"],
                ethnicity=row["ethnicity"],
                sentence=codes["sentence_type"],
                started=started,
                rosh=codes["rosh"],
                cluster=row["cluster"],
                ldu=row["ldu"],
                officer=row["officer"],
                restricted=is_hidden or codes["restricted"] == 1,
            )
        )
