#!/usr/bin/env bash
# Keeps nginx' list of banned addresses in step with Vedette's decisions. Run it every minute, by cron or a systemd timer:
#   VEDETTE=https://vedette.example.com KEY_FILE=/etc/vedette/bouncer.key vedette-bans.sh /etc/nginx/conf.d/vedette-bans.conf
# The key has the role bouncer. nginx is told to reload only when the list changed and is valid. Where Vedette cannot be reached the last list stays.
# In a server block: if ($vedette_banned) { return 403; }
set -euo pipefail
target=${1:?usage: vedette-bans.sh FILE}
: "${VEDETTE:?set VEDETTE to the address of the server}" "${KEY_FILE:?set KEY_FILE to a file with a key of role bouncer}"
reload=${RELOAD:-nginx -t -q && nginx -s reload}

new=$(mktemp "$target.XXXXXX")
old=$(mktemp "$target.XXXXXX")
trap 'rm -f "$new" "$old"' EXIT
# The key goes through a file descriptor: arguments are visible to other users.
decisions=$(curl -fsS --max-time 20 -H @<(printf 'X-Api-Key: %s' "$(<"$KEY_FILE")") "$VEDETTE/v1/decisions/stream?startup=true&scopes=ip,range")
{
  echo "geo \$vedette_banned {"
  echo "  default 0;"
  # Nothing but addresses gets into the file, whatever the answer holds.
  jq -r '.new // [] | map(select(.type == "ban") | .value) | unique[] | select(test("^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$"))' <<<"$decisions" | sed 's/.*/  & 1;/'
  echo "}"
} >"$new"
cmp -s "$new" "$target" && exit 0
chmod 644 "$new"
[ ! -f "$target" ] || cp -p "$target" "$old"
mv "$new" "$target"
if ! bash -c "$reload"; then
  echo "vedette-bans: nginx refuses the new list; the last one stays" >&2
  if [ -s "$old" ]; then mv "$old" "$target"; else rm -f "$target"; fi
  exit 1
fi
