"""Appends entries over HTTP to records of Plumbline, Flask and Node, checks and times them.

usage: measure.py [--only plumbline|twins] [--rounds N] [--seconds N]
                  [--program PLUMBLINE] [--assets FOLDER]

Plumbline and Flask keep them in SQLite, Plumbline and Node in PostgreSQL. 300 writers append one
entry a request, each durable before it is acknowledged. Servers are loaded in turn, one at a time,
in several rounds, every other round backwards. Then each record is checked from its first entry to
its last, against every acknowledgement that was given. Only then are rates printed, as Markdown.

Everything stays on the loopback address, in a folder that is thrown away, and every server that is
started is stopped.
"""

import argparse
import csv
import json
import os
import re
import resource
import secrets
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from checks import Answers, Row, Wrong, verify

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WRITERS = 300
THREADS = 1
WARM_UP = 3
INSPECTION = "training"
QUESTIONS = HERE / "questions.txt"

# Where setup_bench unpacks Debian's packages for Node, and where Debian itself has them.
NODE_PACKAGES = [ROOT / ".venv-bench/node/usr/share/nodejs", Path("/usr/share/nodejs")]


# --- Databases


class SQLite:
    name = "SQLite"

    def __init__(self, file: Path) -> None:
        self.file = file

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30)

    def make(self, script: str) -> None:
        with sqlite3.connect(self.file) as database:
            database.executescript("PRAGMA journal_mode = WAL;" + script)
        database.close()

    def head(self) -> tuple[int, str]:
        database = self._open()
        try:
            return database.execute(
                "SELECT sequence, digest FROM records WHERE inspection = ?", (INSPECTION,)
            ).fetchone()
        finally:
            database.close()

    def rows(self) -> Iterator[Row]:
        database = self._open()
        try:
            for row in database.execute(
                "SELECT sequence, id, subject, line FROM entries WHERE inspection = ? "
                "ORDER BY sequence",
                (INSPECTION,),
            ):
                yield Row(*row)
        finally:
            database.close()

    def settle(self) -> None:
        """Nothing to do: what one server left behind does not slow another."""


