import { describe, expect, it } from "vitest";
import { documentedEvents, openApi } from "../../kit/clients/openapi.js";
import { type SseMessage, SseReader } from "../../kit/clients/sse.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { heldStream, streamed } from "../../kit/upstream/upstream-streams.js";
import { name, START_LLM_CALL, type TestJob } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const QUESTION = { messages: [{ role: "user", content: "What is a tollgate?" }] };

async function jobWith(behaviour: Parameters<typeof gateway.upstream.on>[1]): Promise<TestJob> {
  const model = name("model");
  gateway.upstream.on(model, behaviour);
  return (await gateway.world.team({ models: [model] })).job();
}

function send(method: string, path: string, job: TestJob, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${gateway.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${job.team.secret}`, "content-type": "application/json", ...headers },
    ...(method === "POST" && { body: JSON.stringify({ model_group: job.team.modelGroup, ...QUESTION }) }),
  });
}

async function messagesOf(response: Response): Promise<SseMessage[]> {
  return documentedEvents(await openApi(gateway.url), await response.text(), response.url);
}

const textOf = (messages: SseMessage[]): string =>
  messages.map(({ data }) => (data === "[DONE]" ? "" : (JSON.parse(data).choices[0]?.delta.content ?? ""))).join("");

describe("an event stream over REST", () => {
  it("is OpenAI's chunks, numbered, the last of them with the usage", async () => {
    const job = await jobWith(streamed(["To", "ll", "gate"]));
    const response = await send("POST", `/jobs/${job.id}/llm-call-stream`, job);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(response.headers.get("x-tollgate-call-id")).toMatch(/^[0-9a-f-]{36}$/);
    const messages = await messagesOf(response);
    expect(messages.at(-1)?.data).toBe("[DONE]");
    expect(JSON.parse(messages.at(-2)?.data ?? "")).toMatchObject({ choices: [], usage: { total_tokens: 18 } });
    expect(textOf(messages)).toBe("Tollgate");
    const ids = messages.flatMap(({ id }) => (id ? [Number(id)] : []));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it("is taken up again after its last event, without a gap or a repeat", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const gone = new AbortController();
    const asked = fetch(`${gateway.url}/api/jobs/${job.id}/llm-call-stream`, {
      method: "POST",
      headers: { authorization: `Bearer ${job.team.secret}`, "content-type": "application/json" },
      body: JSON.stringify({ model_group: job.team.modelGroup, ...QUESTION }),
      signal: gone.signal,
    });
    await upstream.arrived;
    const reader = new SseReader();
    const seen = reader.messages;
    const decoder = new TextDecoder();
    upstream.text("Once ");
    const first = await asked;
    const callId = first.headers.get("x-tollgate-call-id");
    for await (const bytes of first.body ?? []) {
      reader.feed(decoder.decode(bytes, { stream: true }));
      if (textOf(seen) === "Once ") break;
    }
    gone.abort();
    upstream.text("more");
    const resumed = send("GET", `/jobs/${job.id}/calls/${callId}/stream`, job, {
      "last-event-id": seen.at(-1)?.id ?? "",
    });
    const response = await resumed;
    upstream.finish();
    expect(textOf(await messagesOf(response))).toBe("more");
    const whole = await messagesOf(await send("GET", `/jobs/${job.id}/calls/${callId}/stream`, job));
    expect(textOf(whole)).toBe("Once more");
    expect((await job.read()).costs.totalCalls).toBe(1);
  });

  it("opens a job of its own if it is asked to", async () => {
    const job = await jobWith(streamed(["Yes."]));
    const response = await send("POST", "/jobs/create-and-call-stream", job);
    expect(textOf(await messagesOf(response))).toBe("Yes.");
    const own = await send("GET", `/jobs/${response.headers.get("x-job-id")}`, job);
    expect(await own.json()).toMatchObject({ status: "completed" });
  });

  it("that is cut ends with an error and without [DONE]", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const asked = send("POST", `/jobs/${job.id}/llm-call-stream`, job);
    await upstream.arrived;
    upstream.text("Once");
    const response = await asked;
    upstream.cut();
    const messages = await messagesOf(response);
    expect(JSON.parse(messages.at(-1)?.data ?? "")).toMatchObject({
      error: { type: "server_error", code: "upstream_failed", message: expect.stringContaining("cut off") },
    });
  });

  it("marks what replaces all that came before, when another model starts the answer over", async () => {
    const [broken, sound] = [name("model"), name("model")];
    const upstream = heldStream();
    gateway.upstream.on(broken, upstream);
    gateway.upstream.on(sound, streamed(["Twice"]));
    const job = await (await gateway.world.team({ models: [broken, sound] })).job();
    const input = job.callInput({ onMidStreamFailure: "RESTART" });
    const { startLlmCall } = await job.team.client.data(START_LLM_CALL, { input });
    const asked = send("GET", `/jobs/${job.id}/calls/${startLlmCall.id}/stream`, job);
    await upstream.arrived;
    upstream.text("Once");
    const response = await asked;
    let stream = "";
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      stream += text;
      if (stream.includes("Once")) upstream.cut();
    }
    const messages = documentedEvents(await openApi(gateway.url), stream, response.url);
    const chunks = messages.slice(0, -1).map(({ data }) => JSON.parse(data));
    const start = chunks.findIndex(({ replaces }) => replaces === true);
    expect(chunks[start]).toMatchObject({ model: sound, choices: [{ delta: { role: "assistant", content: "" } }] });
    const text = chunks.slice(start).map(({ choices }) => choices[0]?.delta.content ?? "");
    expect(text.join("")).toBe("Twice");
  });

  it("is refused as plain calls are, and for a call of another job or team", async () => {
    const job = await jobWith(streamed(["Yes."]));
    const other = await jobWith(streamed(["No."]));
    const callId = (await send("POST", `/jobs/${job.id}/llm-call-stream`, job)).headers.get("x-tollgate-call-id");
    for (const [path, as, headers, status] of [
      [`/jobs/${job.id}/calls/${callId}/stream`, other, {}, 404],
      [`/jobs/${other.id}/calls/${callId}/stream`, job, {}, 404],
      [`/jobs/${job.id}/calls/nope/stream`, job, {}, 404],
      [`/jobs/${job.id}/calls/${callId}/stream`, job, { "last-event-id": "x" }, 422],
    ] as const) {
      const response = await send("GET", path, as, headers);
      expect(response.status, path).toBe(status);
      expect(await response.json()).toHaveProperty("detail");
    }
    await job.complete();
    expect((await send("POST", `/jobs/${job.id}/llm-call-stream`, job)).status).toBe(409);
  });

  it("is refused before it buys anything, if its key has as many streams open as it may", async () => {
    const job = await jobWith(streamed(["Yes."]));
    const credential = `key:${job.team.keyId}`;
    const leaves = Array.from({ length: 2_000 }, () => gateway.app.services.openStreams.take(credential));
    for (const path of [`/jobs/${job.id}/llm-call-stream`, "/jobs/create-and-call-stream"]) {
      const response = await send("POST", path, job);
      expect([response.status, response.headers.get("x-tollgate-error-code")], path).toEqual([429, "RATE_LIMITED"]);
      expect(await response.json()).toMatchObject({
        limit: "concurrency",
        limit_of: "key",
        detail: expect.stringContaining("2000 open streams"),
      });
    }
    expect((await job.read()).costs.totalCalls).toBe(0);
    const { total } = (await (await send("GET", `/teams/${job.team.id}/jobs`, job)).json()) as { total: number };
    expect(total).toBe(1);
    for (const leave of leaves) leave();
    expect(textOf(await messagesOf(await send("POST", `/jobs/${job.id}/llm-call-stream`, job)))).toBe("Yes.");
  });

  it("gives its slot back when its client goes away", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const credential = `key:${job.team.keyId}`;
    const { openStreams } = gateway.app.services;
    const leaves = Array.from({ length: 1_999 }, () => openStreams.take(credential));
    const gone = new AbortController();
    const asked = fetch(`${gateway.url}/api/jobs/${job.id}/llm-call-stream`, {
      method: "POST",
      headers: { authorization: `Bearer ${job.team.secret}`, "content-type": "application/json" },
      body: JSON.stringify({ model_group: job.team.modelGroup, ...QUESTION }),
      signal: gone.signal,
    }).catch(() => "gone");
    await upstream.arrived;
    expect(() => openStreams.take(credential)).toThrow("2000 open streams");
    gone.abort();
    expect(await asked).toBe("gone");
    await expect.poll(() => leaves.push(openStreams.take(credential))).toBe(2_000);
    for (const leave of leaves) leave();
  });

  it("and plain calls take an Idempotency-Key", async () => {
    const job = await jobWith(streamed(["Yes."]));
    const ids = [];
    for (let times = 0; times < 2; times++) {
      const response = await send("POST", `/jobs/${job.id}/llm-call-stream`, job, { "idempotency-key": "k1" });
      ids.push(response.headers.get("x-tollgate-call-id"));
      expect(textOf(await messagesOf(response))).toBe("Yes.");
    }
    const plain = await send("POST", `/jobs/${job.id}/llm-call`, job, { "idempotency-key": "k1" });
    expect([...ids, ((await plain.json()) as { call_id: string }).call_id]).toEqual([ids[0], ids[0], ids[0]]);
    expect((await job.read()).costs.totalCalls).toBe(1);
  });
});
