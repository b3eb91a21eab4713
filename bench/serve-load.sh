#!/usr/bin/env bash
# Starts a server on an empty folder, puts load on it, and prints rates, latencies and memory.
# usage: bench/serve-load.sh [seconds per run]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=${1:-10}
port=${PORT:-18080}
key=load-test-0123456789
data=$(mktemp -d)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet build "$root/bench/Vedette.Load" -c Release -v quiet --nologo >/dev/null
load() { dotnet "$root/bench/Vedette.Load/bin/Release/net10.0/Vedette.Load.dll" "$@" --port "$port" --key "$key"; }
memory() { awk '/VmRSS/ { printf "%.0f MB resident", $2 / 1024 } ' "/proc/$server/status"; }
cpu() { awk '{ printf "%.1f CPU s", ($14 + $15) / 100 }' "/proc/$server/stat"; }

begun=$(date +%s%N)
AUTH_TOKEN=$key VEDETTE__ACCESS__REQUESTSPERKEYPERSECOND=0 VEDETTE__MODELS__TRAINAUTOMATICALLY=false \
  "$root/vedette" serve --data "$data" --port "$port" 2>"$data.log" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$data" "$data.log"' EXIT
until curl -sf -o /dev/null "http://127.0.0.1:$port/health/ready"; do sleep 0.05; done
echo "ready after $(( ($(date +%s%N) - begun) / 1000000 )) ms"
sleep 3
echo "idle: $(memory)"

load detect --connections 4 --seconds 3 >/dev/null
load detect --connections 4 --seconds "$seconds"
echo "after /detect: $(memory), $(cpu)"
load logs --connections 64 --seconds "$seconds"
echo "after single events: $(memory), $(cpu)"
load logs --connections 4 --batch 1000 --seconds "$seconds"
echo "after batches: $(memory), $(cpu)"
