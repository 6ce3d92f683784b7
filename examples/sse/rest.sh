#!/bin/sh
# Streams an answer over REST as server-sent events in OpenAI's format, loses the connection, and goes on without a gap.
set -eu
api=${TOLLGATE_URL:-http://127.0.0.1:8003}/api
headers=$(mktemp)
events=$(mktemp)
trap 'rm -f "$headers" "$events"' EXIT

# Makes a call in a job of its own. `head` cuts the connection after three events, each of which has three lines.
curl -sN -D "$headers" "$api/jobs/create-and-call-stream" \
  -H "Authorization: Bearer $TOLLGATE_KEY" \
  -H 'Content-Type: application/json' \
  -d '{"model_group": "ChatFast", "messages": [{"role": "user", "content": "What is a tollgate?"}]}' |
  head -n 9 | tee "$events"

# The headers of the answer name the job and the call. The gateway lets the call go on for DISCONNECT_GRACE_MS.
header() { sed -n "s/^$1: //p" "$headers" | tr -d '\r'; }
job=$(header x-job-id)
call=$(header x-tollgate-call-id)
last=$(sed -n 's/^id: //p' "$events" | tail -n 1)
echo ": the connection was lost after event ${last:?}"

# Follows the same call from the next event on.
curl -sSN --fail-with-body "$api/jobs/$job/calls/$call/stream" \
  -H "Authorization: Bearer $TOLLGATE_KEY" \
  -H "Last-Event-ID: $last"
