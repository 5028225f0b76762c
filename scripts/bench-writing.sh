#!/usr/bin/env bash
# Has Plumbline, Flask and Node write to records, and checks and times them. Called by
# ./task bench record and ./task bench capture.
#
# usage: bench-writing.sh record|capture [ROUNDS [SECONDS]]
#
# Prints Markdown for docs/benchmarks.md. Everything stays on the loopback address, and every
# server that is started is stopped.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PYTHONDONTWRITEBYTECODE=1
exec .venv-bench/bin/python "bench/$1/measure.py" ${2+--rounds "$2"} ${3+--seconds "$3"}
