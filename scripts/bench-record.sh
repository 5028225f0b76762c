#!/usr/bin/env bash
# Appends to records of Plumbline, Flask and Node under wrk, and checks them. Called by
# ./task bench record.
#
# usage: bench-record.sh [ROUNDS [SECONDS]]
#
# Prints Markdown for docs/benchmarks.md. Everything stays on the loopback address, and every
# server that is started is stopped.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds=${1-3}
seconds=${2-10}

for number in "$rounds" "$seconds"; do
  [[ $number =~ ^[1-9][0-9]?$ ]] || {
    echo "ROUNDS and SECONDS are numbers from 1 to 99, not $number." >&2
    exit 2
  }
done

export PYTHONDONTWRITEBYTECODE=1
exec .venv-bench/bin/python bench/record/measure.py --program .build/release/plumbline \
  --assets .assets --rounds "$rounds" --seconds "$seconds"
