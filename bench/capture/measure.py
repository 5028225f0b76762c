"""Saves answers over HTTP as assessors’ devices do, checks what was recorded and times it.

usage: measure.py [--only plumbline|twins] [--rounds N] [--seconds N] [--minute SECONDS]
                  [--assessors N] [--entries N] [--program PLUMBLINE] [--assets FOLDER]

300 assessors with sessions and cases of their own, in one inspection. First the same saves go to
Plumbline on both stores and to the Flask and Node twins, and every answer must be the same. Then
they work at their pace for a minute on Plumbline: an answer every two seconds, and a case opened
every five minutes. Then as many saves as it takes, on all servers in turn. Then every record is
checked from its first entry to its last against every acknowledgement, and what is said in the end
against the record. Then a full inspection is worked out. Only then is anything printed, as Markdown.

Everything stays on the loopback address, in a folder that is thrown away, and every server that is
started is stopped.
"""

import argparse
import json
import os
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "writing"))
import agreement
import full
import measuring
from answers import as_stated, worked_out
from assessors import into_twin, team
from checks import Wrong, require
from pace import Desk, Pace, Times
from servers import WRITERS, Plumbline, Request, Server, Twin, Work
from staging import Lead

CASES_EACH = 2
RUNS = 7

# In milliseconds: what is promised, and how late the generator itself may be.
MOST = 100
MOST_LATE = 10


class Capturing(Work):
    """300 assessors of one inspection save answers from their devices."""

    inspection = "capture"
    path = "/fieldwork/capture/device/entries"

    def __init__(self, assessors: int, entries: int) -> None:
        self.team = team(assessors)
        self.entries = entries
        # Until Plumbline allots them.
        self.held = {
            place: [place * CASES_EACH + 1, place * CASES_EACH + 2] for place in range(assessors)}
        self.is_allotted = False

    def plan(self, server: Plumbline) -> None:
        lead = Lead(server)
        lead.sign_in(self.team)
        server.start()
        try:
            held = lead.set_up(self.inspection, self.team, len(self.team) * CASES_EACH)
            if self.is_allotted and held != self.held:
                raise Wrong("the cases are allotted in another way than on the other store")
            self.held, self.is_allotted = held, True
            few = self.team[:full.TEAM]
            full.fill(server, few, lead.set_up(full.INSPECTION, few, full.CASES), self.entries)
        finally:
            server.stop()
        measuring.note(f"{server.name} is set up")

    def fill(self, server: Twin) -> str:
        return into_twin(self.team, self.inspection, self.held)

    def requests(self, server: Server) -> Iterator[Request]:
        for place, one in enumerate(self.team):
            yield from one.requests(self.held[place])


# --- At their pace


@dataclass
class Minute:
    """What a minute of work came to."""

    server: Plumbline
    saves: Times
    openings: Times
    late: Times
    generator: float
    served: float


def work_for(server: Plumbline, work: Capturing, seconds: int) -> Minute:
    server.database.settle()
    server.start()
    try:
        paced(server, work, 3)
        before = processor(server)
        pace = paced(server, work, seconds)
        served = processor(server) - before
        server.settled_head()
    finally:
        server.stop()
    return Minute(
        server, times(pace, "save"), times(pace, "opening"),
        Times([one.sent - one.planned for one in pace.done]), pace.processor / seconds,
        served / seconds)


def paced(server: Plumbline, work: Capturing, seconds: int) -> Pace:
    """Work that was answered as it should be; what was acknowledged is noted for the check."""
    head = server.settled_head()
    path = work.path.removesuffix("/device/entries")
    pace = Pace(
        [Desk(one, work.held[place], server.port, path) for place, one in enumerate(work.team)],
        seconds, head)
    pace.run()
    for asked in pace.done:
        if asked.status != 200:
            raise Wrong(f"{asked.kind} was answered with {asked.status}: {asked.body[:300]}")
        if asked.kind == "opening":
            require(b"<form" in asked.body, "a page has no form")
            continue
        (outcome,) = json.loads(asked.body)["outcomes"]
        require(outcome["outcome"] == "recorded", f"a save came to {outcome}")
        require(outcome["id"] in pace.sent, "an entry was recorded that nobody sent")
        server.answers.doubled += outcome["id"] in server.answers.recorded
        server.answers.recorded[outcome["id"]] = outcome["sequence"]
    return pace


