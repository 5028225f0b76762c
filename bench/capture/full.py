"""A full inspection: how it stands, worked out from its first entry and by increments."""

import json
import random
import re
import statistics
import urllib.request

from assessors import Assessor, entry_id
from checks import Wrong
from pace import ANSWERS, NOTES, WORDS
from servers import QUESTIONS, Plumbline

INSPECTION = "full"
CASES = 120
TEAM = 6
AT_ONCE = 100


def fill(server: Plumbline, team: list[Assessor], held: dict[int, list[int]], count: int) -> None:
    """Answers until the record has so many entries, as devices do that were away for a while.

    Each says first everything of a question and changes a field or two later, seeing all but what
    others said meanwhile, and names what it had not sent yet.
    """
    chance = random.Random(2_026)
    head, _ = server.database.head(INSPECTION)
    begun: set[str] = set()
    while head < count:
        place = chance.randrange(len(team))
        entries: list[dict] = []
        unsent: dict[str, list[str]] = {}
        for _ in range(min(AT_ONCE, count - head)):
            code, prompts = chance.choice(list(QUESTIONS.items()))
            subject = f"answer/{chance.choice(held[place])}/{code}"
            values, note = said(chance, prompts, subject not in begun)
            begun.add(subject)
            earlier = unsent.setdefault(subject, [])
            if earlier:
                values["replaces"] = list(earlier)
            # One of a hundred was said on another device, over what was long out of date.
            over = head if chance.random() > 0.01 else max(0, head - 1_000)
            id = entry_id()
            earlier.append(id)
            entries.append({
                "id": id, "event": "answer-given", "subject": subject, "over": over,
                "values": values, "sealed": {"note": note} if note else None})
        head = max(head, send(server, team[place], entries))


def said(chance: random.Random, prompts: int, is_new: bool) -> tuple[dict, str]:
    fields = ["answer", *(f"p{number}" for number in range(1, prompts + 1)), "note"]
    if not is_new:
        # In the order of an entry.
        fields = sorted(chance.sample(fields, chance.choice([1, 1, 2])), key=fields.index)
    values: dict = {}
    note = ""
    for name in fields:
        if name == "note":
            if is_new and chance.random() < 0.6:
                continue
            note = chance.choice(NOTES)
            values[name] = True
        else:
            values[name] = chance.choice(ANSWERS if name == "answer" else WORDS)
    return values, note


def send(server: Plumbline, person: Assessor, entries: list[dict]) -> int:
    """The last sequence that was acknowledged."""
    headers = dict(line.split(": ", 1) for line in person.headers.splitlines())
    asked = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/fieldwork/{INSPECTION}/device/entries",
        json.dumps({"device": person.device, "waiting": len(entries), "entries": entries}).encode(),
        headers | {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        outcomes = json.load(answer)["outcomes"]
    if any(one["outcome"] != "recorded" for one in outcomes):
        raise Wrong(f"not everything was recorded: {outcomes[:3]}")
    return max(one["sequence"] for one in outcomes)


def times(server: Plumbline, runs: int) -> tuple[int, list[float], float]:
    """The number of entries, the milliseconds that all of them take, and one more, as a median."""
    cold, more, entries = [], [], 0
    for _ in range(runs):
        told = server.run("record", "state", INSPECTION, "--timed").stderr
        found = re.search(r"(\d+) entries in ([0-9.e-]+) seconds.* each in ([0-9.e-]+) s", told, re.S)
        if not found:
            raise Wrong(f"plumbline record state says no times: {told}")
        entries = int(found[1])
        cold.append(float(found[2]) * 1000)
        more.append(float(found[3]) * 1000)
    return entries, cold, statistics.median(more)
