#!/bin/sh
# The life of a job over REST: it is opened, gets an answer, and is completed, which costs one credit.
set -eu

# Sends a POST with the team's key. If it is refused, the script ends with the gateway's explanation.
post() {
  answer=$(curl -sS --fail-with-body "${TOLLGATE_URL:-http://127.0.0.1:8003}/api$1" \
    -H "Authorization: Bearer $TOLLGATE_KEY" -H 'Content-Type: application/json' -d "$2") || {
    echo "$answer" >&2
    exit 1
  }
  echo "$answer"
}

opened=$(post /jobs/create '{"job_type": "question"}')
job=$(echo "$opened" | sed 's/.*"job_id":"\([^"]*\)".*/\1/')
echo "Opened job $job, which holds one credit."

post "/jobs/$job/llm-call" '{"model_group": "ChatFast", "messages": [{"role": "user", "content": "What is a tollgate?"}]}'

# The answer sums up the costs. Sent again, it brings the same answer and takes no second credit.
post "/jobs/$job/complete" '{"status": "completed"}'
