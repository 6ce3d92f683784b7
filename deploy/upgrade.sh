#!/bin/sh
# Replaces the gateways of docker-compose.yml by those of the present source, one after the other, while nginx sends
# everything to the other one. If a new gateway does not become healthy, it stays out, the other one keeps working, and
# this ends with an error. Run it again when the cause is gone.
set -eu
cd "$(dirname "$0")/.."
gateways="gateway-1 gateway-2"
list=deploy/nginx/gateways.conf

# Edits the list of gateways in place, and tells nginx. Requests and streams that run go on.
tell_nginx() {
  edited=$(sed "$1" "$list")
  printf '%s\n' "$edited" >"$list"
  docker compose exec -T nginx nginx -c /etc/tollgate/nginx.conf -s reload
}

docker compose build $gateways
# The migrations come first. The old gateways go on with the new database, unless CHANGELOG.md says that they cannot.
docker compose run --rm migrate
for gateway in $gateways; do
  tell_nginx "/$gateway/ s/\( down\)*;/ down;/"
  # Requests that nginx took before may still be on their way to the gateway.
  sleep 2
  docker compose up --detach --no-deps --wait "$gateway"
  tell_nginx "/$gateway/ s/ down;/;/"
done
