import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ADMIN, JSON_TYPE, send } from "../kit/clients/http.js";
import { closeWithoutDatabase, startGateway, useGateway } from "../kit/gateway/gateway.js";
import { LogLines, REQUEST } from "../kit/log-lines.js";
import { error } from "../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { name, RUN_LLM_CALL } from "../kit/world.js";

const lines = new LogLines();
const gateway = useGateway({ log: lines.log, upstream: "scripted" });

/** Sends a request with an id of its own. Returns the reply and the lines of the log with that id. */
async function logged(path: string, method: string, headers: Record<string, string>, body?: unknown) {
  const requestId = randomUUID();
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const reply = await send(gateway, { path, method, headers: { ...headers, "x-request-id": requestId }, ...text });
  expect(reply.headers["x-request-id"]).toBe(requestId);
  const [line, ...others] = await lines.ofRequest(requestId);
  expect(others).toEqual([]);
  return { reply, line };
}

/** A team whose model has begun an answer, and does not end it. */
async function teamOfHeldStream() {
  const model = name("model");
  const stream = heldStream();
  gateway.upstream.on(model, stream);
  void stream.arrived.then(() => stream.text("Some"));
  return gateway.world.team({ models: [model] });
}

const bearer = (secret: string) => ({ ...JSON_TYPE, authorization: `Bearer ${secret}` });

describe("Each request is one line of the log:", () => {
  it("a mutation over GraphQL, with its viewer, its call and its job", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    const query = RUN_LLM_CALL.replace("mutation", "mutation Ask");
    const { reply, line } = await logged("/graphql", "POST", bearer(team.secret), {
      query,
      variables: { input: job.callInput() },
    });
    const { id } = JSON.parse(reply.text).data.runLlmCall;
    expect(line).toMatchObject({
      level: 30,
      door: "graphql",
      operation: "mutation runLlmCall",
      operationName: "Ask",
      viewer: "team",
      organizationId: team.organizationId,
      teamId: team.id,
      keyId: team.keyId,
      jobId: job.id,
      callId: id,
      status: 200,
      ms: expect.any(Number),
    });
    expect(line).not.toHaveProperty("errorCode");
    expect(line).not.toHaveProperty("isAborted");
  });

  it("an operation of an organization's key", async () => {
    const { id: organizationId } = await gateway.world.organization();
    const key = await gateway.world.organizationKey(organizationId);
    const { line } = await logged("/graphql", "POST", bearer(key.secret), { query: "{ teams { totalCount } }" });
    expect(line).toMatchObject({ operation: "query teams", viewer: "organization", organizationId, keyId: key.id });
    expect(line).not.toHaveProperty("teamId");
  });

  it("a refused operation, with its code", async () => {
    const { line } = await logged("/graphql", "POST", ADMIN, { query: `{ team(id: "${name("none")}") { id } }` });
    expect(line).toMatchObject({ operation: "query team", viewer: "admin", status: 200, errorCode: "NOT_FOUND" });
  });

  it("a document that is not valid, with the name of no field", async () => {
    const { line } = await logged("/graphql", "POST", ADMIN, { query: "{ secretThing }" });
    expect(line).toMatchObject({ operation: "POST /graphql", status: 400, errorCode: "GRAPHQL_VALIDATION_FAILED" });
    expect(JSON.stringify(line)).not.toContain("secretThing");
  });

  it("several fields at the root, as one operation", async () => {
    const { line } = await logged("/graphql", "POST", ADMIN, {
      query: "{ viewer { __typename } modelGroups { nodes { id } } }",
    });
    expect(line).toMatchObject({ operation: "query several", status: 200 });
  });

  it("a route of REST, by its pattern, with the job from its path", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    const { line } = await logged(`/api/jobs/${job.id}`, "GET", bearer(team.secret));
    expect(line).toMatchObject({ door: "rest", operation: "GET /api/jobs/:job_id", jobId: job.id, status: 200 });
  });

  it("a page that does not exist, without its path", async () => {
    const { line } = await logged("/api/sk-123/secret", "GET", ADMIN);
    expect(line).toMatchObject({ door: "rest", operation: "GET unknown", status: 404, errorCode: "NOT_FOUND" });
    expect(JSON.stringify(line)).not.toContain("sk-123");
  });

  it("a path that the router cannot read", async () => {
    const { line } = await logged("/api/%zz", "GET", ADMIN);
    expect(line).toMatchObject({ door: "rest", operation: "GET unknown", status: 400 });
  });

  it("a stream over /v1, with its whole duration", async () => {
    const team = await gateway.world.team();
    const { reply, line } = await logged("/v1/chat/completions", "POST", bearer(team.secret), {
      model: team.modelGroup,
      stream: true,
      messages: [{ role: "user", content: "Hello?" }],
    });
    expect(line).toMatchObject({
      door: "openai",
      operation: "POST /v1/chat/completions",
      status: 200,
      callId: reply.headers["x-tollgate-call-id"],
      jobId: reply.headers["x-job-id"],
    });
  });

  it("an event stream of graphql-sse", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    const query = "subscription ($input: LlmCallInput!) { streamLlmCall(input: $input) { sequence } }";
    const variables = { input: job.callInput() };
    const { line } = await logged("/graphql/stream", "POST", bearer(team.secret), { query, variables });
    expect(line).toMatchObject({
      door: "graphql-sse",
      operation: "subscription streamLlmCall",
      callId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 200,
    });
  });

  it("a probe, at the level debug", async () => {
    const { line } = await logged("/health/live", "GET", {});
    expect(line).toMatchObject({ level: 20, door: "other", operation: "GET /health/live", viewer: "anonymous" });
  });

  it("an id that is not well-formed is replaced", async () => {
    const reply = await send(gateway, { path: "/health/live", headers: { "x-request-id": 'a"} {"injected' } });
    expect(reply.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("a client that goes away before it has the answer is told of", async () => {
    const team = await teamOfHeldStream();
    const leaving = new AbortController();
    const requestId = randomUUID();
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      headers: { ...bearer(team.secret), "x-request-id": requestId },
      body: JSON.stringify({ model: team.modelGroup, stream: true, messages: [{ role: "user", content: "Hello?" }] }),
      signal: leaving.signal,
    });
    await response.body?.getReader().read();
    leaving.abort();
    const [line] = await lines.ofRequest(requestId);
    expect(line).toMatchObject({ status: 200, isAborted: true });
  });
});

