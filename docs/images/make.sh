#!/usr/bin/env bash
# Makes the pictures of the README from real output. Needs python3 and script (Debian package bsdutils).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$root/vedette" simulate --hours 3 --seed 3 --rate 500 --out traffic.log --truth truth.ndjson
script -qec "stty cols 118; $root/vedette scan traffic.log" /dev/null | tr -d '\r' | sed 's/.*\x1b\[K//' | head -36 \
  | "$root/docs/images/terminal-picture.py" "vedette scan traffic.log" >"$root/docs/images/scan.svg"
