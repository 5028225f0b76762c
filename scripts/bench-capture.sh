#!/usr/bin/env bash
# Saves answers on Plumbline, Flask and Node as assessors’ devices do, and checks them. Called by
# ./task bench capture.
#
# usage: bench-capture.sh [ROUNDS [SECONDS]]
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
exec .venv-bench/bin/python bench/capture/measure.py --program .build/release/plumbline \
  --assets .assets --rounds "$rounds" --seconds "$seconds"
