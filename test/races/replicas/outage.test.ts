import { describe, expect, it } from "vitest";
import { type SseMessage, sseMessages } from "../../kit/clients/sse.js";
import { type Events, textOf } from "../../kit/clients/ws.js";
import { expectSoundLedger } from "../../kit/database/ledger.js";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { remoteCall } from "../../kit/streams/remote-call.js";
import { answer, type Behaviour } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream, streamed } from "../../kit/upstream/upstream-streams.js";
import { name } from "../../kit/world.js";

describe.runIf(canReplicate())("Redis goes away and comes back", { timeout: 120_000 }, () => {
  const replicas = useReplicas();

  const failureOf = (events: Events) =>
    events.rest().then(
      () => undefined,
      (error: unknown) => error,
    );

  async function restart(): Promise<void> {
    await replicas.redis.start();
    await replicas.connected();
  }

  it("followers elsewhere get an error that says so, and go on where they were once it is back", async () => {
    const { team, upstream, id, asked } = await remoteCall(replicas);
    const first = replicas.socket(replicas.b, team).follow(id);
    const { sequence } = await first.until("LlmCallDelta");
    await replicas.redis.stop();
    expect(await failureOf(first)).toMatchObject({ code: "UNAVAILABLE", retryable: true });
    const resumed = replicas.socket(replicas.b, team).follow(id, sequence);
    const next = resumed.next();
    upstream.text("upon ");
    expect((await asked.until("LlmCallDelta")).content, "a follower in the call's own process").toBe("upon ");
    await restart();
    expect(await next).toMatchObject({ __typename: "LlmCallDelta", content: "upon ", sequence: sequence + 1 });
    upstream.text("a time");
    expect(await resumed.next()).toMatchObject({ content: "a time" });
    upstream.finish();
    expect((await resumed.rest()).at(-1)).toMatchObject({
      __typename: "LlmCallFinished",
      call: { status: "SUCCEEDED" },
    });
    expect(textOf([...first.seen, ...resumed.seen])).toBe("Once upon a time");
  });

  it("a call that ends meanwhile answers elsewhere from its row", async () => {
    const { team, upstream, id } = await remoteCall(replicas);
    await replicas.redis.stop();
    const events = replicas.socket(replicas.b, team).follow(id);
    upstream.text("upon");
    upstream.finish();
    const [snapshot, end] = await events.rest();
    expect(snapshot).toMatchObject({ __typename: "LlmCallSnapshot", content: "Once upon" });
    expect(end).toMatchObject({ __typename: "LlmCallFinished", call: { status: "SUCCEEDED", content: "Once upon" } });
    await restart();
  });

  it("every transport tells it: server-sent events of GraphQL, of REST and of /v1", async () => {
    const { witness, a, b, redis } = replicas;
    const [model, upstream] = [name("model"), heldStream()];
    witness.upstream.on(model, upstream);
    const team = await witness.world.team({ models: [model] });
    const job = await team.job();
    const headers = { authorization: `Bearer ${team.secret}`, "content-type": "application/json" };
    const key = { "idempotency-key": name("key"), "x-job-id": job.id, "x-tollgate-resume": "on" };
    const messages = [{ role: "user", content: "What is a tollgate?" }];
    const body = JSON.stringify({ model: team.modelGroup, messages, stream: true });
    const chat = (url: string, more = {}) =>
      fetch(`${url}/v1/chat/completions`, { method: "POST", headers: { ...headers, ...key, ...more }, body });
    const own = chat(a.url);
    await upstream.arrived;
    upstream.text("Once ");
    const id = (await own).headers.get("x-tollgate-call-id") ?? "";
    const query = `subscription { llmCallEvents(callId: "${id}") { __typename } }`;
    const streams = await Promise.all([
      fetch(`${b.url}/graphql/stream`, { method: "POST", headers, body: JSON.stringify({ query }) }),
      fetch(`${b.url}/api/jobs/${job.id}/calls/${id}/stream`, { headers }),
      chat(b.url),
    ]);
    const readers = streams.map(sseMessages);
    for (const reader of readers) await until(reader, /LlmCallDelta|Once/);
    await redis.stop();
    const [graphql, rest, openai] = await Promise.all(readers.map((reader) => until(reader, /error/)));
    expect(JSON.parse(graphql?.data ?? "").errors[0].extensions).toMatchObject({
      code: "UNAVAILABLE",
      retryable: true,
    });
    for (const last of [rest, openai])
      expect(JSON.parse(last?.data ?? "").error).toMatchObject({ code: "unavailable", type: "server_error" });
    await restart();
    const resuming = chat(b.url, { "last-event-id": "2" });
    upstream.text("upon");
    const resumed = sseMessages(await resuming);
    expect(JSON.parse((await resumed.next()).value?.data ?? "").choices[0].delta).toEqual({ content: "upon" });
    upstream.finish();
    for await (const { data } of resumed) expect(data).not.toMatch(/error|Once/);
    await (await own).body?.cancel();
  });

  it("under load: every call runs, is settled and is charged once", async () => {
    const { witness, a, b, c, redis } = replicas;
    const model = name("model");
    witness.upstream.on(model, slowly(answer(), streamed(["Yes", ", sir."])));
    const CALLS = 600;
    const team = await witness.world.team({ models: [model], credits: CALLS });
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Well?" }] };
    const run = "mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { status } }";
    let left = CALLS;
    let done = 0;
    const clients = Array.from({ length: 18 }, async (_, index) => {
      const at = [a, b, c][index % 3] ?? a;
      while (left > 0) {
        left -= 1;
        if (index % 2 === 0) {
          const { runLlmCall } = await at.client(team.secret).data(run, { input });
          expect(runLlmCall.status).toBe("SUCCEEDED");
        } else {
          const events = replicas.socket(at, team).stream(input);
          await events.rest();
          expect(events.seen.at(-1)).toMatchObject({ __typename: "LlmCallFinished", call: { status: "SUCCEEDED" } });
        }
        done += 1;
      }
    });
    const outages = async () => {
      for (const share of [0.2, 0.5]) {
        await expect.poll(() => done, { timeout: 60_000, interval: 10 }).toBeGreaterThan(share * CALLS);
        await redis.stop();
        await expect.poll(() => done, { timeout: 60_000, interval: 10 }).toBeGreaterThan((share + 0.2) * CALLS);
        await restart();
      }
    };
    await Promise.all([...clients, outages()]);
    expect(await team.credits()).toMatchObject({ used: CALLS, held: 0, available: 0 });
    await expectSoundLedger(witness.database.db);
  });
});

async function until(reader: AsyncGenerator<SseMessage, void, undefined>, wanted: RegExp): Promise<SseMessage> {
  for (let next = await reader.next(); !next.done; next = await reader.next())
    if (wanted.test(next.value.data)) return next.value;
  throw new Error(`The stream ended without ${wanted}.`);
}

const slowly =
  (plain: Behaviour, stream: Behaviour): Behaviour =>
  (exchange) =>
    void setTimeout(() => exchange.response.destroyed || (exchange.request.body.stream ? stream : plain)(exchange), 20);
