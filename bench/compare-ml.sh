#!/usr/bin/env bash
# Prints what bench/Vedette.ML.Bench measures beside the same work in scikit-learn, XGBoost and PyTorch (installed from the distribution's packages).
# usage: bench/compare-ml.sh [boosting|forests|neighbors|neural|trees]...
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if ! /usr/bin/python3 -c 'import sklearn, torch, xgboost' 2>/dev/null || ! ldconfig -p | grep -q openblas; then
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libopenblas0 python3-sklearn python3-torch python3-xgboost >&2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bench() { dotnet run -c Release --no-build --project "$root/bench/Vedette.ML.Bench" -- "$@"; }

dotnet build -c Release -v quiet --nologo "$root/bench/Vedette.ML.Bench" >&2
bench data "$work/data"
bench "$@" > "$work/ours"
/usr/bin/python3 "$root/bench/peers.py" "$work/data" "$@" > "$work/theirs"

grep -m1 'model name' /proc/cpuinfo | sed 's/.*: /CPU: /'
/usr/bin/python3 -c 'import sklearn, torch, xgboost; print("Peers: scikit-learn", sklearn.__version__, "XGBoost", xgboost.__version__, "PyTorch", torch.__version__)'
echo
echo "| measurement | Vedette | peer | unit |"
echo "|---|---|---|---|"
awk -F'\t' 'NR == FNR { peer[$1] = $2; next } { print "| " $1 " | " $2 " | " ($1 in peer ? peer[$1] : "") " | " $3 " |" }' "$work/theirs" "$work/ours"
