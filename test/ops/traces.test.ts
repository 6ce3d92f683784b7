import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SocketClient } from "../kit/clients/ws.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { type GatewayProcess, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { OtlpReceiver, type ReceivedSpan } from "../kit/telemetry/otlp-receiver.js";
import { type ScriptedUpstream, startUpstream } from "../kit/upstream/upstream.js";
import { answer, DEFAULT_USAGE, error } from "../kit/upstream/upstream-behaviours.js";
import { streamed } from "../kit/upstream/upstream-streams.js";
import { COMPLETE_JOB, RUN_LLM_CALL, type TestJob, World } from "../kit/world.js";

const QUESTION = "What is a canary?";
const [SERVER, CLIENT, INTERNAL] = [2, 3, 1];

let receiver: OtlpReceiver;
let upstream: ScriptedUpstream;
let gateway: GatewayProcess;
let job: TestJob;

/** A request's place in a trace of its client's. */
const newParent = () => {
  const [traceId, spanId] = [randomBytes(16).toString("hex"), randomBytes(8).toString("hex")];
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-01` };
};

const post = (path: string, headers: Record<string, string>, body: object, key = job.team.secret) =>
  fetch(`${gateway.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify(body),
  });

/** Sends the requests of the burst at once, over one connection, so that the gateway has all of them at the same time. */
async function pipeline(secret: string, chat: object): Promise<void> {
  const body = JSON.stringify(chat);
  const { host, hostname, port } = new URL(gateway.url);
  const texts = burst.map(({ traceparent }, index) =>
    [
      "POST /v1/chat/completions HTTP/1.1",
      `Host: ${host}`,
      `Authorization: Bearer ${secret}`,
      `Traceparent: ${traceparent}`,
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      `Connection: ${index === burst.length - 1 ? "close" : "keep-alive"}`,
      "",
      body,
    ].join("\r\n"),
  );
  const socket = connect(Number(port), hostname).resume();
  socket.write(texts.join(""));
  await once(socket, "close");
}

const messages = [{ role: "USER", content: QUESTION }];
/** The traces of the requests that are made before the gateway is stopped. */
const graphql = newParent();
const openai = newParent();
const rest = newParent();
const refused = newParent();
/** Of calls that are made at the same time. */
const burst = Array.from({ length: 16 }, newParent);
let errorOfRefused: { message: string; extensions: Record<string, unknown> };
let traceOfSocket: string;
let callOfGraphql: string;

beforeAll(async () => {
  [receiver, upstream] = await Promise.all([OtlpReceiver.start(), startUpstream()]);
  gateway = await startGatewayProcess({
    DATA_DIR: "memory",
    LOG_LEVEL: "info",
    UPSTREAM_URL: upstream.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test",
  });
  const world = new World(gateway.client(ADMIN_KEY), (secret) => gateway.client(secret));
  upstream.on("first", error(429));
  upstream.on("second", answer({ usage: DEFAULT_USAGE, headers: { "x-litellm-response-cost": "0.5" } }));
  upstream.on("streaming", streamed(["A", "B"]));
  job = await (await world.team({ models: ["first", "second"] })).job();
  const input = job.callInput({ messages, temperature: 0.5, maxTokens: 9 });
  const asked = await post("/graphql", graphql, { query: RUN_LLM_CALL, variables: { input } });
  expect(asked.headers.get("x-trace-id")).toBe(graphql.traceId);
  callOfGraphql = ((await asked.json()) as { data: { runLlmCall: { id: string } } }).data.runLlmCall.id;

  const team = await world.team({ models: ["streaming"], credits: 50 });
  const chat = { model: team.modelGroup, stream: true, messages: [{ role: "user", content: QUESTION }] };
  await (await post("/v1/chat/completions", openai, chat, team.secret)).text();
  await fetch(`${gateway.url}/api/jobs/${job.id}`, { headers: { authorization: `Bearer ${team.secret}`, ...rest } });
  const answerOfRefused = await post("/graphql", refused, { query: `{ team(id: "other") { id } }` });
  errorOfRefused = ((await answerOfRefused.json()) as { errors: [typeof errorOfRefused] }).errors[0];

  await pipeline(team.secret, { ...chat, stream: false });

  const socket = new SocketClient(gateway.url, { Authorization: `Bearer ${team.secret}` });
  const events = await socket.stream({ modelGroup: team.modelGroup, messages }).rest();
  expect(events.at(-1).__typename).toBe("LlmCallFinished");
  const watched = await (await world.team()).job();
  const updates = new SocketClient(gateway.url, { Authorization: `Bearer ${watched.team.secret}` });
  const statuses = updates.events("subscription ($id: ID!) { event: jobUpdated(jobId: $id) { status } }", {
    id: watched.id,
  });
  await statuses.next();
  await watched.team.client.data(COMPLETE_JOB, { input: { jobId: watched.id } });
  await statuses.rest();
  updates.close();
  socket.close();
  gateway.signal("SIGTERM");
  expect(await gateway.ended).toBe(0);
  traceOfSocket = receiver.named("subscription streamLlmCall")[0]?.traceId ?? "none";
}, 60_000);

