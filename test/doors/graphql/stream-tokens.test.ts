import { describe, expect, it } from "vitest";
import { sseMessages } from "../../kit/clients/sse.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { scriptedJob } from "../../kit/scripted-job.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";

const clock = new FakeClock();
const gateway = useGateway({ upstream: "scripted", clock });

const TOKEN = "query ($id: ID!) { streamToken(callId: $id) { token expiresAt } }";
const EVENTS = `subscription ($id: ID!) { event: llmCallEvents(callId: $id) { __typename sequence
  ... on LlmCallDelta { content } ... on LlmCallFinished { call { status content usage { totalTokens } } } } }`;
const START = "mutation ($input: LlmCallInput!) { startLlmCall(input: $input) { id } }";

/** A running call, a token for it, and a request for its stream as EventSource sends it: without any header. */
async function followedCall() {
  const upstream = heldStream();
  const job = await scriptedJob(gateway, upstream);
  const { client } = job.team;
  const { id } = (await client.data(START, { input: job.callInput() })).startLlmCall;
  const { token, expiresAt } = (await client.data(TOKEN, { id })).streamToken;
  const open = (more: { query?: string; id?: string; token?: string } = {}) => {
    const { query = EVENTS, ...given } = more;
    const parameters = { query, variables: JSON.stringify({ id: given.id ?? id }), token: given.token ?? token };
    return fetch(`${gateway.url}/graphql/stream?${new URLSearchParams(parameters)}`);
  };
  return { job, client, upstream, id, token, expiresAt: new Date(expiresAt), open };
}

const refusalOf = async (response: Response) => ({
  status: response.status,
  code: JSON.parse(await response.text()).errors[0].extensions.code,
});

describe("a stream token", () => {
  it("follows its call by GET without a header, and is short-lived", async () => {
    const { upstream, open, expiresAt } = await followedCall();
    expect(Math.abs(expiresAt.getTime() - clock.now().getTime() - 300_000)).toBeLessThan(5_000);
    const response = await open();
    await upstream.arrived;
    upstream.text("Hi.");
    upstream.finish();
    const seen = [];
    for await (const { event, data } of sseMessages(response))
      if (event === "next") seen.push(JSON.parse(data).data.event);
    expect(seen.map(({ __typename }) => __typename)).toEqual(["LlmCallStarted", "LlmCallDelta", "LlmCallFinished"]);
    expect(seen.at(-1).call).toMatchObject({ status: "SUCCEEDED", content: "Hi." });
  });

  it.each([
    [
      "a cost",
      "subscription ($id: ID!) { llmCallEvents(callId: $id) { ... on LlmCallFinished { call { costUsd } } } }",
    ],
    [
      "a job",
      "subscription ($id: ID!) { llmCallEvents(callId: $id) { ... on LlmCallFinished { call { job { id } } } } }",
    ],
    ["another field", "query ($id: ID!) { llmCall(id: $id) { id } }"],
    [
      "a new call",
      'subscription ($id: ID!) { streamLlmCall(input: { jobId: $id, modelGroup: "x", messages: [] }) { sequence } }',
    ],
    ["the team", "{ viewer { __typename } }"],
  ])("does not show %s", async (_, query) => {
    const { open } = await followedCall();
    expect(await refusalOf(await open({ query }))).toEqual({ status: 403, code: "FORBIDDEN" });
  });

  it("opens 100 streams at most, so that it cannot use up those of its key", async () => {
    const { upstream, id, open } = await followedCall();
    const leaves = Array.from({ length: 99 }, () => gateway.app.services.tokenStreams.take(id));
    const last = await open();
    expect(last.status).toBe(200);
    expect(await refusalOf(await open())).toEqual({ status: 429, code: "RATE_LIMITED" });
    for (const leave of leaves) leave();
    await upstream.arrived;
    upstream.finish();
    await last.text();
    expect(gateway.app.services.tokenStreams).toMatchObject({ taken: 0 });
  });

  it("knows its call in either spelling", async () => {
    const { upstream, id, open } = await followedCall();
    const response = await open({ id: id.toUpperCase() });
    expect(response.status).toBe(200);
    await upstream.arrived;
    upstream.finish();
    await response.text();
  });

  it("is for one call", async () => {
    const [one, other] = [await followedCall(), await followedCall()];
    expect(await refusalOf(await one.open({ id: other.id }))).toEqual({ status: 403, code: "FORBIDDEN" });
  });

  it("is no key: no other route takes it", async () => {
    const { token, id } = await followedCall();
    const query = new URLSearchParams({ query: "{ viewer { __typename } }", token });
    const asQuery = await fetch(`${gateway.url}/graphql?${query}`, { headers: { "apollo-require-preflight": "1" } });
    expect(await asQuery.json()).toMatchObject({ data: { viewer: null } });
    const asKey = await fetch(`${gateway.url}/v1/models`, { headers: { authorization: `Bearer ${token}` } });
    expect(asKey.status).toBe(401);
    const posted = await fetch(`${gateway.url}/graphql/stream?token=${token}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: EVENTS, variables: { id } }),
    });
    expect(posted.status).toBe(401);
  });

  it("ends with its time, with its key, and if it is changed", async () => {
    const { job, open, token } = await followedCall();
    const isRefused = async (given?: string) =>
      expect((await open({ ...(given && { token: given }) })).status).toBe(401);
    await isRefused(`${token.slice(0, -3)}abc`);
    await isRefused("nonsense");
    await isRefused("x".repeat(10_000));
    await gateway.admin.data("mutation ($id: ID!) { revokeVirtualKey(id: $id) { id } }", { id: job.team.keyId });
    await isRefused();
    const late = await followedCall();
    clock.advance(301_000);
    expect((await late.open()).status).toBe(401);
  });

  it("ends its open stream too when the key behind it is revoked", async () => {
    const { job, upstream, open } = await followedCall();
    const response = await open();
    await upstream.arrived;
    upstream.text("Hi.");
    const events = sseMessages(response);
    const next = async () => JSON.parse((await events.next()).value?.data ?? "null");
    for (const type of ["LlmCallStarted", "LlmCallDelta"])
      expect((await next()).data.event).toMatchObject({ __typename: type });
    await gateway.admin.data("mutation ($id: ID!) { revokeVirtualKey(id: $id) { id } }", { id: job.team.keyId });
    const { errors } = await next();
    expect(errors[0].extensions.code).toBe("UNAUTHENTICATED");
    expect((await events.next()).value).toMatchObject({ event: "complete" });
    expect((await events.next()).done).toBe(true);
    expect((await open()).status).toBe(401);
  });

  it("is made by whoever may read the call, and by nobody else", async () => {
    const { id } = await followedCall();
    expect((await gateway.admin.data(TOKEN, { id })).streamToken.token).toBeTruthy();
    const other = await gateway.world.team();
    await other.client.refusal("NOT_FOUND", TOKEN, { id });
  });
});
