"""Compares what the programs say of one list: what became of its rows, its people and the draw.

usage: compare.py CHECK.json SAMPLE.json RESULT.json [RESULT.json ...]

CHECK.json and SAMPLE.json are what `plumbline caseload check --json` and `plumbline sample draw`
wrote; the others are from the peers. Exit 0 all say the same; 1 what differs.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

ISSUES = ["missing", "unknown", "impossible"]


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def issues(fields: dict) -> dict:
    """The counts of a data-quality profile but of duplicates, which the draw does not need."""
    return {
        f"{field} {issue}": counts[issue]
        for field, counts in fields.items()
        for issue in ISSUES
        if counts[issue]
    }


def findings(check: dict) -> dict:
    return Counter(f"{one['field']} {one['kind']} {one['outcome']}" for one in check["findings"])


def ours(check: dict, sample: dict) -> dict:
    """What Plumbline says, in the form of the peers."""
    same = [one for one in sample["excluded"] if one["reason"].startswith("same person as")]
    not_sampled = Counter(
        match[1]
        for one in sample["excluded"]
        if (match := re.fullmatch(r"(.*) is not sampled for main", one["reason"]))
    )
    if check["frame"]["sha256"] != sample["frame"]["sha256"]:
        sys.exit("The check and the draw found different frames.")
    return {
        **{name: check[name] for name in ("read", "accepted", "changed", "refused")},
        "findings": findings(check),
        "quality": {
            "fields": issues(check["quality"]["fields"]),
            "ldus": {
                f"{place['cluster']} / {place['ldu']}": {
                    "rows": place["rows"],
                    **issues(place["fields"]),
                }
                for place in check["quality"]["ldus"]
            },
        },
        "frame": sample["frame"]["sha256"],
        "people": len({one["reason"].partition(" (")[0] for one in same}),
        "leftOut": sorted(one["case"] for one in same),
        "notSampled": not_sampled,
        "inScope": sample["frame"]["inScope"],
        "size": sample["wanted"]["size"],
        "strata": [
            {name: one[name] for name in ("name", "population", "size", "drawn", "reserve")}
            for one in sample["strata"]
        ],
        "selected": [entry(one) for one in sample["selected"]],
        "reserve": [entry(one) for one in sample["reserve"]],
    }


def entry(one: dict) -> dict:
    names = ("case", "stratum", "ticket", "restricted", "officer")
    return {**{name: one[name] for name in names}, "filledFrom": one.get("filledFrom")}


def differences(one: object, other: object, place: str = "") -> list[str]:
    """Where two values differ, down to the smallest parts."""
    if isinstance(one, dict) and isinstance(other, dict):
        names = sorted(one.keys() | other.keys())
        return [
            line
            for name in names
            for line in differences(one.get(name), other.get(name), f"{place}.{name}")
        ]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            line
            for number, (mine, theirs) in enumerate(zip(one, other))
            for line in differences(mine, theirs, f"{place}[{number}]")
        ]
    return [] if one == other else [f"{place[1:]}: {str(one)[:80]} and {str(other)[:80]}"]


def main(check: Path, sample: Path, peers: list[Path]) -> None:
    first = ours(read(check), read(sample))
    for path in peers:
        found = differences(first, read(path))
        if found:
            sys.exit(
                f"Plumbline and {path.stem} differ in {len(found)} places:\n"
                + "\n".join(found[:20])
            )


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    check, sample, *peers = map(Path, sys.argv[1:])
    main(check, sample, peers)
