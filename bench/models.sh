#!/usr/bin/env bash
# Trains models for each fictional API on a day of its traffic and on simulated attacks, and measures every model on
# traffic of other seeds: with attacks, and without any. Usage: bench/models.sh [SEED] [FOLDER]
set -euo pipefail
seed="${1:-101}"
folder="${2:-$(mktemp -d)}"
vedette="$(dirname "$0")/../src/Vedette.Cli/bin/Release/net10.0/vedette"
for api in shop bank saas site; do
    "$vedette" simulate --hours 24 --rate 300 --api "$api" --seed 501 --format json --out "$folder/$api.json" 2>/dev/null
    "$vedette" train "$folder/$api.json" --simulate-hours 32 --seed 1 --data "$folder/$api" 2>/dev/null | head -1
    "$vedette" evaluate --api "$api" --seed "$seed" --hours 12 --rate 300 --honest-hours 12 --models "$folder/$api" 2>/dev/null |
        sed -n '/ events in /p; /^model /,/^static rules, as/p; /^Attacks alone/p; /false incidents of MEDIUM/p; /^  behavior_anomaly/p'
    rm "$folder/$api.json"
done
