"""Runs whole programs one after the other, from their start to their exit, and tables what it took."""

import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

NAMES = ["Plumbline", "Polars", "DuckDB"]


@dataclass
class Measured:
    """What the runs of one program over one file took."""

    seconds: list[float] = field(default_factory=list)
    mebibytes: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def peak(self) -> float:
        return max(self.mebibytes)


def run(command: list[str], output: Path = Path(os.devnull)) -> tuple[int, float, float]:
    """The exit status, the seconds and the largest memory in MiB."""
    with output.open("wb") as target:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=target, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, seconds, usage.ru_maxrss / 1024


def measure(programs, names: list[str], file: Path, runs: int) -> dict[str, Measured]:
    """Runs each of the named programs in turn, that many times."""
    measured = {name: Measured() for name in names}
    for _ in range(runs):
        for name in names:
            status, seconds, mebibytes = programs.run(name, file)
            if status != 0:
                sys.exit(f"{name} failed on {file.name} with status {status}.")
            measured[name].seconds.append(seconds)
            measured[name].mebibytes.append(mebibytes)
    return measured


def require_equal(script: Path, results: list[Path], file: Path) -> None:
    """Compares results in a process of its own: what this one holds would be counted as memory of
    its children."""
    command = [sys.executable, str(script), *map(str, results)]
    if subprocess.run(command).returncode != 0:
        sys.exit(f"The results for {file.name} differ. Nothing was timed.")


def versions() -> str:
    """The peers, their language and the cores, as a sentence ends with them."""
    # Not imported here: what this process holds would be counted as memory of its children.
    ask = "import duckdb, polars; print(polars.__version__, duckdb.__version__)"
    polars, duckdb = subprocess.run(
        [sys.executable, "-c", ask], check=True, capture_output=True, text=True
    ).stdout.split()
    return (
        f"Polars {polars} and DuckDB {duckdb} on Python {platform.python_version()}; "
        f"{os.cpu_count()} cores."
    )


def table(heading: str, measured: dict[str, Measured]) -> str:
    ours = measured["Plumbline"]
    lines = [
        f"| {heading} | median s | least s | most s | peak MiB | time ÷ ours | memory ÷ ours |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, one in measured.items():
        lines.append(
            f"| {name} | {one.median:.3f} | {min(one.seconds):.3f} | {max(one.seconds):.3f} "
            f"| {one.peak:.0f} | {one.median / ours.median:.1f} | {one.peak / ours.peak:.1f} |"
        )
    return "\n".join(lines)
