#!/usr/bin/env bash
# Checks made-up lists of cases and draws from them with Plumbline, Polars and DuckDB. Called by
# ./task bench caseload.
#
# usage: bench-caseload.sh [RUNS]
#
# The list of 10 million rows is run three times at most. Prints Markdown for docs/benchmarks.md.
# The lists it makes, 1.9 GB, stay in bench-data.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
runs=${1-5}
sizes=(240000 1000000 10000000)
data=bench-data/caseload
python=.venv-bench/bin/python

[[ $runs =~ ^[1-9][0-9]?$ ]] || {
  echo "RUNS is a number from 1 to 99, not $runs." >&2
  exit 2
}

export PYTHONDONTWRITEBYTECODE=1
"$python" bench/caseload/generate.py "$data" "${sizes[@]}"
exec "$python" bench/caseload/measure.py .build/release/plumbline "$data" "$runs" "${sizes[@]}"
