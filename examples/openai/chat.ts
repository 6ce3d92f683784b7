// OpenAI's own client on Tollgate: two calls in one job, the second of them streamed.
// The client reads OPENAI_BASE_URL, such as http://127.0.0.1:8003/v1, and OPENAI_API_KEY, which is a team's key.
import OpenAI from "openai";

const openai = new OpenAI();

/** Jobs are opened and completed over REST. */
async function post(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${openai.baseURL.replace(/\/v1\/?$/, "/api")}${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${openai.apiKey}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Record<string, unknown>;
}

// Without X-Job-Id each call would open, and complete, a job of its own.
const { job_id } = await post("/jobs/create", { job_type: "question" });
const chat = openai.withOptions({ defaultHeaders: { "X-Job-Id": String(job_id) } }).chat.completions;

const answer = await chat.create({
  model: "ChatFast",
  messages: [{ role: "user", content: "What is a tollgate?" }],
});
console.log(answer.choices[0]?.message.content);

const stream = await chat.create({
  model: "ChatFast",
  messages: [{ role: "user", content: "Who pays at a tollgate?" }],
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? "");
console.log();

console.log(await post(`/jobs/${job_id}/complete`, { status: "completed" }));
