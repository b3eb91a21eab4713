#!/usr/bin/env bash
# Builds the image and starts or updates the production stack on this machine; goes back to the image before if the new one does not get ready.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  echo "usage: deploy/deploy.sh [--image NAME:TAG]" >&2
  echo "Without --image the image is built from this repository. Settings and secrets: deploy/.env, see deploy/env.example." >&2
  exit 2
}

image=
while [ $# -gt 0 ]; do
  case "$1" in
    --image) image=${2:-}; [ -n "$image" ] || usage; shift 2 ;;
    *) usage ;;
  esac
done

command -v docker >/dev/null || { echo "deploy: docker with its compose plugin is needed" >&2; exit 3; }
[ -f .env ] || { echo "deploy: copy deploy/env.example to deploy/.env and fill it in" >&2; exit 2; }
for file in tls/vedette.crt tls/vedette.key; do
  [ -f "$file" ] || { echo "deploy: deploy/$file is missing; nginx needs a certificate" >&2; exit 2; }
done

compose() { docker compose -f compose.prod.yaml "$@"; }

ready() {
  local deadline=$((SECONDS + 180))
  until compose exec -T vedette curl -fsS http://127.0.0.1:8080/health/ready >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 3
  done
}

before=$(compose images -q vedette 2>/dev/null | head -n 1 || true)
if [ -n "$image" ]; then
  docker pull "$image"
  export VEDETTE_IMAGE=$image
else
  VEDETTE_IMAGE=vedette:$(git rev-parse --short HEAD 2>/dev/null || date +%Y%m%d%H%M%S)
  export VEDETTE_IMAGE
  compose build vedette
fi

compose up -d --no-build
if ready; then
  echo "deploy: $VEDETTE_IMAGE is ready"
  exit 0
fi

compose logs --tail 50 vedette >&2
if [ -n "$before" ]; then
  echo "deploy: $VEDETTE_IMAGE did not get ready within three minutes; going back to $before" >&2
  VEDETTE_IMAGE=$before compose up -d --no-build
  ready || echo "deploy: the image before does not get ready either" >&2
fi
exit 1
