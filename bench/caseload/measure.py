"""Runs Plumbline, Polars and DuckDB over the same lists, compares and times them.

usage: measure.py PLUMBLINE FOLDER RUNS ROWS [ROWS ...]

Whole programs are run one after the other, from their start to their exit, with the file in the
page cache. Before any time is looked at, the three must say the same of each list and of a list
with faults, and each program must refuse what cannot be drawn from. Lists of more than a million
rows are run three times at most. Prints Markdown.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))
import whole_programs
from whole_programs import NAMES, Measured, measure

HERE = Path(__file__).resolve().parent
SEED = "20200528"
LARGE = 1_000_000
MOST_RUNS_OF_LARGE = 3

# Each takes the heading and a row and gives what stands in their place.
FAULTS = {
    "a missing column": lambda heading, row: heading.replace("rosh", "risk") + row,
    "a row with too few values": lambda heading, row: heading + row.rpartition(",")[0] + "\n",
    "a row with too many values": lambda heading, row: heading + row.rstrip("\n") + ",yes\n",
    "a refused row that nobody left out": lambda heading, row: heading + row[0] + row[2:],
}


class Programs:
    def __init__(self, plumbline: str, results: Path):
        self.plumbline = plumbline
        self.results = results
        self.check = results / "check.json"

    def result(self, name: str) -> Path:
        return self.results / f"{name.lower()}.json"

    def command(self, name: str, file: Path, leave_out: bool) -> list[str]:
        if name == "Plumbline":
            options = ["--confidence", "80", "--margin", "5", "--seed", SEED]
            options += ["--leave-out-refused"] if leave_out else []
            out = ["--out", str(self.result(name))]
            return [self.plumbline, "sample", "draw", str(file), *options, *out]
        script = HERE / f"{name.lower()}_caseload.py"
        leaves = "yes" if leave_out else "no"
        return [sys.executable, str(script), str(file), SEED, leaves, str(self.result(name))]

    def run(self, name: str, file: Path, leave_out: bool = False) -> tuple[int, float, float]:
        """The exit status, the seconds and the largest memory in MiB."""
        self.result(name).unlink(missing_ok=True)
        return whole_programs.run(self.command(name, file, leave_out))

    def run_check(self, file: Path) -> int:
        """What becomes of each row, with the data-quality profile. Never timed."""
        command = [self.plumbline, "caseload", "check", str(file), "--json"]
        with self.check.open("wb") as output:
            return subprocess.run(command, stdout=output, stderr=subprocess.DEVNULL).returncode


def require_refusals(programs: Programs, file: Path) -> None:
    """Every program must refuse each fault, or the checks would not be the same."""
    with file.open(encoding="ascii") as source:
        heading = source.readline()
        rows = [source.readline() for _ in range(40_000)]
    faulty = programs.results / "faulty.csv"
    for fault, change in FAULTS.items():
        faulty.write_text(change(heading, rows[0]) + "".join(rows[1:]), encoding="ascii")
        for name in NAMES:
            status, _, _ = programs.run(name, faulty)
            if status == 0:
                sys.exit(f"{name} did not refuse {fault}.")
    faulty.unlink()


def require_equal(programs: Programs, file: Path, leave_out: bool = False) -> None:
    """Runs every program once, which also warms the page cache, and compares what they say."""
    if programs.run_check(file) != (1 if leave_out else 0):
        sys.exit(f"plumbline caseload check failed on {file.name}.")
    for name in NAMES:
        status, _, _ = programs.run(name, file, leave_out)
        if status != 0:
            sys.exit(f"{name} failed on {file.name} with status {status}.")
    results = [programs.check, *(programs.result(name) for name in NAMES)]
    whole_programs.require_equal(HERE / "compare.py", results, file)


def growth(measured: dict[int, dict[str, Measured]]) -> list[str]:
    """How each program grows with the number of rows."""
    names = NAMES
    heads = [f"{name} s | µs a row | peak MiB" for name in names]
    lines = ["| rows | " + " | ".join(heads) + " |", "|---:|" + "---:|" * (3 * len(names))]
    for rows, programs in sorted(measured.items()):
        cells = [
            f"{one.median:.3f} | {one.median / rows * 1e6:.2f} | {one.peak:.0f}"
            for one in (programs[name] for name in names)
        ]
        lines.append(f"| {rows:,} | " + " | ".join(cells) + " |")
    return lines


def main(plumbline: str, folder: Path, runs: int, sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as results:
        report(Programs(plumbline, Path(results)), folder, runs, sizes)


def report(programs: Programs, folder: Path, runs: int, sizes: list[int]) -> None:
    require_refusals(programs, folder / f"{min(sizes)}.csv")
    require_equal(programs, folder / "faults.csv", leave_out=True)
    for size in sizes:
        require_equal(programs, folder / f"{size}.csv")
    print(
        f"Equal for {len(sizes)} lists and for one with faults: what became of the rows and why, "
        "what is missing, unknown or impossible in each field and LDU, the digest of the frame, "
        "the people with several orders, every case left out, the strata, every drawn case and "
        "every case in reserve with its ticket. "
        f"Refused by all three: {', '.join(FAULTS)}.\n"
    )

    print(f"All in turn. {whole_programs.versions()}\n")
    measured: dict[int, dict[str, Measured]] = {}
    for size in sizes:
        times = min(runs, MOST_RUNS_OF_LARGE) if size > LARGE else runs
        measured[size] = measure(programs, NAMES, folder / f"{size}.csv", times)
        heading = f"{size:,} rows, {times} runs"
        print(whole_programs.table(heading, measured[size]), end="\n\n", flush=True)
    print("\n".join(growth(measured)))


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    sizes = [int(size) for size in sys.argv[4:]]
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sizes)