def times(pace: Pace, kind: str) -> Times:
    return Times([one.answered - one.planned for one in pace.done if one.kind == kind])


def processor(server: Plumbline) -> float:
    """The seconds of processor time that a server has used."""
    fields = Path(f"/proc/{server.child.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def minutes_table(minutes: list[Minute], options: argparse.Namespace) -> None:
    print(
        f"{options.assessors} assessors for {options.minute} seconds, each saving an answer every 2 seconds and "
        "opening a case every 5 minutes; times from the planned instant on.\n")
    measuring.table(
        [
            "", "saves", "p50 ms", "p99 ms", "worst ms", "openings", "p50 ms", "p99 ms", "worst ms",
            "sent late, p99 ms", "generator, cores", "server, cores",
        ],
        [
            [
                one.server.name, f"{len(one.saves.sorted):,}",
                *(f"{one.saves.share(percent):.1f}" for percent in (50, 99, 100)),
                f"{len(one.openings.sorted):,}",
                *(f"{one.openings.share(percent):.1f}" for percent in (50, 99, 100)),
                f"{one.late.share(99):.1f}", f"{one.generator:.2f}", f"{one.served:.2f}",
            ]
            for one in minutes
        ])  # fmt: skip
    for one in minutes:
        slower = max(one.saves.share(99), one.openings.share(99))
        word = "held" if slower < MOST else "NOT HELD"
        print(f"- {one.server.name}: p99 under {MOST} ms is {word}.")
        if one.late.share(99) > MOST_LATE:
            print(
                f"  Requests themselves were sent {one.late.share(99):.0f} ms late (p99): something "
                "else kept this machine busy.")
    print()


# --- In the end


def check_answers(server: Server) -> str:
    """Whether the state of a record has every answer, by another reading of the record."""
    inspection = server.work.inspection
    there = worked_out(server.database.rows(inspection))
    if isinstance(server, Plumbline):
        stated = as_stated(json.loads(server.tool("record", "state", inspection)))
        require(stated == there, "`plumbline record state` says something else than the record")
    heads = sum(map(len, there.values()))
    return f"{server.check()} {len(there):,} questions have an answer, {heads:,} fields in all."


def full_table(servers: list[Server]) -> None:
    rows = []
    for server in servers:
        if not isinstance(server, Plumbline):
            continue
        entries, cold, more = full.times(server, RUNS)
        rows.append([
            server.name, f"{entries:,}", f"{statistics.median(cold):.0f}", f"{min(cold):.0f}",
            f"{max(cold):.0f}", f"{more:.3f}"])
    if rows:
        measuring.table(
            ["a full inspection", "entries", "from the first, median ms", "least", "most",
             "one more entry, ms"], rows)


def measure(folder: Path, options: argparse.Namespace, postgresql: str) -> None:
    delay = measuring.require_disk(folder)
    work = Capturing(options.assessors, options.entries)
    servers = measuring.servers(work, folder, postgresql, options.only)
    try:
        equal = agreement.require_equal(servers, work.team, work.held)
    except Wrong as wrong:
        sys.exit(str(wrong))
    measuring.note(equal)
    minutes = []
    for server in servers:
        if isinstance(server, Plumbline):
            minutes.append(
                measuring.attempt(server, lambda: work_for(server, work, options.minute)))
            last = minutes[-1].saves
            measuring.note(f"{server.name}: p99 {last.share(99):.1f} ms, worst {last.worst:.1f} ms")
    measuring.take_turns(servers, options.rounds, options.seconds)
    checked = [measuring.attempt(server, lambda: check_answers(server)) for server in servers]
    print(measuring.heading(options, delay))
    print(f"{equal}\n")
    print("\n".join(checked), end="\n\n")
    if minutes:
        minutes_table(minutes, options)
    measuring.rates(servers, "durable saves")
    full_table(servers)


if __name__ == "__main__":
    parser = measuring.arguments(__doc__.split("usage: ")[1].split("\n\n")[0])
    parser.add_argument("--minute", type=measuring.number, default=60)
    parser.add_argument("--assessors", type=int, default=WRITERS)
    parser.add_argument("--entries", type=int, default=30_000)
    measuring.main(measure, parser)
