"""Draws a sample from cases that are counted and hashed, for the peers.

The same rules as in Sources/Samples. The peers count, hash and filter with their library and call
`draw`, which goes through the few cases with the smallest tickets.
"""

import hashlib
import math
import statistics
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rules import RISKS, SENTENCES, SEXES

CONFIDENCE = 80
MARGIN = 5
RESERVE = 20
OFFICER_CAP = 6
REACHES = ["ldu", "cluster", "stratum"]

COMMUNITY, POST_CUSTODY = range(1, 4), range(4, 7)
STRATA = [
    "male-community-not-low",
    "male-community-low",
    "male-post-custody-not-low",
    "male-post-custody-low",
    "female",
    "other-or-not-recorded",
]
OUT = 255


def stratum(sex: int, sentence: int, rosh: int) -> int:
    """The place of a case's stratum by the codes of the case."""
    if sentence not in COMMUNITY and sentence not in POST_CUSTODY:
        return OUT
    if SEXES[sex] != "male":
        return 4 if SEXES[sex] == "female" else 5
    return 2 * (sentence in POST_CUSTODY) + (RISKS[rosh] == "low")


# By sex, sentence type and risk.
STRATUM_OF = [
    stratum(sex, sentence, rosh)
    for sex in range(len(SEXES))
    for sentence in range(len(SENTENCES))
    for rosh in range(len(RISKS))
]


class Case(NamedTuple):
    crn: str
    stratum: int
    cluster: str
    ldu: str
    officer: str
    restricted: bool


def refuse(problem: str) -> None:
    """Ends the program, since nothing is drawn from a list with a problem."""
    sys.exit(problem)


# --- Tickets


def start(seed: str) -> str:
    """What stands before a CRN when its ticket is worked out."""
    return hashlib.sha256(seed.encode()).hexdigest()


def digits(before: str, crn: str) -> str:
    """What stands behind the point of a ticket."""
    number = int(hashlib.sha256((before + crn).encode()).hexdigest(), 16)
    return str(number)[::-1].ljust(64, "0")


def shown(ticket: str) -> str:
    nines = len(ticket) - len(ticket.lstrip("9"))
    return "0." + ticket[: nines + 18]


# How the first four digits of a ticket are worked out from the last four of its number.
REVERSED = [int(f"{number:04}"[::-1]) for number in range(10_000)]


