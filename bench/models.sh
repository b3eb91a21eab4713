#!/usr/bin/env bash
# Measures every model on simulated traffic of each fictional API, with attacks and without any. The models are trained for it, on traffic of other seeds. Usage: bench/models.sh [SEED]
set -euo pipefail
seed="${1:-401}"
for api in shop bank saas site; do
    echo "$api"
    "$(dirname "$0")/../vedette" evaluate --api "$api" --seed "$seed" --hours 12 --rate 300 --honest-hours 8 |
        sed -n '/ events in /p; /^model /,/^static rules, as/p; /false incidents of MEDIUM/p; /^  behavior_anomaly/p'
done
