"""The made-up national exercise: its questions, its rules and its ratings, for the peers.

The same numbers as in bench/national.yaml. The peers count with their library and call
`write` for the ratings, so that they differ only in how they read and count.
"""

import json
import math
import sys

STANDARDS = [f"1.{standard}" for standard in range(1, 11)]
QUESTIONS = [f"{standard}.{question}" for standard in STANDARDS for question in range(1, 5)]
ANSWERS = ["sufficient", "insufficient", "not-applicable"]
COLUMNS = ["case", "question", "answer", "office"]

RATINGS = ["inadequate", "requires-improvement", "good", "outstanding"]
SHARE_BANDS = [0, 50, 65, 80]
SCORE_BANDS = [0, 6, 16, 26]
Z = 1.959963984540054


def refuse(problem: str) -> None:
    """Ends the program, since a file with a problem is not rated."""
    sys.exit(problem)


def interval(part: int, whole: int) -> list[float]:
    """Wilson's score interval at 95 %, to four decimals."""
    share = part / whole
    z2 = Z * Z
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z / (1 + z2 / whole) * math.sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole))
    lower = 0.0 if part == 0 else max(0.0, middle - half)
    upper = 1.0 if part == whole else min(1.0, middle + half)
    return [math.floor(lower * 10_000 + 0.5) / 10_000, math.floor(upper * 10_000 + 0.5) / 10_000]


def band(value: int, bands: list[int]) -> int:
    return sum(value >= start for start in bands) - 1


def rate(counts: list[tuple[int, int]]) -> dict:
    """The ratings that (sufficient, applicable) of each question come to."""
    results = []
    total = 0
    known = 0
    for place, standard in enumerate(STANDARDS):
        questions = []
        lowest = None
        for question in range(place * 4, place * 4 + 4):
            part, whole = counts[question]
            result = {
                "code": QUESTIONS[question],
                "sufficient": part,
                "applicable": whole,
                "rating": None,
                "interval": None,
            }
            if whole:
                # part / whole >= band / 100 in whole numbers: a share is never rounded first.
                reached = sum(part * 100 >= start * whole for start in SHARE_BANDS) - 1
                result["rating"] = RATINGS[reached]
                result["interval"] = interval(part, whole)
                if lowest is None or part * lowest[1] < lowest[0] * whole:
                    lowest = (part, whole, reached, QUESTIONS[question])
            questions.append(result)
        if lowest:
            known += 1
            total += lowest[2]
        results.append(
            {
                "code": standard,
                "rating": RATINGS[lowest[2]] if lowest else None,
                "score": lowest[2] if lowest else None,
                "deciding": lowest[3] if lowest else None,
                "questions": questions,
            }
        )
    is_known = known == len(STANDARDS)
    return {
        "overall": {
            "rating": RATINGS[band(total, SCORE_BANDS)] if is_known else None,
            "score": total if is_known else None,
        },
        "results": results,
    }


def write(counted, path: str) -> None:
    """Rates the whole and each office, and writes JSON.

    `counted` gives rows of office, place of the question, sufficient and applicable.
    """
    offices: dict[str, list[tuple[int, int]]] = {}
    whole = [(0, 0)] * len(QUESTIONS)
    for office, question, part, applicable in counted:
        counts = offices.get(office)
        if counts is None:
            counts = offices[office] = [(0, 0)] * len(QUESTIONS)
        counts[question] = (part, applicable)
        whole[question] = (whole[question][0] + part, whole[question][1] + applicable)
    document = rate(whole)
    document["groups"] = {
        "by": "office",
        "results": [{"name": name, **rate(counts)} for name, counts in sorted(offices.items())],
    }
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(document, separators=(",", ":")))
