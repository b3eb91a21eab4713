#!/usr/bin/env bash
# Makes the dashboard's pictures for the README from the real program: the demo of some hours, seen by Chromium. Needs Node 20 and chromium; the font Inter (Debian package fonts-inter) makes them as most people see them.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
demo=
trap '[ -z "$demo" ] || kill "$demo" 2>/dev/null || true; rm -rf "$work"' EXIT
port=${PORT:-18080}

"$root/vedette" demo --no-browser --hours "${HOURS:-8}" --seed 3 --port "$port" --data "$work/data" >"$work/log" 2>&1 &
demo=$!
for ((i = 0; i < 600; i++)); do
  grep -q "^Key:" "$work/log" && break
  kill -0 "$demo" || { cat "$work/log" >&2; exit 1; }
  sleep 1
done
sleep "${LIVE_SECONDS:-150}"
(cd "$root/web" && { [ -d node_modules ] || npm ci --no-audit --no-fund; } && node build/screenshots.mjs "http://127.0.0.1:$port" "$(sed -n "s/^Key: *//p" "$work/log")" "$work/shots" overview incident)
cp "$work/shots/overview-dark-wide.png" "$root/docs/images/dashboard-overview.png"
cp "$work/shots/incident-light-wide.png" "$root/docs/images/dashboard-incident.png"
node "$root/web/build/shrink.mjs" "$root"/docs/images/dashboard-*.png
