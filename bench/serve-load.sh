#!/usr/bin/env bash
# Starts a server on an empty folder, puts load on it from this machine, and prints rates, latencies and memory as a table: first without models, then with all of them.
# usage: bench/serve-load.sh [seconds per run]
# MODELS=FOLDER: a data folder that `vedette train` has filled, to be used instead of training now.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=${1:-10}
port=${PORT:-18080}
key=load-test-0123456789
work=$(mktemp -d)
server=
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

stop() { [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=; }; }
trap 'stop; rm -rf "$work"' EXIT

dotnet build "$root/bench/Vedette.Load" -c Release -v quiet --nologo >/dev/null
"$root/vedette" --version >/dev/null

load() { dotnet "$root/bench/Vedette.Load/bin/Release/net10.0/Vedette.Load.dll" "$@" --port "$port" --key "$key"; }
status() { awk -v field="$1:" '$1 == field { printf "%.0f", $2 / 1024 }' "/proc/$server/status"; }
cpu() { awk '{ print ($14 + $15) / 100 }' "/proc/$server/stat"; }

# start DATA
start() {
  local begun
  begun=$(date +%s%N)
  AUTH_TOKEN=$key VEDETTE__ACCESS__REQUESTSPERKEYPERSECOND=0 VEDETTE__MODELS__TRAINAUTOMATICALLY=false \
    "$root/vedette" serve --data "$1" --port "$port" >/dev/null 2>"$work/log" &
  server=$!
  until curl -sf -o /dev/null "http://127.0.0.1:$port/health/ready"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.05
  done
  ready=$(( ($(date +%s%N) - begun) / 1000000 ))
}

# row NAME ARGUMENT…: one line of the table, after three seconds to warm up; load prints requests/s, events/s, p50, p99, max and the answers by status.
row() {
  local name=$1 before after
  shift
  load "$@" --seconds 3 >/dev/null
  before=$(cpu)
  IFS=$'\t' read -r requests events p50 p99 max statuses < <(load "$@" --seconds "$seconds")
  after=$(cpu)
  echo "| $name | $requests | $events | $p50 | $p99 | $max | $statuses | $(awk -v a="$before" -v b="$after" -v s="$seconds" 'BEGIN { printf "%.2f", (b - a) / s }') | $(status VmRSS) |"
}

# training: what a training, which the server does beside its work, takes from the answers.
training() {
  local url=http://127.0.0.1:$port
  echo
  echo "| \`POST /detect\` and training | requests/s | events/s | p50 ms | p99 ms | max ms | answers | processors used | MB resident |"
  echo "|---|--:|--:|--:|--:|--:|---|--:|--:|"
  row "before a training" detect --connections 4
  curl -sf -o /dev/null -X POST -H "Authorization: Bearer $key" "$url/train" &
  until curl -sf -H "Authorization: Bearer $key" "$url/status" | grep -q '"training_in_progress":true'; do sleep 0.05; done
  row "while one runs" detect --connections 4
  curl -sf -H "Authorization: Bearer $key" "$url/status" | grep -q '"training_in_progress":true' || { echo "The training was over before the measurement was." >&2; exit 1; }
}

# run TITLE DATA [training]
run() {
  start "$2"
  sleep 3
  kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
  echo
  echo "## $1"
  echo
  echo "Ready after $ready ms; $(status VmRSS) MB resident when idle."
  echo
  echo "| load | requests/s | events/s | p50 ms | p99 ms | max ms | answers | processors used | MB resident |"
  echo "|---|--:|--:|--:|--:|--:|---|--:|--:|"
  row "\`POST /detect\`, one line, 4 connections" detect --connections 4
  row "\`POST /logs\`, one event, 64 connections" logs --connections 64
  row "\`POST /logs\`, NDJSON of 1,000 events, 16 connections" logs --connections 16 --batch 1000
  echo
  echo "$(status VmHWM) MB resident at most."
  [ -z "${3:-}" ] || training
  stop
}

echo "$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) processors, $(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GB; $(. /etc/os-release && echo "$PRETTY_NAME"), .NET $(dotnet --list-runtimes | awk '/NETCore.App/ { version = $2 } END { print version }'); $seconds s a run, load from the same machine."
run "Without models" "$work/plain"
models=${MODELS:-$work/models}
[ -d "$models/models" ] || "$root/vedette" train --data "$models" --simulate-hours 24 --no-tuning >/dev/null 2>&1
mkdir -p "$work/trained"
cp -r "$models/models" "$work/trained/"
run "With all models" "$work/trained" training