describe("Over a socket", () => {
  it("there is a line for the connection and one for each operation, which ends when the operation does", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    const before = lines.of(REQUEST).length;
    const socket = gateway.socket(team.secret);
    const events = await socket.stream(job.callInput()).rest();
    const [{ callId }] = events;
    await lines.until((line) => line.operation === "subscription streamLlmCall" && line.callId === callId);
    const [connect, operation] = lines.of(REQUEST).slice(before);
    expect(connect).toMatchObject({ door: "graphql-ws", operation: "connect", teamId: team.id, status: 200 });
    expect(operation).toMatchObject({ door: "graphql-ws", teamId: team.id, status: 200, callId });
    expect(operation.requestId).not.toBe(connect.requestId);
  });

  it("a refused operation has the status of its code", async () => {
    const team = await gateway.world.team();
    const socket = gateway.socket(team.secret);
    await expect(socket.follow(randomUUID()).next()).rejects.toThrow("There is no call");
    const line = await lines.until(({ operation }) => operation === "subscription llmCallEvents");
    expect(line).toMatchObject({ errorCode: "NOT_FOUND", status: 404 });
  });

  it("a follower that unsubscribes has aborted", async () => {
    const team = await teamOfHeldStream();
    const job = await team.job();
    const stream = gateway.socket(team.secret).stream(job.callInput({ onDisconnect: "CANCEL" }));
    await stream.until("LlmCallDelta");
    await stream.leave();
    const line = await lines.until(
      ({ teamId, operation }) => teamId === team.id && operation?.startsWith("subscription"),
    );
    expect(line).toMatchObject({ isAborted: true, status: 200 });
  });

  it("an upgrade that is refused has a line, and an id in its answer", async () => {
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      origin: "https://evil.example",
      "x-request-id": "up-1",
    };
    const reply = await send(gateway, { headers });
    expect(reply).toMatchObject({ status: 403, headers: { "x-request-id": "up-1" } });
    const [line] = await lines.ofRequest("up-1");
    expect(line).toMatchObject({ door: "graphql-ws", operation: "upgrade", status: 403, errorCode: "FORBIDDEN" });
  });
});

it("A request that the gateway fails is a warning, over GraphQL too, where its status is 200.", async () => {
  const model = name("model");
  gateway.upstream.on(model, error(500));
  const team = await gateway.world.team({ models: [model] });
  const body = { model: team.modelGroup, messages: [{ role: "user", content: "Hello?" }] };
  const { line } = await logged("/v1/chat/completions", "POST", bearer(team.secret), body);
  expect(line).toMatchObject({ level: 40, status: 502, errorCode: "UPSTREAM_FAILED" });
  const broken = await startGateway({ log: lines.log, mayEndUnsound: true });
  await broken.app.database.close();
  await broken.admin.send("{ organizations { nodes { id } } }");
  const failed = await lines.until((each) => each.operation === "query organizations");
  expect(failed).toMatchObject({
    level: 40,
    status: 200,
    errorCode: expect.stringMatching(/^(INTERNAL|UNAVAILABLE)$/),
  });
  await closeWithoutDatabase(broken);
});
