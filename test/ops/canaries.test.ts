import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { safeError } from "../../src/lib/observe/safe-error.js";
import { JSON_TYPE, send } from "../kit/clients/http.js";
import { readSse } from "../kit/clients/sse.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { CALL, LogLines, REQUEST } from "../kit/log-lines.js";
import { answer, type Behaviour, cut, error, garbage, openAiError } from "../kit/upstream/upstream-behaviours.js";
import { cutStream, streamed } from "../kit/upstream/upstream-streams.js";
import { name, RUN_LLM_CALL } from "../kit/world.js";

const lines = new LogLines("trace");
const gateway = useGateway({ log: lines.log, upstream: "scripted" });

/** Texts that must not get into the log, wherever a client or a model puts them. */
const QUESTION = "canary-of-the-question";
const ANSWER = "canary-of-the-answer";
const HIDDEN = /canary|sk-[0-9a-f]{8,}|sk-upstream|sk-admin/;

const SCRIPTS: Readonly<Record<string, Behaviour>> = {
  "answers in full": answer({
    content: ANSWER,
    toolCalls: [{ id: "1", name: "tool", arguments: `{"a":"${ANSWER}"}` }],
  }),
  streams: streamed([ANSWER, ANSWER]),
  "streams and is cut": cutStream([ANSWER]),
  "is cut": cut(),
  "answers what is not JSON": garbage(`${ANSWER} {`),
  "answers a piece of JSON": garbage(`{"choices": "${ANSWER}", `),
  "refuses, and repeats the question": error(400, openAiError(`Bad content: ${QUESTION}`, "invalid_request_error")),
  "refuses the key, and repeats it": error(401, openAiError("Incorrect API key provided: sk-upstream", "auth")),
  "is overloaded, and says what it was asked": error(503, `No room for ${QUESTION}`),
};

describe.each(Object.entries(SCRIPTS))("If the upstream %s,", (_name, behaviour) => {
  it.each([
    ["/v1/chat/completions", false],
    ["/v1/chat/completions", true],
    ["/v1/messages", false],
    ["/v1/messages", true],
  ])("nothing of the question, the answer or a key is logged by %s (streamed: %s)", async (path, stream) => {
    const model = name("model");
    gateway.upstream.on(model, behaviour);
    const team = await gateway.world.team({ models: [model] });
    const version = { "anthropic-version": "2023-06-01" };
    const headers = { ...JSON_TYPE, ...version, "x-api-key": team.secret, "x-request-id": randomUUID() };
    const messages = [{ role: "user", content: QUESTION }];
    const reply = await send(gateway, {
      method: "POST",
      path,
      headers,
      body: JSON.stringify({ model: team.modelGroup, stream, messages, max_tokens: 100, metadata: { note: QUESTION } }),
    });
    if (stream && reply.status === 200) expect(readSse(reply.text).length).toBeGreaterThan(0);
    await lines.ofRequest(headers["x-request-id"]);
    expect(lines.text).not.toMatch(HIDDEN);
  });
});

describe.each(Object.entries(SCRIPTS))("If the upstream of a tool %s,", (_name, behaviour) => {
  it.each([false, true])("nothing of what an agent asks or hears is logged (with progress: %s)", async (progress) => {
    const model = name("model");
    gateway.upstream.on(model, behaviour);
    const team = await gateway.world.team({ models: [model] });
    const accept = "application/json, text/event-stream";
    const headers = { ...JSON_TYPE, accept, "x-api-key": team.secret, "x-request-id": randomUUID() };
    const input = { model_group: team.modelGroup, prompt: QUESTION, purpose: QUESTION };
    const params = { name: "run_call", arguments: input, ...(progress && { _meta: { progressToken: QUESTION } }) };
    const body = JSON.stringify({ jsonrpc: "2.0", id: QUESTION, method: "tools/call", params });
    const reply = await send(gateway, { method: "POST", path: "/mcp", headers, body });
    expect(readSse(reply.text).at(-1)?.data).toContain(QUESTION);
    await lines.ofRequest(headers["x-request-id"]);
    expect(lines.text).not.toMatch(HIDDEN);
  });
});

