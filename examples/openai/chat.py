"""OpenAI's own client on Tollgate: two calls in one job, the second of them streamed.

The client reads OPENAI_BASE_URL, such as http://127.0.0.1:8003/v1, and OPENAI_API_KEY, which is a team's key.
"""

import json
import os
import urllib.request

from openai import OpenAI


def post(path: str, body: dict) -> dict:
    """Jobs are opened and completed over REST."""
    request = urllib.request.Request(
        os.environ["OPENAI_BASE_URL"].rstrip("/").removesuffix("/v1") + "/api" + path,
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


# Without X-Job-Id each call would open, and complete, a job of its own.
job_id = post("/jobs/create", {"job_type": "question"})["job_id"]
chat = OpenAI(default_headers={"X-Job-Id": job_id}).chat.completions

answer = chat.create(
    model="ChatFast",
    messages=[{"role": "user", "content": "What is a tollgate?"}],
)
print(answer.choices[0].message.content)

stream = chat.create(
    model="ChatFast",
    messages=[{"role": "user", "content": "Who pays at a tollgate?"}],
    stream=True,
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
print()

print(post(f"/jobs/{job_id}/complete", {"status": "completed"}))