afterAll(async () => {
  await Promise.all([receiver.close(), upstream.close()]);
});

const only = (name: string, { traceId }: { traceId: string }): ReceivedSpan => {
  const [span, ...others] = receiver.named(name, traceId);
  if (!span || others.length > 0)
    throw new Error(
      `${others.length + (span ? 1 : 0)} spans are called ${name}; there are ${receiver.spans.filter((each) => each.traceId === traceId).map((each) => each.name)}`,
    );
  return span;
};

describe("A call over GraphQL is one trace, which goes on from the client's:", () => {
  it("request, operation, statements and attempts, each under the one that it is part of", () => {
    const request = only("POST /graphql", graphql);
    expect(request).toMatchObject({ parentId: graphql.spanId, kind: SERVER, hasFailed: false });
    const operation = only("mutation runLlmCall", graphql);
    expect(operation).toMatchObject({ parentId: request.spanId, kind: INTERNAL });
    for (const statement of ["admit-calls", "settle-calls"]) {
      const span = only(statement, graphql);
      expect(span).toMatchObject({ parentId: operation.spanId, kind: CLIENT });
      expect(span.attributes).toMatchObject({ "db.system.name": "postgresql", "db.query.summary": statement });
    }
    for (const model of ["first", "second"])
      expect(only(`chat ${model}`, graphql)).toMatchObject({ parentId: operation.spanId, kind: CLIENT });
  });

  it("the request tells its status, its team, its job and its call", () => {
    expect(only("POST /graphql", graphql).attributes).toMatchObject({
      "http.response.status_code": 200,
      "tollgate.door": "graphql",
      "tollgate.team.id": job.team.id,
      "tollgate.job.id": job.id,
      "tollgate.call.id": callOfGraphql,
    });
  });

  it("an attempt has the names of the conventions for generative AI, and fails by kind", () => {
    const [failed, answered] = [only("chat first", graphql), only("chat second", graphql)];
    expect(failed).toMatchObject({ hasFailed: true, attributes: { "error.type": "rate-limited" } });
    expect(answered.hasFailed).toBe(false);
    expect(answered.attributes).toMatchObject({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "second",
      "gen_ai.request.temperature": 0.5,
      "gen_ai.request.max_tokens": 9,
      "gen_ai.conversation.id": job.id,
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": 12,
      "gen_ai.usage.output_tokens": 6,
      "server.address": "127.0.0.1",
      "server.port": Number(new URL(upstream.url).port),
      "tollgate.cost.usd": "0.5",
    });
  });

  it("the upstream gets the trace, and the attempt as its parent", () => {
    const asked = upstream.requests.find(({ body }) => body.model === "second");
    const attempt = only("chat second", graphql);
    expect(asked?.headers.traceparent).toBe(`00-${graphql.traceId}-${attempt.spanId}-01`);
  });
});

