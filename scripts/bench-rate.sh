#!/usr/bin/env bash
# Rates a made-up national file with Plumbline, Polars and DuckDB. Called by ./task bench rate.
#
# usage: bench-rate.sh [RUNS]
#
# Prints Markdown for docs/benchmarks.md. The files it makes stay in bench-data.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
runs=${1-7}
sizes=(30000 60000 120000 240000)
data=bench-data/rate
python=.venv-bench/bin/python

[[ $runs =~ ^[1-9][0-9]?$ ]] || {
  echo "RUNS is a number from 1 to 99, not $runs." >&2
  exit 2
}

export PYTHONDONTWRITEBYTECODE=1
"$python" bench/rate/generate.py "$data" "${sizes[@]}"
exec "$python" bench/rate/measure.py \
  .build/release/plumbline bench/national.yaml "$data" "$runs" "${sizes[@]}"
