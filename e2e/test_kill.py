"""Every entry that was acknowledged is there once, whatever is killed and when.

Many more rounds: `./task soak`.
"""

import json
import secrets

import pytest

import kills

pytestmark = pytest.mark.slow

START = secrets.randbelow(1_000_000)

# How many rounds of each kind.
ROUNDS = {"SQLite": 5, "PostgreSQL": 4, "database": 3}


@pytest.fixture(scope="module")
def places():
    places = kills.Places()
    yield places
    places.close()


@pytest.mark.parametrize(
    "kind, number", [(kind, number) for kind, count in ROUNDS.items() for number in range(count)])
def test_what_was_acknowledged_is_there_once(places, kind, number):
    count = len(kills.KINDS)
    seed = START - START % count + number * count + list(kills.KINDS).index(kind)
    print(f"./task soak --rounds 1 --seed {seed}")
    said, acknowledged = places.round(seed)
    print(said)
    assert acknowledged > 0


# --- The check fails when it should


@pytest.fixture
def ledger():
    """Somebody who sent four entries, of which the last was not answered."""
    ledger = kills.Ledger(before=["before"])
    sent = [ledger.make(case, "sufficient") for case in (3, 5, 5, 8)]
    outcomes = [
        {"id": entry["id"], "outcome": "recorded", "sequence": sequence}
        for sequence, entry in enumerate(sent[:3], 2)]
    ledger.note(sent[:3], {"outcomes": outcomes})
    return ledger


def exported(ledger, change=lambda entries: None):
    entries = [{"id": "before"}] + [
        {**entry, "sealed": "c2VhbGVk"} for entry in ledger.sent.values()]
    for sequence, entry in enumerate(entries, 1):
        entry["sequence"] = sequence
    change(entries)
    lines = [{"format": "plumbline-record/1", "entries": len(entries)}, *entries]
    return "".join(json.dumps(line) + "\n" for line in lines)


def test_a_record_that_is_right_is_found_right_with_and_without_what_was_not_answered(ledger):
    assert kills.faults(exported(ledger), ledger) == []
    assert kills.faults(exported(ledger, lambda entries: entries.pop()), ledger) == []


@pytest.mark.parametrize("change, what", [
    (lambda entries: entries.pop(2), "was acknowledged at 3 and is at []"),
    (lambda entries: entries.append(entries[2]), "was acknowledged at 3 and is at [3, 3]"),
    (lambda entries: entries.append(entries[4]), "is there 2 times"),
    (lambda entries: entries[1].update(sequence=3), "was acknowledged at 2 and is at [3]"),
    (lambda entries: entries[1].update(subject="answer/4/2.1.1"), "does not say what was sent"),
    (lambda entries: entries[1].update(sealed=None), "has lost what was sealed"),
    (lambda entries: entries.append({"id": "other", "sequence": 6}), "other is there and was not"),
    (lambda entries: entries.pop(0), "before was there before and is gone"),
])
def test_a_record_that_is_wrong_is_found_wrong(ledger, change, what):
    found = kills.faults(exported(ledger, change), ledger)
    assert any(what in fault for fault in found), found


def test_an_export_whose_end_is_missing_is_found_wrong(ledger):
    cut = "".join(exported(ledger).splitlines(keepends=True)[:-1])
    assert kills.faults(cut, ledger) == ["the first line names 5 entries, and 4 follow"]


@pytest.mark.parametrize("changed", [
    {"outcome": "refused"}, {"sequence": 9}, {"id": "another"},
])
def test_an_answer_that_cannot_be_is_found(ledger, changed):
    id, sequence = next(iter(ledger.acknowledged.items()))
    outcome = {"id": id, "outcome": "repeated", "sequence": sequence, **changed}
    with pytest.raises(kills.Fault):
        ledger.note([ledger.sent[id]], {"outcomes": [outcome]})