it("A stream over /v1 and one over a socket are traces too.", () => {
  const request = only("POST /v1/chat/completions", openai);
  expect(only("chat streaming", openai)).toMatchObject({ parentId: request.spanId });
  const operation = only("subscription streamLlmCall", { traceId: traceOfSocket });
  const socket = only("operation", { traceId: traceOfSocket });
  expect(operation.parentId).toBe(socket.spanId);
  expect(only("chat streaming", { traceId: traceOfSocket }).parentId).toBe(operation.spanId);
  expect(only("settle-calls", { traceId: traceOfSocket }).parentId).toBe(operation.spanId);
});

it("A statement that many requests share is part of the first of them, and linked to the others.", () => {
  const ids = (name: string) => new Map(burst.map((each) => [only(name, each).spanId, each.traceId]));
  const requests = ids("POST /v1/chat/completions");
  const shared = receiver.named("admit-calls").filter(({ parentId }) => requests.has(parentId ?? ""));
  expect(shared.length).toBeLessThan(burst.length);
  const reached = shared.flatMap(({ parentId = "", links }) => [parentId, ...links]);
  expect(new Set(reached)).toEqual(new Set(requests.keys()));
});

it("A request over REST is a trace.", () => {
  expect(only("GET /api/jobs/:job_id", rest).attributes).toMatchObject({ "error.type": "NOT_FOUND" });
});

it("Errors and lines of the log name the trace.", () => {
  expect(errorOfRefused.extensions).toMatchObject({ code: "NOT_FOUND", traceId: refused.traceId });
  const of = (message: string) =>
    gateway.log.filter(({ msg, traceId }) => msg === message && traceId === graphql.traceId);
  expect(of("A request has ended.")).toHaveLength(1);
  expect(of("A model failed.")).toHaveLength(1);
  expect(of("A call was settled.")).toMatchObject([{ callId: callOfGraphql }]);
});

it("The service names itself, and background work makes no traces.", () => {
  expect(receiver.resource).toMatchObject({ "service.name": "tollgate", "deployment.environment.name": "test" });
  const roots = receiver.spans.filter(({ parentId }) => parentId === undefined);
  for (const { kind, name } of roots) expect(kind, name).toBe(SERVER);
});

it("What looks for changes on behalf of all readers is in the trace of none.", () => {
  expect(receiver.named("subscription jobUpdated")).toHaveLength(1);
  expect(receiver.spans.filter(({ name }) => /versions|access/.test(name))).toEqual([]);
});

it("The metrics of the conventions are sent too.", () => {
  const metric = (name: string) => receiver.metrics.findLast((each) => each.name === name);
  const points = (name: string) => metric(name)?.points ?? [];
  const ofSecond = (name: string) =>
    points(name).filter(({ attributes }) => attributes["gen_ai.request.model"] === "second");
  expect(metric("gen_ai.client.token.usage")?.unit).toBe("{token}");
  const sums = ofSecond("gen_ai.client.token.usage").map(({ sum, attributes }) => [
    attributes["gen_ai.token.type"],
    sum,
  ]);
  expect(Object.fromEntries(sums)).toEqual({ input: 12, output: 6 });
  expect(ofSecond("gen_ai.client.operation.duration")).toMatchObject([
    { count: 1, attributes: { "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai" } },
  ]);
  expect(ofSecond("gen_ai.server.time_to_first_token")).toMatchObject([{ count: 1 }]);
  const failed = points("gen_ai.client.operation.duration").find(({ attributes }) => attributes["error.type"]);
  expect(failed?.attributes).toMatchObject({ "gen_ai.request.model": "first", "error.type": "rate-limited" });
});

it("No span has anything of the question, of the answer or of a key.", () => {
  const text = JSON.stringify([receiver.spans, receiver.metrics]);
  expect(text).not.toContain(QUESTION);
  expect(text).not.toContain("scripted answer");
  expect(text).not.toMatch(/sk-[0-9a-z]/);
});
