"""What measurements of writing share: their servers, their rounds and their tables."""

import argparse
import os
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from checks import Wrong
from databases import PostgreSQL, SQLite
from servers import ROOT, THREADS, WRITERS, Flask, Node, Plumbline, Server, Work

WARM_UP = 3


# Above this others use the machine so much that no time means anything.
MOST_OTHERS = 1.0


def warn_if_busy() -> None:
    busy = os.getloadavg()[0]
    if busy > MOST_OTHERS:
        note(f"This machine is busy already (load {busy:.1f}), so no figure is worth quoting.")


def require_disk(folder: Path) -> float:
    """How long the disk takes to keep 8 KiB at the end of a file, as a median in milliseconds.

    Nothing that is measured in memory would be durable.
    """
    kind = subprocess.run(
        ["stat", "--file-system", "--format=%T", str(folder)],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    if kind in ("tmpfs", "ramfs"):
        sys.exit(f"{folder} is in memory; name a folder on a disk in TMPDIR and try again.")
    times = []
    with (folder / "trial").open("wb", buffering=0) as file:
        for _ in range(500):
            file.write(bytes(8192))
            start = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - start)
    (folder / "trial").unlink()
    return statistics.median(times) * 1000


def servers(work: Work, folder: Path, postgresql: str, only: str | None) -> list[Server]:
    """Those that are measured, prepared and not started."""
    made: list[Server] = []

    def add(kind: type[Server], name: str, database: SQLite | PostgreSQL | None = None) -> None:
        place = folder / name
        place.mkdir()
        file = "plumbline.sqlite" if kind is Plumbline else "twin.sqlite"
        made.append(kind(work, place, database or SQLite(place / file)))

    if only != "twins":
        add(Plumbline, "plumbline-sqlite")
        add(Plumbline, "plumbline-postgresql", PostgreSQL(postgresql, "plumbline"))
    if only != "plumbline":
        add(Flask, "flask")
        add(Node, "node", PostgreSQL(postgresql, "node"))
    for server in made:
        attempt(server, server.prepare)
    return made


def take_turns(all: list[Server], rounds: int, seconds: int) -> None:
    for turn in range(rounds):
        for server in all[:: -1 if turn % 2 else 1]:
            attempt(server, lambda: server.take_turn(WARM_UP, seconds))
            last = server.runs[-1]
            note(
                f"round {turn + 1}, {server.name}: {last.rate:,.0f} a second, "
                f"p50 {last.p50:.1f} ms, p99 {last.p99:.1f} ms")


def attempt(server: Server, step: Callable):
    try:
        return step()
    except Wrong as wrong:
        server.stop()
        sys.exit(f"{server.title or type(server).__name__}, {server.database.name}: {wrong}")


def note(text: str) -> None:
    """Says how far it is, to whoever waits."""
    print(text, file=sys.stderr, flush=True)


# --- Tables


def heading(options: argparse.Namespace, delay: float) -> str:
    node = said("node", "--version").removeprefix("v")
    postgresql = said("psql", "--version").split()[2]
    return (
        f"wrk with {WRITERS} connections and {THREADS} thread, {options.rounds} rounds of "
        f"{options.seconds} seconds in turn, {os.cpu_count()} cores for servers, databases and wrk "
        f"together. Flask {version('flask')} under gunicorn {version('gunicorn')} on Python "
        f"{sys.version.split()[0]} (workers: {Flask.workers}, threads each: {Flask.threads}); "
        f"Node {node} (processes: {Node.processes}, connections each: {Node.connections}); "
        f"SQLite {sqlite3.sqlite_version}, PostgreSQL {postgresql}. The disk keeps 8 KiB in "
        f"{delay:.2f} ms (median).\n")


def table(heads: list[str], rows: list[list[str]]) -> None:
    """Prints a table whose first column is words, and the others numbers."""
    print("| " + " | ".join(heads) + " |")
    print("|---|" + "---:|" * (len(heads) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def rates(all: list[Server], what: str) -> None:
    """Prints a table for each database, with how many times what its twin does."""
    for database, peer in (("SQLite", Flask), ("PostgreSQL", Node)):
        sides = [server for server in all if server.database.name == database]
        base = next((rate(server) for server in sides if isinstance(server, peer)), None)
        table(
            [
                database, f"{what} a second", "least", "most", "p50 ms", "p99 ms", "wrk, cores",
                f"÷ {peer.__name__}",
            ],
            [row(server, base) for server in sides],
        )  # fmt: skip


def row(server: Server, base: float | None) -> list[str]:
    rates = [run.rate for run in server.runs]
    return [
        server.title, f"{rate(server):,.0f}", f"{min(rates):,.0f}", f"{max(rates):,.0f}",
        f"{statistics.median(run.p50 for run in server.runs):.1f}",
        f"{statistics.median(run.p99 for run in server.runs):.1f}",
        f"{statistics.median(run.generator for run in server.runs):.2f}",
        f"{rate(server) / base:.1f}" if base else "–",
    ]  # fmt: skip


def rate(server: Server) -> float:
    return statistics.median(run.rate for run in server.runs)


def said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


# --- Calling


def number(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]?", text):
        raise argparse.ArgumentTypeError(f"takes a number from 1 to 99, not {text}")
    return int(text)


def arguments(usage: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(usage=usage)
    parser.add_argument("--only", choices=["plumbline", "twins"])
    parser.add_argument("--rounds", type=number, default=3)
    parser.add_argument("--seconds", type=number, default=10)
    parser.add_argument("--program", default=str(ROOT / ".build/release/plumbline"))
    parser.add_argument("--assets", default=str(ROOT / ".assets"))
    return parser


def main(
    measure: Callable[[Path, argparse.Namespace, str], None], parser: argparse.ArgumentParser
) -> None:
    """Measures in a folder that is thrown away, beside a PostgreSQL server of its own."""
    options = parser.parse_args()
    Plumbline.program, Plumbline.assets = options.program, options.assets
    # Whoever stops this stops the servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    folder = Path(tempfile.mkdtemp(prefix="plumbline-bench-"))
    # The database server may run as somebody else.
    folder.chmod(0o755)
    postgresql = [str(ROOT / "scripts/postgresql.sh")]
    place = str(folder / "server")
    warn_if_busy()
    try:
        measure(folder, options, said(*postgresql, "start", place))
    finally:
        subprocess.run([*postgresql, "stop", place], check=False, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder)
