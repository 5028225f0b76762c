"""What must be true of a record after a load: the chain holds from the first entry to the last, and
every entry that was acknowledged is there exactly once, in the place that was said.
"""

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MEMBERS = [
    "id", "inspection", "sequence", "at", "author", "event", "subject", "over", "edition",
    "values", "sealed", "previous",
]  # fmt: skip
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


class Wrong(Exception):
    """Something that must not be. Its text is what."""


@dataclass
class Answers:
    """What a server said to a load, by what it meant."""

    recorded: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    doubled: int = 0

    def read(self, file: Path) -> int:
        """Takes in a file that load.lua wrote, and gives how many entries were recorded."""
        before = len(self.recorded)
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                status, _, body = line.partition(" ")
                if status != "200":
                    self._count(f"status {status}")
                    continue
                for outcome in json.loads(body)["outcomes"]:
                    if outcome["outcome"] != "recorded":
                        self._count(outcome["outcome"])
                    elif outcome["id"] in self.recorded:
                        self.doubled += 1
                    else:
                        self.recorded[outcome["id"]] = outcome["sequence"]
        return len(self.recorded) - before

    def _count(self, what: str) -> None:
        self.others[what] = self.others.get(what, 0) + 1


@dataclass
class Row:
    """An entry as it stands in the database: its line and the columns beside it."""

    sequence: int
    id: str
    subject: str
    line: str


def verify(
    rows: Iterable[Row],
    head: tuple[int, str],
    inspection: str,
    answers: Answers,
    key: bytes | None,
) -> int:
    """Checks a record, and gives the number of its entries.

    What was sealed in acknowledged entries is opened, too, where the key is given.
    """
    require(answers.doubled == 0, f"{answers.doubled} ids were acknowledged twice as recorded")
    opened = opener(key)
    places: dict[str, int] = {}
    sequence, previous, last = 0, None, ""
    for row in rows:
        sequence += 1
        entry = json.loads(row.line)
        where = f"entry {sequence}"
        require(list(entry) == MEMBERS, f"{where} has other members")
        require(compact(entry) == row.line, f"{where} is not written as entries are")
        require(entry["sequence"] == row.sequence == sequence, f"{where} has another sequence")
        is_its_row = (entry["id"], entry["subject"]) == (row.id, row.subject)
        require(is_its_row, f"{where} is not what the columns beside it say")
        require(entry["inspection"] == inspection, f"{where} is of another inspection")
        require(entry["previous"] == previous, f"{where} does not hold the digest before it")
        require(0 <= entry["over"] < sequence, f"{where} was made over a later entry")
        require(INSTANT.fullmatch(entry["at"]) is not None, f"{where} has no time")
        require(entry["at"] >= last, f"{where} was recorded before the entry before")
        require(row.id not in places, f"{where} is there twice")
        if row.id in answers.recorded:
            require(opened(entry), f"{where} cannot be unsealed")
        places[row.id] = sequence
        last = entry["at"]
        previous = "sha256:" + sha256(row.line.encode()).hexdigest()
    require(head == (sequence, previous), "the head is not the last entry")
    lost = [id for id, place in answers.recorded.items() if places.get(id) != place]
    require(not lost, f"{len(lost)} acknowledged entries are not where they were said to be")
    return sequence


def require(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise Wrong(otherwise)


def compact(entry: dict) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def opener(key: bytes | None) -> Callable[[dict], bool]:
    """Whether an entry's sealed text is one: it opens, or where the key is unknown has the size."""
    box = AESGCM(key) if key else None

    def is_sealed(entry: dict) -> bool:
        sealed = b64decode(entry["sealed"] or "", validate=True)
        if box is None:
            return len(sealed) > 28
        try:
            box.decrypt(sealed[:12], sealed[12:], f"entry {entry['id']}".encode())
        except InvalidTag:
            return False
        return True

    return is_sealed
