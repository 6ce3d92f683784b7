#!/bin/sh
# Streams an answer over GraphQL as server-sent events. Each event has one result of the subscription as JSON.
set -eu

curl -sSN --fail-with-body "${TOLLGATE_URL:-http://127.0.0.1:8003}/graphql/stream" \
  -H "Authorization: Bearer $TOLLGATE_KEY" \
  -H 'Content-Type: application/json' \
  -d @- <<'JSON'
{
  "query": "subscription ($input: LlmCallInput!) { streamLlmCall(input: $input) { __typename callId sequence ... on LlmCallDelta { content } ... on LlmCallFinished { call { status costUsd } } } }",
  "variables": {
    "input": { "modelGroup": "ChatFast", "messages": [{ "role": "USER", "content": "What is a tollgate?" }] }
  }
}
JSON