class PostgreSQL:
    name = "PostgreSQL"

    def __init__(self, server: str, name: str) -> None:
        self.address = f"{server}/{name}"
        self._psql(f"{server}/postgres", f"CREATE DATABASE {name}")

    @staticmethod
    def _command(address: str, statement: str) -> list[str]:
        return ["psql", address, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement]

    def _psql(self, address: str, statement: str) -> str:
        return subprocess.run(
            self._command(address, statement), check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def _copy(self, select: str) -> Iterator[list[str]]:
        command = self._command(self.address, f"COPY ({select}) TO STDOUT WITH (FORMAT csv)")
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as child:
            yield from csv.reader(child.stdout)
        if child.returncode:
            raise Wrong("the database cannot be read")

    def make(self, script: str) -> None:
        self._psql(self.address, script)

    def head(self) -> tuple[int, str]:
        (row,) = self._copy(
            f"SELECT sequence, digest FROM records WHERE inspection = '{INSPECTION}'"
        )
        return int(row[0]), row[1]

    def rows(self) -> Iterator[Row]:
        for row in self._copy(
            f"SELECT sequence, id, subject, line FROM entries WHERE inspection = '{INSPECTION}' "
            "ORDER BY sequence"
        ):
            yield Row(int(row[0]), *row[1:])

    def settle(self) -> None:
        """What one server left to be written must not slow the next."""
        self._psql(self.address, "CHECKPOINT")


# --- Servers


@dataclass
class Run:
    rate: float
    p50: float
    p99: float
    generator: float


@dataclass
class Server:
    """A server with the record that it keeps. Those below say how each is prepared and started."""

    folder: Path
    database: SQLite | PostgreSQL
    title: str = ""
    token: str = ""
    key: bytes | None = None
    answers: Answers = field(default_factory=Answers)
    runs: list[Run] = field(default_factory=list)
    port: int = 0
    child: subprocess.Popen | None = None

    def prepare(self) -> None:
        raise NotImplementedError

    def command(self) -> list[str]:
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        return {}

    @property
    def name(self) -> str:
        return f"{self.title}, {self.database.name}"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1/inspections/{INSPECTION}/entries"

    def start(self) -> None:
        self.port = free_port()
        with (self.folder / "log").open("ab") as log:
            self.child = subprocess.Popen(
                self.command(),
                env={**os.environ, **self.environment()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                if self.child.poll() is not None:
                    break
                time.sleep(0.1)
        raise Wrong(f"it did not start:\n{self.log()}")

    def stop(self) -> None:
        """Ends the process in order, and then what it may have left of its own group."""
        if self.child is None:
            return
        self.child.terminate()
        try:
            self.child.wait(30)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self.child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.child.wait()
        self.child = None

    def log(self) -> str:
        return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-10:])

    def settled_head(self) -> int:
        """The last sequence, once nothing that was under way is added any more."""
        before = -1
        for _ in range(100):
            sequence, _ = self.database.head()
            if sequence == before:
                break
            before = sequence
            time.sleep(0.3)
        return before

    def cases(self) -> list[int]:
        """The numbers of the cases that answers are given on."""
        return list(range(1, 37))

    def load(self, seconds: int) -> Run:
        answered = self.folder / "answers"
        questions = QUESTIONS.read_text(encoding="utf-8").split()
        subjects = self.folder / "subjects"
        subjects.write_text(
            "".join(f"answer/{case}/{code}\n" for case in self.cases() for code in questions))
        head = self.settled_head()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = subprocess.run(
            [
                "wrk", f"-t{THREADS}", f"-c{WRITERS}", f"-d{seconds}s", "--timeout", "30s",
                "-s", str(HERE / "load.lua"), self.url, "--",
                self.token, str(subjects), str(answered), str(THREADS), str(head),
            ],
            check=True, capture_output=True, text=True, timeout=seconds + 60,
        )  # fmt: skip
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
        figures = json.loads(said.stdout.splitlines()[-1])
        count = 0
        for thread in range(1, THREADS + 1):
            file = answered.with_name(f"answers.{thread}")
            count += self.answers.read(file)
            file.unlink()
        if figures["broken"]:
            raise Wrong(f"{figures['broken']} connections broke or got no answer\n{self.log()}")
        if count < 0.99 * figures["requests"]:
            raise Wrong(f"{self.answers.others} beside {count} recorded\n{self.log()}")
        return Run(
            count / figures["seconds"], figures["p50"], figures["p99"], cpu / figures["seconds"]
        )

    def take_turn(self, seconds: int) -> None:
        self.database.settle()
        self.start()
        try:
            self.load(WARM_UP)
            self.runs.append(self.load(seconds))
            self.settled_head()
        finally:
            self.stop()

    def check(self) -> str:
        entries = verify(
            self.database.rows(), self.database.head(), INSPECTION, self.answers, self.key
        )
        count = len(self.answers.recorded)
        others = "".join(
            f" {number:,} requests were answered “{what}”."
            for what, number in sorted(self.answers.others.items())
        )
        return (
            f"- {self.name}: {entries:,} entries, the chain holds from the first to the last; "
            f"{count:,} were acknowledged, and each is there once. The other {entries - count:,} "
            f"were there before, or under way when a load ended.{others}"
        )


class Plumbline(Server):
    """Whatever may change in how Plumbline is called stands here."""

    program = ".build/release/plumbline"
    assets = ".assets"

    def place(self) -> list[str]:
        place = ["--data", str(self.folder)]
        if isinstance(self.database, PostgreSQL):
            place += ["--database", self.database.address]
        return place

    def environment(self) -> dict[str, str]:
        return {"PLUMBLINE_MASTER_KEY": self.master_key}

    def command(self) -> list[str]:
        port = ["--port", str(self.port), "--assets", self.assets]
        return [self.program, "serve", *port, *self.place()]

    def tool(self, *words: str) -> str:
        done = subprocess.run(
            [self.program, *words, *self.place()],
            env={**os.environ, **self.environment()},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600,
        )  # fmt: skip
        if done.returncode:
            raise Wrong(f"plumbline {' '.join(words[:2])} failed:\n{done.stderr}{done.stdout}")
        return done.stdout

    def prepare(self) -> None:
        self.title = "Plumbline"
        self.master_key = b64encode(secrets.token_bytes(32)).decode()
        said = self.tool("demo")
        addresses = re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", said)
        assessors = [address for address in addresses if "assessor" in address]
        if not assessors:
            raise Wrong(f"plumbline demo names no assessor:\n{said}")
        said = self.tool("account", "token", assessors[0], "--inspection", INSPECTION)
        self.token = said.split()[-1]

    def cases(self) -> list[int]:
        asked = urllib.request.Request(
            self.url.removesuffix("/entries"), headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return json.load(answer)["yours"]

    def check(self) -> str:
        said = self.tool("record", "verify", "--inspection", INSPECTION)
        if f"{INSPECTION}: {self.database.head()[0]} entries are right" not in said:
            raise Wrong(f"plumbline record verify said: {said}")
        return super().check() + " `plumbline record verify` agrees."


class Twin(Server):
    def prepare(self) -> None:
        self.token = secrets.token_urlsafe(32)
        self.key = secrets.token_bytes(32)
        edition, token = (
            "sha256:" + sha256(text.encode()).hexdigest() for text in ("edition", self.token)
        )
        key = b64encode(self.key).decode()
        self.database.make(
            (HERE / "schema.sql").read_text(encoding="utf-8")
            + f"INSERT INTO records (inspection, sequence) VALUES ('{INSPECTION}', 0);"
            + f"INSERT INTO inspections VALUES ('{INSPECTION}', '{edition}', '{key}');"
            + f"INSERT INTO tokens VALUES ('{token}', 'assessor-1', '{INSPECTION}');"
        )


class Flask(Twin):
    workers = 2
    threads = 1

    def prepare(self) -> None:
        self.title = "Flask"
        super().prepare()

    def environment(self) -> dict[str, str]:
        return {"TWIN_DATABASE": str(self.database.file), "PYTHONDONTWRITEBYTECODE": "1"}

    def command(self) -> list[str]:
        return [
            sys.executable, "-m", "gunicorn", "--chdir", str(HERE),
            "--bind", f"127.0.0.1:{self.port}", "--workers", str(self.workers),
            "--worker-class", "gthread", "--threads", str(self.threads),
            "--worker-connections", "1000", "--keep-alive", "30", "--log-level", "error",
            "flask_app:app",
        ]  # fmt: skip


class Node(Twin):
    processes = 2
    connections = 1

    def prepare(self) -> None:
        self.title = "Node"
        super().prepare()

    def environment(self) -> dict[str, str]:
        return {"NODE_ENV": "production", "NODE_PATH": os.pathsep.join(map(str, NODE_PACKAGES))}

    def command(self) -> list[str]:
        return [
            "node", str(HERE / "node_app.cjs"), self.database.address, str(self.port),
            str(self.processes), str(self.connections),
        ]  # fmt: skip


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


# --- Measuring


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


def measure(folder: Path, options: argparse.Namespace, postgresql: str) -> None:
    delay = require_disk(folder)
    servers: list[Server] = []

    def add(kind: type[Server], name: str, database: SQLite | PostgreSQL | None = None) -> None:
        place = folder / name
        place.mkdir()
        file = "plumbline.sqlite" if kind is Plumbline else "twin.sqlite"
        servers.append(kind(place, database or SQLite(place / file)))

    if options.only != "twins":
        add(Plumbline, "plumbline-sqlite")
        add(Plumbline, "plumbline-postgresql", PostgreSQL(postgresql, "plumbline"))
    if options.only != "plumbline":
        add(Flask, "flask")
        add(Node, "node", PostgreSQL(postgresql, "node"))
    for server in servers:
        attempt(server, server.prepare)
    for turn in range(options.rounds):
        for server in servers[:: -1 if turn % 2 else 1]:
            attempt(server, lambda: server.take_turn(options.seconds))
            last = server.runs[-1]
            print(
                f"round {turn + 1}, {server.name}: {last.rate:,.0f} a second, "
                f"p50 {last.p50:.1f} ms, p99 {last.p99:.1f} ms",
                file=sys.stderr,
            )
    checked = [attempt(server, server.check) for server in servers]
    report(servers, checked, options, delay)


def attempt(server: Server, step):
    try:
        return step()
    except Wrong as wrong:
        sys.exit(f"{server.title or type(server).__name__}, {server.database.name}: {wrong}")


def report(
    servers: list[Server], checked: list[str], options: argparse.Namespace, delay: float
) -> None:
    node = said("node", "--version").removeprefix("v")
    postgresql = said("psql", "--version").split()[2]
    print(
        f"wrk with {WRITERS} connections and {THREADS} thread, {options.rounds} rounds of "
        f"{options.seconds} seconds in turn, {os.cpu_count()} cores for servers, databases and wrk "
        f"together. Flask {version('flask')} under gunicorn {version('gunicorn')} on Python "
        f"{sys.version.split()[0]} (workers: {Flask.workers}, threads each: {Flask.threads}); "
        f"Node {node} (processes: {Node.processes}, connections each: {Node.connections}); "
        f"SQLite {sqlite3.sqlite_version}, PostgreSQL {postgresql}. The disk keeps 8 KiB in "
        f"{delay:.2f} ms (median).\n"
    )
    print("\n".join(checked), end="\n\n")
    for database, peer in (("SQLite", Flask), ("PostgreSQL", Node)):
        sides = [server for server in servers if server.database.name == database]
        base = next((rate(server) for server in sides if isinstance(server, peer)), None)
        heads = ["durable appends a second", "least", "most", "p50 ms", "p99 ms", "wrk, cores"]
        print(f"| {database} | " + " | ".join(heads) + f" | ÷ {peer.__name__} |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
        for server in sides:
            rates = [run.rate for run in server.runs]
            print(
                f"| {server.title} | {rate(server):,.0f} | {min(rates):,.0f} | {max(rates):,.0f} "
                f"| {statistics.median(run.p50 for run in server.runs):.1f} "
                f"| {statistics.median(run.p99 for run in server.runs):.1f} "
                f"| {statistics.median(run.generator for run in server.runs):.2f} "
                f"| {f'{rate(server) / base:.1f}' if base else '–'} |"
            )
        print()


def rate(server: Server) -> float:
    return statistics.median(run.rate for run in server.runs)


def said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def arguments() -> argparse.Namespace:
    def number(text: str) -> int:
        if not re.fullmatch(r"[1-9][0-9]?", text):
            raise argparse.ArgumentTypeError(f"takes a number from 1 to 99, not {text}")
        return int(text)

    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n\n")[0])
    parser.add_argument("--only", choices=["plumbline", "twins"])
    parser.add_argument("--rounds", type=number, default=3)
    parser.add_argument("--seconds", type=number, default=10)
    parser.add_argument("--program", default=str(ROOT / ".build/release/plumbline"))
    parser.add_argument("--assets", default=str(ROOT / ".assets"))
    return parser.parse_args()


def main() -> None:
    options = arguments()
    Plumbline.program, Plumbline.assets = options.program, options.assets
    # Whoever stops this stops the servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    folder = Path(tempfile.mkdtemp(prefix="plumbline-bench-"))
    # The database server may run as somebody else.
    folder.chmod(0o755)
    postgresql = [str(ROOT / "scripts/postgresql.sh")]
    place = str(folder / "server")
    try:
        measure(folder, options, said(*postgresql, "start", place))
    finally:
        subprocess.run([*postgresql, "stop", place], check=False, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