describe("Wherever a client puts a secret,", () => {
  const places: Readonly<Record<string, (key: string) => Parameters<typeof send>[1]>> = {
    "the path": (key) => ({ path: `/api/jobs/${key}` }),
    "the query of the address": (key) => ({ path: `/graphql?query={__typename}&key=${key}`, headers: JSON_TYPE }),
    "a cookie": (key) => ({ path: "/health/live", headers: { cookie: `key=${key}` } }),
    "the user agent": (key) => ({ path: "/api/teams", headers: { "user-agent": key } }),
    "the wrong header": (key) => ({ path: "/api/teams", headers: { "x-admin-key": key } }),
    "the key of Anthropic's clients": (key) => ({ path: "/v1/messages", headers: { "x-api-key": `${key}x` } }),
    "an argument of a tool that there is not": (key) => ({
      method: "POST",
      path: "/mcp",
      headers: { ...JSON_TYPE, authorization: `Bearer ${key}`, accept: "application/json, text/event-stream" },
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: key,
        method: "tools/call",
        params: { name: key, arguments: { key } },
      }),
    }),
    "a variable": (key) => ({
      method: "POST",
      headers: JSON_TYPE,
      body: JSON.stringify({ query: `query ($id: ID!) { job(id: $id) { id } }`, variables: { id: key } }),
    }),
    "a document": (key) => ({
      method: "POST",
      headers: JSON_TYPE,
      body: JSON.stringify({ query: `{ job(id: "${key}") { id } }` }),
    }),
    "a body that is not JSON": (key) => ({ method: "POST", headers: JSON_TYPE, body: `{"query": ${key}` }),
  };
  it.each(Object.entries(places))("%s is not logged", async (_name, request) => {
    const { secret } = await gateway.world.team();
    const requestId = randomUUID();
    const sent = request(secret);
    await send(gateway, { ...sent, headers: { ...sent.headers, "x-request-id": requestId } });
    await lines.ofRequest(requestId);
    expect(lines.text).not.toContain(secret);
  });
});

it("A failure inside is logged without what the database was given.", async () => {
  const team = await gateway.world.team();
  const job = await team.job();
  await gateway.database.db.$executeRawUnsafe(
    "ALTER TABLE llm_calls ADD CONSTRAINT refused CHECK (content IS NULL OR content NOT LIKE '%answer%') NOT VALID",
  );
  gateway.upstream.on("gpt-4o-mini", answer({ content: ANSWER }));
  await job.team.client.send(RUN_LLM_CALL, { input: job.callInput() });
  await gateway.database.db.$executeRawUnsafe("ALTER TABLE llm_calls DROP CONSTRAINT refused");
  const { err } = await lines.until(({ msg }) => msg?.startsWith("An answer could not be stored"));
  expect(err).toMatchObject({ code: "23514", message: expect.stringContaining("refused") });
  expect(lines.text).not.toMatch(HIDDEN);
});

it("The log does have lines of all that.", () => {
  expect(lines.of(REQUEST).length).toBeGreaterThan(20);
  expect(lines.of(CALL).length).toBeGreaterThan(10);
});

it("An error is logged without quotations of what could not be read, and with its causes.", () => {
  const unreadable = (() => {
    try {
      return JSON.parse(ANSWER);
    } catch (failure) {
      return failure;
    }
  })();
  const refused = Object.assign(new Error(`invalid input syntax for type uuid: "${ANSWER}"`), {
    severity: "ERROR",
    code: "22P02",
  });
  const logged = safeError(new Error("outer", { cause: Object.assign(refused, { cause: unreadable }) }));
  expect(logged).toMatchObject({
    message: "outer",
    cause: { code: "22P02", message: 'invalid input syntax for type uuid: "..."', cause: { type: "SyntaxError" } },
  });
  expect(JSON.stringify(logged)).not.toMatch(HIDDEN);
});

it("An error of the database is logged without what the database was given, whichever way it took.", async () => {
  const { db, sql } = gateway.database;
  const cast = (type: string) => sql.query({ text: `SELECT $1::text::${type} AS value`, values: [ANSWER] }, {});
  const failures = await Promise.allSettled([
    db.$queryRawUnsafe("SELECT $1::text::uuid", ANSWER),
    db.$transaction((tx) => tx.$queryRawUnsafe("SELECT $1::text::int", ANSWER)),
    db.organization.create({ data: { id: ANSWER, name: ANSWER } as never }),
    db.organization.create({ data: { id: ANSWER, name: ANSWER, [ANSWER]: ANSWER, createdAt: new Date("?") } as never }),
    cast("timestamptz"),
    sql.query({ text: "SELECT now() AT TIME ZONE $1 AS value", values: [ANSWER] }, {}),
    sql.query({ text: "SELECT $1::text::uuid AS value", values: [`: "${ANSWER}" and "${ANSWER}`] }, {}),
  ]);
  for (const failure of failures) {
    if (failure.status === "fulfilled") throw new Error("It should have failed.");
    const logged = safeError(failure.reason);
    expect(logged.message.length).toBeGreaterThan(10);
    expect(JSON.stringify(logged)).not.toMatch(HIDDEN);
  }
});
