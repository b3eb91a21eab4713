#!/usr/bin/env bash
# Measures the command line on a generated access log: parse only, and the whole scan on one and on two cores.
# usage: bench/scan-log.sh [LINES] (default 2000000). Prints a Markdown table; needs GNU time (Debian package "time").
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
lines=${1:-2000000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
command -v /usr/bin/time >/dev/null || { echo "install GNU time first: apt-get install time" >&2; exit 3; }

"$root/vedette" --version >/dev/null
dotnet run -c Release --project "$root/bench/Vedette.BenchLog" -- --lines "$lines" --out "$work/access.log" --truth "$work/truth" >&2
dll="$root/.build/app/vedette.dll"
[ -f "$dll" ] || dll="$root/src/Vedette.Cli/bin/Release/net10.0/vedette.dll"
bytes=$(stat -c %s "$work/access.log")
cat "$work/access.log" >/dev/null # into the page cache, so that the disk is not measured

measure() { # name, command...
  local name=$1
  shift
  for _ in 1 2 3; do
    /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >/dev/null 2>"$work/err" || { cat "$work/err" >&2; exit 3; }
    cat "$work/time"
  done | sort -n | sed -n 2p | awk -v name="$name" -v lines="$lines" -v bytes="$bytes" '{
    cpu = $2 + $3
    printf "| %s | %.2f | %.2f | %d | %d | %.0f | %d |\n", name, $1, cpu, lines / $1, lines / cpu, bytes / cpu / 1e6, $4 / 1024 }'
}

echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) cores; $lines lines, $((bytes / 1000000)) MB; median of three runs"
echo
echo "| run | wall s | CPU s | lines/s | lines per CPU s | MB per CPU s | peak MiB |"
echo "|---|--:|--:|--:|--:|--:|--:|"
measure "parse (NDJSON out)" dotnet "$dll" parse "$work/access.log"
measure "scan, one core" env VEDETTE__TRACKING__WORKERS=1 DOTNET_PROCESSOR_COUNT=1 taskset -c 0 dotnet "$dll" scan "$work/access.log" --output json
measure "scan, all cores" dotnet "$dll" scan "$work/access.log" --output json
measure "scan with --annotate" dotnet "$dll" scan "$work/access.log" --output json --annotate "$work/rows"
