"""What the peers say of a list, in one document."""

import hashlib
import json
from collections import Counter

from odd import OddRows
from rules import COUNTED, SORTED


def frame(digests) -> str:
    """The digest of a list from the sorted digests of its rows, in pieces of any size."""
    sha256 = hashlib.sha256((",".join(SORTED) + "\n").encode())
    for piece in digests:
        sha256.update(piece)
    return sha256.hexdigest()


def checked(usual: int, odd: OddRows, places, blanks) -> dict:
    """What became of the rows and how well the list is kept.

    `places` has cluster, LDU and number of the usual rows, and `blanks` how many of them lack each
    counted field.
    """
    rows = odd.places.copy()
    quality = odd.quality.copy()
    for (cluster, ldu, count), missing in zip(places, blanks):
        rows[cluster, ldu] += count
        for field, number in zip(COUNTED, missing):
            if number:
                quality[cluster, ldu, field, "missing"] += number
    fields: Counter[str] = Counter()
    ldus: dict[str, dict] = {" / ".join(place): {"rows": count} for place, count in rows.items()}
    for (cluster, ldu, field, issue), count in quality.items():
        fields[f"{field} {issue}"] += count
        ldus[f"{cluster} / {ldu}"][f"{field} {issue}"] = count
    return {
        "read": usual + odd.read,
        "accepted": usual + odd.outcomes["accepted"],
        "changed": odd.outcomes["changed"],
        "refused": odd.outcomes["refused"],
        "findings": {" ".join(finding): count for finding, count in odd.findings.items()},
        "quality": {"fields": dict(fields), "ldus": ldus},
    }


def write(document: dict, path: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(document, separators=(",", ":")))
