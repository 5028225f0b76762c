#!/usr/bin/env bash
# Serves two pages from Plumbline, Flask and Node under wrk. Called by ./task bench site.
#
# usage: bench-site.sh [ROUNDS [SECONDS]]
#
# Prints Markdown for docs/benchmarks.md. Everything stays on the loopback address, and every
# server that is started is stopped.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds=${1-3}
seconds=${2-8}

for number in "$rounds" "$seconds"; do
  [[ $number =~ ^[1-9][0-9]?$ ]] || {
    echo "ROUNDS and SECONDS are numbers from 1 to 99, not $number." >&2
    exit 2
  }
done

export PYTHONDONTWRITEBYTECODE=1
exec .venv-bench/bin/python bench/site/measure.py .build/release/plumbline .assets \
  "$rounds" "$seconds"
