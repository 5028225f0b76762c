#!/usr/bin/env bash
# Tries the readers with inputs that libFuzzer makes, for a number of seconds and no longer: part of
# `./task fuzz`. Each trial starts from the inputs that are kept in Tests/TrialsTests/Corpus and
# from what earlier runs found worth keeping.
#
# usage: fuzz.sh SECONDS
#
# Exit 0 nothing found; 1 something was found: the input that shows it is saved and named.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=$1
kept=Tests/TrialsTests/Corpus
work=.build-fuzz

# The toolchain's usual linker cannot link libFuzzer with the address sanitizer.
PLUMBLINE_FUZZ=1 swift build -c release --scratch-path "$work" --product Fuzzer \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld </dev/null
fuzzer=$work/release/Fuzzer

mapfile -t trials < <("$fuzzer")
processors=$(nproc)
share=$((seconds * processors / ${#trials[@]}))
((share > 0)) || share=1

mkdir -p "$work/findings" "$work/logs"
rm -f "$work"/logs/*

# One trial. A reader that takes ten seconds for some kilobytes hangs. Leaks are not looked for: the
# toolchain's XML parser leaks some bytes with each error that it reports.
try() {
  local trial=$1
  mkdir -p "$work/corpus/$trial"
  # libFuzzer says what it found; the stack traces of Swift would only take long.
  SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 "$fuzzer" "$trial" -max_total_time="$share" -timeout=10 \
    -rss_limit_mb=2048 -max_len=16384 -detect_leaks=0 -print_final_stats=1 \
    -artifact_prefix="$work/findings/$trial-" "$work/corpus/$trial" "$kept/$trial" \
    >"$work/logs/$trial" 2>&1 || echo "$?" >"$work/logs/$trial.failed"
}
export -f try
export work kept fuzzer share
printf '%s\n' "${trials[@]}" | xargs -P "$processors" -I '{}' bash -euo pipefail -c 'try {}'

# The number that libFuzzer gives of a trial, or a dash.
stat() {
  sed -nE "s/^stat::$1: +([0-9]+).*/\1/p" "$work/logs/$2" | grep . || echo -
}

printf '\n%-10s %8s %12s %14s\n' trial kept inputs 'peak memory'
found=0
for trial in "${trials[@]}"; do
  printf '%-10s %8s %12s %11s MB' "$trial" "$(find "$kept/$trial" -type f | wc -l)" \
    "$(stat number_of_executed_units "$trial")" "$(stat peak_rss_mb "$trial")"
  if [[ -e $work/logs/$trial.failed ]]; then
    found=1
    printf '  FOUND\n'
    grep -aE 'Fatal error|ERROR:|SUMMARY:|Test unit written to' "$work/logs/$trial" |
      sed 's/^/  /' || echo "  see $work/logs/$trial"
  else
    printf '\n'
  fi
done

if ((found)); then
  echo "Something was found. Mend it, and keep the input: move it to $kept/<trial>/ under a name that says what it shows."
  exit 1
fi
echo "Nothing was found."
