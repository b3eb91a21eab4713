#!/usr/bin/env bash
# Fills the roll-ups of 24 hours at 1,000 requests a second (200 routes, 40,000 addresses, 20,000 users) and times what the dashboard asks a server about them.
# usage: bench/dashboard-queries.sh [FOLDER]; the roll-ups are kept in the folder and found there the next time.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
port=${PORT:-18081}
key=query-test-0123456789
work=$(mktemp -d)
server=
range='from=2026-11-20T12:30:00Z&to=2026-11-21T12:30:00Z'
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

dotnet build "$root/bench/Vedette.Storage.Bench" -c Release -v quiet --nologo >/dev/null
data=${1:-$work/data}
if [ ! -e "$data/filled" ]; then
  mkdir -p "$data"
  dotnet "$root/bench/Vedette.Storage.Bench/bin/Release/net10.0/Vedette.Storage.Bench.dll" fill "sqlite:$data"
  touch "$data/filled"
fi
AUTH_TOKEN=$key VEDETTE__STORAGE__MAXAGE=36500d "$root/vedette" serve --data "$data" --port "$port" >/dev/null 2>"$work/log" &
server=$!
until curl -sf -o /dev/null "http://127.0.0.1:$port/health/ready"; do
  kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  sleep 0.05
done

# row NAME PATH: median and longest of 15 answers, after one to warm up.
row() {
  local times
  curl -fsS -o "$work/answer" -H "X-API-Key: $key" "http://127.0.0.1:$port$2"
  times=$(for _ in {1..15}; do curl -fsS -o /dev/null -w '%{time_total}\n' -H "X-API-Key: $key" "http://127.0.0.1:$port$2"; done | sort -n)
  echo "| $1 | $(echo "$times" | awk 'NR == 8 { printf "%.0f", $1 * 1000 }') | $(echo "$times" | awk 'END { printf "%.0f", $1 * 1000 }') | $(($(wc -c <"$work/answer") / 1024)) |"
}

echo "$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) processors; $(du -sm "$data" | cut -f1) MB of roll-ups."
echo
echo "| 24 hours of | median ms | longest ms | KB answered |"
echo "|---|--:|--:|--:|"
row "overview (\`/api/stats\`), 288 buckets" "/api/stats?$range&buckets=288"
row "all endpoints (\`/api/endpoints\`)" "/api/endpoints?$range"
row "one endpoint (\`/api/analytics/endpoint/…\`)" "/api/analytics/endpoint/api%2Fv1%2Fresource7%2F%7Bid%7D?$range"
row "one address (\`/api/clients/…\`)" "/api/clients/203.0.0.3?$range"
row "one user (\`/api/users/…\`)" "/api/users/user3?$range"