class TicketOrder:
    """Cases in the order of their tickets, asked for as far as they are needed."""

    def __init__(self, before: str, count: int, between: Callable[[int, int], list[Case]]):
        self.before = before
        self.between = between
        self.reached = 0
        # Enough for most draws; each time that more are needed, four times as many.
        self.step = min(10_000, 1 + 10_000 * 10_000 // count)
        self.known: list[tuple[str, Case]] = []

    def __iter__(self) -> Iterator[tuple[str, Case]]:
        place = 0
        while True:
            while place < len(self.known):
                yield self.known[place]
                place += 1
            if self.reached == 10_000:
                return
            end = min(10_000, self.reached + self.step)
            cases = self.between(self.reached, end)
            self.known += sorted((digits(self.before, case.crn), case) for case in cases)
            self.reached = end
            self.step *= 4


# --- Shares


def webster(size: int, populations: list[int]) -> list[int]:
    """Sainte-Laguë divisors: to equals the larger comes first, then the earlier."""
    places = [0] * len(populations)
    for _ in range(min(size, sum(populations))):
        best = None
        for one, population in enumerate(populations):
            if places[one] == population:
                continue
            if best is None:
                best = one
                continue
            mine = population * (2 * places[best] + 1)
            other = populations[best] * (2 * places[one] + 1)
            if mine > other or (mine == other and population > populations[best]):
                best = one
        places[best] += 1
    return places


def quotas(sizes: list[int], counts: dict[tuple[int, str, str], int]) -> dict[str, dict]:
    """How many places each LDU, cluster and stratum has."""
    inside: dict[tuple[int, str], dict[str, int]] = {}
    for (stratum, cluster, ldu), count in sorted(counts.items()):
        inside.setdefault((stratum, cluster), {})[ldu] = count
    left: dict[str, dict] = {reach: {} for reach in REACHES}
    for stratum, size in enumerate(sizes):
        left["stratum"][stratum] = size
        clusters = [key for key in inside if key[0] == stratum]
        shares = webster(size, [sum(inside[key].values()) for key in clusters])
        for key, share in zip(clusters, shares):
            left["cluster"][key] = share
            parts = webster(share, list(inside[key].values()))
            left["ldu"] |= {(*key, ldu): part for ldu, part in zip(inside[key], parts)}
    return left


# --- The draw


def size_for(population: int) -> int:
    z = statistics.NormalDist().inv_cdf((1 + CONFIDENCE / 100) / 2)
    endless = z * z * 0.25 / (MARGIN / 100) ** 2
    exact = endless / (1 + (endless - 1) / population)
    return max(1, min(population, math.ceil(exact - 1e-9)))


def pick(order: TicketOrder, left: dict[str, dict]) -> dict[str, str]:
    """The CRNs that are drawn, with how far their places had to go."""
    held: dict[str, int] = {}
    picks: dict[str, str] = {}
    still = sum(left["stratum"].values())
    for reach in REACHES:
        if still == 0:
            break
        for _, case in order:
            keys = {
                "ldu": (case.stratum, case.cluster, case.ldu),
                "cluster": (case.stratum, case.cluster),
                "stratum": case.stratum,
            }
            if left[reach][keys[reach]] == 0 or case.crn in picks:
                continue
            if case.officer and held.get(case.officer, 0) == OFFICER_CAP:
                continue
            held[case.officer] = held.get(case.officer, 0) + 1
            picks[case.crn] = reach
            # What comes from further away is gone there; nearer, none were left.
            for wider in REACHES[REACHES.index(reach) :]:
                left[wider][keys[wider]] -= 1
            still -= 1
            if still == 0:
                break
    return picks


def draw(
    before: str,
    counts: dict[tuple[int, str, str], int],
    between: Callable[[int, int], list[Case]],
) -> dict:
    """Draws a sample.

    `counts` has the cases in scope by stratum, cluster and LDU. `between` gives those whose tickets
    start with four digits from one number up to another, in any order.
    """
    populations = [0] * len(STRATA)
    for (stratum, _, _), count in counts.items():
        populations[stratum] += count
    in_scope = sum(populations)
    size = size_for(in_scope)
    sizes = webster(size, populations)
    with_reserve = webster(size + math.ceil(size * RESERVE / 100), populations)
    order = TicketOrder(before, in_scope, between)
    picks = pick(order, quotas(sizes, counts))

    drawn = [0] * len(STRATA)
    selected: list[tuple[str, Case]] = []
    reserves: list[list[tuple[str, Case]]] = [[] for _ in STRATA]
    for ticket, case in order:
        if case.crn in picks:
            selected.append((ticket, case))
            drawn[case.stratum] += 1
        elif len(reserves[case.stratum]) < with_reserve[case.stratum] - sizes[case.stratum]:
            reserves[case.stratum].append((ticket, case))
        if len(selected) == len(picks) and sum(map(len, reserves)) == sum(with_reserve) - size:
            break
    if len(selected) < size:
        refuse(f"{size} cases are wanted and {len(selected)} can be drawn")

    officers: dict[str, int] = {}

    def entry(ticket: str, case: Case) -> dict:
        number = officers.setdefault(case.officer, len(officers) + 1) if case.officer else None
        return {
            "case": case.crn,
            "stratum": STRATA[case.stratum],
            "ticket": shown(ticket),
            "filledFrom": picks.get(case.crn),
            "restricted": bool(case.restricted),
            "officer": number,
        }

    return {
        "inScope": in_scope,
        "size": size,
        "strata": [
            {
                "name": STRATA[one],
                "population": populations[one],
                "size": sizes[one],
                "drawn": drawn[one],
                "reserve": len(reserves[one]),
            }
            for one in range(len(STRATA))
            if populations[one] or STRATA[one] != "other-or-not-recorded"
        ],
        "selected": [entry(*one) for one in selected],
        "reserve": [entry(*one) for stratum in reserves for one in stratum],
    }
