"""Makes the files of the rate benchmark: `case,question,answer,office`, one row an answer.

usage: generate.py FOLDER CASES [CASES ...]

For each number of cases there are two files: CASES-in-order.csv with the rows of a case together,
as a case system exports them, and CASES-shuffled.csv with the same rows in random order. The same
numbers give the same bytes. Files that exist are left alone.
"""

import os
import random
import sys

from exercise import ANSWERS, COLUMNS, QUESTIONS

OFFICES = 350


def tails(rng: random.Random) -> list[list[list[str]]]:
    """For each office and question, what follows the case for each of 256 random bytes."""
    table = []
    for office in range(OFFICES):
        quality = rng.uniform(0.45, 0.92)
        rows = []
        for code in QUESTIONS:
            applicable = rng.choice([256, 256, 243, 218])
            share = min(0.97, max(0.3, rng.gauss(quality, 0.07)))
            sufficient = round(applicable * share)
            words = [
                ANSWERS[0] if byte < sufficient else ANSWERS[1] if byte < applicable else ANSWERS[2]
                for byte in range(256)
            ]
            rows.append([f",{code},{word},O{office + 1:03}\n" for word in words])
        table.append(rows)
    return table


def rows(cases: int) -> list[str]:
    rng = random.Random(2026)
    table = tails(rng)
    lines = []
    for case in range(cases):
        name = f"X{case + 100_001:06}"
        office = table[rng.randrange(OFFICES)]
        answers = rng.randbytes(len(QUESTIONS))
        lines += [name + tail[byte] for tail, byte in zip(office, answers)]
    return lines


def write(path: str, lines: list[str]) -> None:
    with open(path + ".part", "w", encoding="ascii", newline="") as file:
        file.write(",".join(COLUMNS) + "\n")
        file.writelines(lines)
    os.replace(path + ".part", path)


def main(folder: str, sizes: list[str]) -> None:
    os.makedirs(folder, exist_ok=True)
    for size in map(int, sizes):
        paths = [os.path.join(folder, f"{size}-{order}.csv") for order in ("in-order", "shuffled")]
        if all(map(os.path.exists, paths)):
            continue
        print(f"Making {size * len(QUESTIONS):,} answers", file=sys.stderr)
        lines = rows(size)
        write(paths[0], lines)
        random.Random(size).shuffle(lines)
        write(paths[1], lines)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
