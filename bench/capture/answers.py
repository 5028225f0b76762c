"""What is said of each question after everything that came, worked out from a record.

Written from the rule and not from Plumbline: a statement takes the place of those in its field that
its author had seen, and of those that it names; all others stay beside it.
"""

import json
from collections.abc import Iterable

from checks import Row

# Where something is said: the entry, its author, its sequence, the field, and what is said there.
Head = tuple[str, str, int, str, str]


class Place:
    """A question on a case."""

    def __init__(self) -> None:
        self.heads: list[Head] = []
        self.early: set[tuple[str, str]] = set()

    def take(self, entry: dict) -> None:
        said = dict(entry["values"])
        named = said.pop("replaces", [])
        here = {head[0] for head in self.heads}
        for name, value in said.items():
            self.heads = [
                head for head in self.heads
                if head[3] != name or (head[2] > entry["over"] and head[0] not in named)]
            # What is named and not there yet comes later, and is replaced already.
            self.early |= {(one, name) for one in named if one not in here}
            if (entry["id"], name) in self.early:
                self.early.remove((entry["id"], name))
                continue
            self.heads.append(
                (entry["id"], entry["author"], entry["sequence"], name, json.dumps(value)))


def worked_out(rows: Iterable[Row]) -> dict[str, set[Head]]:
    places: dict[str, Place] = {}
    for row in rows:
        entry = json.loads(row.line)
        if entry["event"] == "answer-given":
            places.setdefault(entry["subject"], Place()).take(entry)
    return {subject: set(place.heads) for subject, place in places.items()}


def as_stated(state: dict) -> dict[str, set[Head]]:
    """The same from what `plumbline record state` writes."""
    return {
        one["at"]: {
            (entry, author, sequence, name, json.dumps(value))
            for entry, author, sequence, said in one["is"]["heads"]
            for name, value in said.items()}
        for one in state["answers"]}


def without_sequences(places: dict[str, set[Head]]) -> dict[str, set[tuple]]:
    """As it can be compared between records that began differently."""
    return {
        subject: {(entry, author, name, value) for entry, author, _, name, value in heads}
        for subject, heads in places.items()}
