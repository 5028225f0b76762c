"""Compares ratings in every count, rating, score, deciding question and interval.

usage: compare.py RATINGS.json RATINGS.json [RATINGS.json ...]

Exit 0 all say the same of the whole and of 350 offices; 1 what differs.
"""

import json
import sys
from pathlib import Path

OFFICES = 350


def normal(rating: dict) -> dict:
    """What all three programs say of a whole or of an office."""
    return {
        "rating": rating["overall"]["rating"],
        "score": rating["overall"]["score"],
        "standards": {
            standard["code"]: {
                "rating": standard["rating"],
                "score": standard["score"],
                "deciding": standard["deciding"],
                "questions": {
                    question["code"]: (
                        question["sufficient"],
                        question["applicable"],
                        question["rating"],
                        tuple(question["interval"] or ()),
                    )
                    for question in standard["questions"]
                },
            }
            for standard in rating["results"]
        },
    }


def read(path: Path) -> dict:
    document = json.loads(path.read_text(encoding="utf-8"))
    groups = {group["name"]: normal(group) for group in document["groups"]["results"]}
    return {"whole": normal(document), "offices": groups}


def main(paths: list[Path]) -> None:
    first = read(paths[0])
    if len(first["offices"]) != OFFICES:
        sys.exit(f"{paths[0].name} has {len(first['offices'])} offices, not {OFFICES}.")
    for path in paths[1:]:
        other = read(path)
        if other["whole"] != first["whole"]:
            sys.exit(f"{path.name} and {paths[0].name} differ on the whole.")
        for office in first["offices"].keys() | other["offices"].keys():
            if other["offices"].get(office) != first["offices"].get(office):
                sys.exit(f"{path.name} and {paths[0].name} differ on office {office}.")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main([Path(path) for path in sys.argv[1:]])
