"""Servers that keep a record each, on a port of their own: Plumbline and the twins.

What they are asked to write is a ``Work``, which record and capture each have their own of.
"""

import json
import os
import re
import resource
import secrets
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from checks import Answers, Wrong, verify
from databases import PostgreSQL, SQLite

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WRITERS = 300
THREADS = 1
QUESTIONS = {
    code: int(prompts)
    for code, prompts in map(str.split, (HERE / "questions.txt").read_text().splitlines())}

# Where setup_bench unpacks Debian's packages for Node, and where Debian itself has them.
NODE_PACKAGES = [ROOT / ".venv-bench/node/usr/share/nodejs", Path("/usr/share/nodejs")]


@dataclass
class Request:
    """What one kind of request says besides its entry: load.lua makes an id, and an answer."""

    headers: str
    """Each ends with the two characters that end lines."""

    start: str
    """The body before the entry."""

    subject: str
    prompts: int
    """How many prompts are answered. With none nothing is noted in the values, either."""

    def __str__(self) -> str:
        headers = self.headers.replace("\r\n", "\\r\\n")
        return f"{headers}\t{self.start}\t{self.subject}\t{self.prompts}\n"


class Work:
    """What servers are asked to do, and what must be there before."""

    inspection: str
    path: str

    def plan(self, server: "Plumbline") -> None:
        raise NotImplementedError

    def fill(self, server: "Twin") -> str:
        """Statements that add to the tables of a twin."""
        raise NotImplementedError

    def requests(self, server: "Server") -> Iterator[Request]:
        """What is sent, over and over, in an order that is made anew for each load."""
        raise NotImplementedError


@dataclass
class Run:
    rate: float
    p50: float
    p99: float
    generator: float


@dataclass
class Server:
    """A server with the record that it keeps. Those below say how each is prepared and started."""

    work: Work
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
        return f"http://127.0.0.1:{self.port}{self.work.path}"

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
            sequence, _ = self.database.head(self.work.inspection)
            if sequence == before:
                break
            before = sequence
            time.sleep(0.3)
        return before

    def load(self, seconds: int) -> Run:
        """As many requests as it takes, from WRITERS connections that each wait for the answer."""
        answered = self.folder / "answers"
        requests = self.folder / "requests"
        requests.write_text("".join(map(str, self.work.requests(self))), encoding="utf-8")
        head = self.settled_head()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = subprocess.run(
            [
                "wrk", f"-t{THREADS}", f"-c{WRITERS}", f"-d{seconds}s", "--timeout", "30s",
                "-s", str(HERE / "load.lua"), self.url, "--",
                str(requests), str(answered), str(THREADS), str(head),
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
        if count == 0 or count < 0.99 * figures["requests"]:
            raise Wrong(f"{self.answers.others} beside {count} recorded\n{self.log()}")
        return Run(
            count / figures["seconds"], figures["p50"], figures["p99"], cpu / figures["seconds"]
        )

    def take_turn(self, warm_up: int, seconds: int) -> None:
        self.database.settle()
        self.start()
        try:
            self.load(warm_up)
            self.runs.append(self.load(seconds))
            self.settled_head()
        finally:
            self.stop()

    def check(self) -> str:
        inspection = self.work.inspection
        entries = verify(
            self.database.rows(inspection), self.database.head(inspection), inspection,
            self.answers, self.key)
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

    def run(self, *words: str, on_store: bool = True) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [self.program, *words, *(self.place() if on_store else [])],
            env={**os.environ, **self.environment()},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600,
        )  # fmt: skip
        if done.returncode:
            raise Wrong(f"plumbline {' '.join(words[:2])} failed:\n{done.stderr}{done.stdout}")
        return done

    def tool(self, *words: str) -> str:
        return self.run(*words).stdout

    def prepare(self) -> None:
        self.title = "Plumbline"
        self.master_key = b64encode(secrets.token_bytes(32)).decode()
        self.accounts = set(re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", self.tool("demo")))
        self.work.plan(self)

    def check(self) -> str:
        inspection = self.work.inspection
        said = self.tool("record", "verify", "--inspection", inspection)
        if f"{inspection}: {self.database.head(inspection)[0]} entries are right" not in said:
            raise Wrong(f"plumbline record verify said: {said}")
        return super().check() + " `plumbline record verify` agrees."


class Twin(Server):
    def prepare(self) -> None:
        self.key = secrets.token_bytes(32)
        edition = "sha256:" + sha256(b"edition").hexdigest()
        key = b64encode(self.key).decode()
        inspection = self.work.inspection
        self.database.make(
            (HERE / "schema.sql").read_text(encoding="utf-8")
            + f"INSERT INTO records (inspection, sequence) VALUES ('{inspection}', 0);"
            + f"INSERT INTO inspections VALUES ('{inspection}', '{edition}', '{key}');"
            + self.work.fill(self)
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
