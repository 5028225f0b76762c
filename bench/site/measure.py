"""Serves the same two pages from Plumbline, Flask and Node, compares and times them.

usage: measure.py PLUMBLINE ASSETS ROUNDS SECONDS

Everything stays on the loopback address. Before any time is looked at, the bytes of each page must
be the same from every server. Servers are then loaded in turn, one at a time, in several rounds.
Prints Markdown.
"""

import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import facts

HERE = Path(__file__).resolve().parent
PAGES = {
    "league table": ("league crc 2020-12-31", "/league-tables?kind=crc&as-of=2020-12-31"),
    "provider": ("provider hampshire-isle-of-wight-crc", "/providers/hampshire-isle-of-wight-crc"),
}
# Headers that change with each server or answer are not asked of the twins.
OWN_HEADERS = {"content-type", "content-length", "date", "etag", "connection", "server"}
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass
class Server:
    name: str
    command: list[str]
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    child: subprocess.Popen | None = None

    def start(self) -> None:
        self.child = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                if self.child.poll() is not None:
                    break
                time.sleep(0.1)
        sys.exit(f"{self.name} did not start.")

    def stop(self) -> None:
        if self.child and self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(10)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()

    def url(self, address: str) -> str:
        return f"http://127.0.0.1:{self.port}{address}"

    def get(self, address: str) -> tuple[bytes, dict[str, str]]:
        with urllib.request.urlopen(self.url(address), timeout=20) as answer:
            return answer.read(), dict(answer.headers)

    def mebibytes(self) -> float:
        """The largest memory of the process and of those that it started, added."""
        total = 0
        waiting = [self.child.pid]
        while waiting:
            pid = waiting.pop()
            status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            total += int(re.search(r"VmHWM:\s+(\d+)", status)[1])
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        return total / 1024


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def plumbline(name: str, program: str, assets: str, data: str, *options: str) -> Server:
    port = free_port()
    place = ["--data", data, "--assets", assets, "--port", str(port)]
    return Server(name, [program, "serve", *place, *options], port)


def twins(file: Path) -> list[Server]:
    one, other = free_port(), free_port()
    gunicorn = [
        sys.executable, "-m", "gunicorn", "--chdir", str(HERE), "--bind", f"127.0.0.1:{one}",
        "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--keep-alive", "30",
        "--log-level", "error", "flask_app:app",
    ]
    node = ["node", str(HERE / "node_app.mjs"), str(file), str(other)]
    return [
        Server("Flask and Jinja", gunicorn, one, {"TWIN_FACTS": str(file)}),
        Server("Node", node, other, {"NODE_ENV": "production"}),
    ]


def write_facts(server: Server, file: Path) -> None:
    served, headers = {}, {}
    for name, address in PAGES.values():
        body, headers = server.get(address)
        served[name] = body.decode()
    fixed = {name: value for name, value in headers.items() if name.lower() not in OWN_HEADERS}
    document = {**facts.document(served), "headers": fixed}
    file.write_text(json.dumps(document), encoding="utf-8")


def require_equal(servers: list[Server]) -> None:
    for page, (_, address) in PAGES.items():
        first, _ = servers[0].get(address)
        for server in servers[1:]:
            body, _ = server.get(address)
            if body != first:
                sys.exit(f"{server.name} and {servers[0].name} differ on the {page} page.")


@dataclass
class Load:
    rates: list[float] = field(default_factory=list)
    tails: list[float] = field(default_factory=list)


def load(server: Server, address: str, seconds: int) -> tuple[float, float]:
    """Requests a second and the 99th percentile of the answer times in milliseconds."""
    said = subprocess.run(
        ["wrk", "-t2", "-c64", f"-d{seconds}s", "--latency", server.url(address)],
        check=True, capture_output=True, text=True,
    ).stdout
    if "Non-2xx" in said:
        sys.exit(f"{server.name} answered with errors:\n{said}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    tail = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    return rate, float(tail[1]) * UNITS[tail[2]]


def main(program: str, assets: str, rounds: int, seconds: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="plumbline-bench-"))
    data = str(folder / "data")
    subprocess.run([program, "demo", "--data", data], check=True, stdout=subprocess.DEVNULL)
    servers = [
        plumbline("Plumbline as served", program, assets, data),
        plumbline("Plumbline, rendering every time", program, assets, data, "--render-every-time"),
    ]
    try:
        for server in servers:
            server.start()
        write_facts(servers[0], folder / "facts.json")
        for server in twins(folder / "facts.json"):
            servers.append(server)
            server.start()
        require_equal(servers)
        measured = {(page, server.name): Load() for page in PAGES for server in servers}
        for turn in range(rounds + 1):
            for page, (_, address) in PAGES.items():
                for server in servers:
                    # The first turn warms up and does not count.
                    rate, tail = load(server, address, seconds if turn else 2)
                    if turn:
                        measured[page, server.name].rates.append(rate)
                        measured[page, server.name].tails.append(tail)
        report(servers, measured, rounds, seconds)
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(folder)


def report(servers: list[Server], measured: dict, rounds: int, seconds: int) -> None:
    flask = next(server.name for server in servers if server.name.startswith("Flask"))
    node = next(server.name for server in servers if server.name.startswith("Node"))
    print(
        f"The same bytes from all servers. wrk with 2 threads and 64 connections, {rounds} rounds "
        f"of {seconds} seconds in turn, {os.cpu_count()} cores for servers and wrk together.\n"
    )
    for page, (_, address) in PAGES.items():
        size = len(servers[0].get(address)[0])
        rates = {s.name: statistics.median(measured[page, s.name].rates) for s in servers}
        heads = ["requests a second", "least", "most", "p99 ms", "÷ Flask", "÷ Node"]
        print(f"| {page}, {size:,} bytes | " + " | ".join(heads) + " |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        for server in servers:
            one = measured[page, server.name]
            print(
                f"| {server.name} | {rates[server.name]:,.0f} | {min(one.rates):,.0f} "
                f"| {max(one.rates):,.0f} | {statistics.median(one.tails):.1f} "
                f"| {rates[server.name] / rates[flask]:.1f} "
                f"| {rates[server.name] / rates[node]:.2f} |"
            )
        print()
    print("| server | processes | peak MiB |")
    print("|---|---:|---:|")
    for server, processes in zip(servers, ["1", "1", "1 and 2 workers", "1 and 2 workers"]):
        print(f"| {server.name} | {processes} | {server.mebibytes():.0f} |")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
