"""Kills what serves and what keeps the record, at random moments, many times over: `./task soak`.

usage: soak.py [--rounds N] [--seed N]

A third of the rounds each: `plumbline serve` on SQLite, one or both of two on one PostgreSQL
database, and the PostgreSQL server itself. After each round the whole record is checked: everything
acknowledged is there once, in the place that was acknowledged. Runs the program that PLUMBLINE
names. Records grow for a hundred rounds. Each round has a seed; `--rounds 1 --seed N` has a round
again, on a new record.

Exit 0 every round was right; 1 one was not, and no further one was tried.
"""

import argparse
import secrets
import signal
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "e2e"))

import kills  # noqa: E402


def stop(signal, frame):
    # So that everything is closed on the way out.
    sys.exit(128 + signal)


# After so many rounds new records are begun, or looking at them would take ever longer.
ROUNDS_OF_A_RECORD = 100


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)

    done = Counter()
    acknowledged = 0
    start = time.monotonic()
    places = kills.Places()
    outcome = 0
    try:
        for number in range(given.rounds):
            if number > 0 and number % ROUNDS_OF_A_RECORD == 0:
                places.close()
                places = kills.Places()
            seed = given.seed + number
            kind = kills.kind(seed)
            print(f"{number + 1}/{given.rounds} {kind}, seed {seed}: ", end="", flush=True)
            try:
                said, count = places.round(seed)
            except kills.Fault as fault:
                print(f"FAILED\n{fault}", flush=True)
                outcome = 1
                break
            print(said, flush=True)
            done[kind] += 1
            acknowledged += count
    finally:
        places.close()
    rounds = ", ".join(f"{count} {kind}" for kind, count in done.items()) or "none"
    print(
        f"\nRounds that were right: {rounds}. Entries that were acknowledged in them: "
        f"{acknowledged}. {time.monotonic() - start:.0f} seconds.")
    return outcome


if __name__ == "__main__":
    sys.exit(main())
