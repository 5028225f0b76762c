"""Runs Plumbline, Polars and DuckDB over the same files, compares and times them.

usage: measure.py PLUMBLINE RULE-BOOK FOLDER RUNS CASES [CASES ...]

Whole programs are run one after the other, from their start to their exit, with the file in the
page cache. Before any time is looked at, the three results of each file must agree in every
count, rating, score and interval, and each program must refuse files with a fault. The largest
number of cases is the one compared; the others show how Plumbline grows. Prints Markdown.
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))
import whole_programs
from whole_programs import NAMES, measure

HERE = Path(__file__).resolve().parent
ORDERS = {"in-order": "rows of a case together", "shuffled": "rows in random order"}
QUESTIONS = 40


def changed(row: str, column: int, value: str) -> str:
    values = row.rstrip("\n").split(",")
    values[column] = value
    return ",".join(values) + "\n"


def other_answer(row: str) -> str:
    return "insufficient" if row.split(",")[2] == "sufficient" else "sufficient"


# Each takes the first row of a case and gives what stands in its place.
FAULTS = {
    "a code that is not in the rule book": lambda row: changed(row, 1, "9.9.9"),
    "an answer that is none": lambda row: changed(row, 2, "sufficent"),
    "a doubled answer that differs": lambda row: row + changed(row, 2, other_answer(row)),
    "a case in two offices": lambda row: changed(row, 3, "O999"),
}


class Programs:
    def __init__(self, plumbline: str, book: str, results: Path):
        self.plumbline = plumbline
        self.book = book
        self.results = results

    def result(self, name: str) -> Path:
        return self.results / f"{name.lower()}.json"

    def command(self, name: str, file: Path) -> list[str]:
        if name == "Plumbline":
            options = ["--standards", self.book, "--by", "office", "--json"]
            return [self.plumbline, "rate", str(file), *options]
        script = HERE / f"{name.lower()}_rate.py"
        return [sys.executable, str(script), str(file), str(self.result(name))]

    def run(self, name: str, file: Path) -> tuple[int, float, float]:
        """The exit status, the seconds and the largest memory in MiB."""
        target = self.result(name) if name == "Plumbline" else Path(os.devnull)
        return whole_programs.run(self.command(name, file), target)


def require_refusals(programs: Programs, file: Path) -> None:
    """Every program must refuse each fault, or the checks would not be the same."""
    with file.open(encoding="ascii") as source:
        heading = source.readline()
        rows = [source.readline() for _ in range(40_000)]
    faulty = programs.results / "faulty.csv"
    for fault, change in FAULTS.items():
        faulty.write_text(heading + change(rows[0]) + "".join(rows[1:]), encoding="ascii")
        for name in NAMES:
            status, _, _ = programs.run(name, faulty)
            if status == 0:
                sys.exit(f"{name} did not refuse {fault}.")
    faulty.unlink()


def require_equal(programs: Programs, file: Path) -> None:
    """Runs every program once, which also warms the page cache, and compares what they say."""
    for name in NAMES:
        status, _, _ = programs.run(name, file)
        if status != 0:
            sys.exit(f"{name} failed on {file.name} with status {status}.")
    results = [programs.result(name) for name in NAMES]
    whole_programs.require_equal(HERE / "compare.py", results, file)


def main(plumbline: str, book: str, folder: Path, runs: int, sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as results:
        report(Programs(plumbline, book, Path(results)), folder, runs, sizes)


def report(programs: Programs, folder: Path, runs: int, sizes: list[int]) -> None:
    most = max(sizes)
    for size in sizes:
        for order in ORDERS:
            require_equal(programs, folder / f"{size}-{order}.csv")
    require_refusals(programs, folder / f"{min(sizes)}-in-order.csv")
    print(
        f"Equal in every count, rating, score and interval: {2 * len(sizes)} files, the whole and "
        f"350 offices each. Refused by all three: {', '.join(FAULTS)}.\n"
    )

    print(
        f"{most:,} cases, {most * QUESTIONS:,} answers, {runs} runs each in turn. "
        f"{whole_programs.versions()}\n"
    )
    for order in ORDERS:
        measured = measure(programs, NAMES, folder / f"{most}-{order}.csv", runs)
        print(whole_programs.table(ORDERS[order], measured), end="\n\n")

    heads = [f"{words}, s | ns an answer" for words in ORDERS.values()]
    print("| " + " | ".join(["answers", *heads, "peak MiB"]) + " |")
    print("|---:|" + "---:|" * (2 * len(ORDERS) + 1))
    for size in sorted(sizes):
        cells = [f"{size * QUESTIONS:,}"]
        peak = 0.0
        for order in ORDERS:
            file = folder / f"{size}-{order}.csv"
            one = measure(programs, ["Plumbline"], file, runs)["Plumbline"]
            cells += [f"{one.median:.3f}", f"{one.median / (size * QUESTIONS) * 1e9:.0f}"]
            peak = max(peak, one.peak)
        print("| " + " | ".join([*cells, f"{peak:.0f}"]) + " |")


if __name__ == "__main__":
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    sizes = [int(size) for size in sys.argv[5:]]
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), sizes)
