import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { openAiOf } from "../kit/clients/openai.js";
import { STREAM } from "../kit/clients/ws.js";
import { FakeClock } from "../kit/gateway/clock.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { limitsOf } from "../kit/limits.js";
import { answer } from "../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { RUN_LLM_CALL } from "../kit/world.js";

const clock = new FakeClock();
const gateway = useGateway({ upstream: "scripted", clock });
const { teamWith } = openAiOf(gateway);

/** The headers of limits, without the common start of their names. */
function limitHeaders(headers: Headers): Record<string, string> {
  const names = [...headers].filter(
    ([header]) => header.startsWith("x-ratelimit-") || header.startsWith("retry-after"),
  );
  return Object.fromEntries(names.map(([header, value]) => [header.replace("x-ratelimit-", ""), value]));
}

async function limited(limits: Record<string, unknown> | null) {
  const made = await teamWith(answer({ usage: { prompt_tokens: 6, completion_tokens: 4 } }));
  const admin = limitsOf(gateway.admin, made.team);
  if (limits) await admin.set(limits);
  const job = await made.team.job();
  return { ...made, admin, job, rest: gateway.rest(made.team.secret), path: `/api/jobs/${job.id}` };
}
const QUESTION = { messages: [{ role: "user", content: "What is a tollgate?" }] };
const MODEL = (model_group: string) => ({ model_group, ...QUESTION });

const REFUSED = "The team may begin 1 call a minute, and has begun 1. Try again in 60 seconds.";

describe("/v1", () => {
  it("tells where the limits stand in OpenAI's headers, with every answer and every refusal", async () => {
    const { openai, chat } = await limited({ requestsPerMinute: 2, tokensPerMinute: 5_000 });
    const first = await openai.chat.completions.create(chat).withResponse();
    expect(limitHeaders(first.response.headers)).toEqual({
      "limit-requests": "2",
      "remaining-requests": "1",
      "reset-requests": "1m0s",
      "limit-tokens": "5000",
      "remaining-tokens": "3967",
      "reset-tokens": "1m0s",
    });
    await clock.advance(29_750);
    const second = await openai.chat.completions.create({ ...chat, stream: true, max_tokens: 90 }).withResponse();
    expect(limitHeaders(second.response.headers)).toMatchObject({
      "remaining-requests": "0",
      "reset-requests": "30.25s",
      "remaining-tokens": "4891",
    });
    for await (const _ of second.data);
    const refused = await openai.chat.completions.create(chat).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OpenAI.RateLimitError);
    const { status, code, type, message, headers } = refused as InstanceType<typeof OpenAI.RateLimitError>;
    expect([status, code, type]).toEqual([429, "rate_limit_exceeded", "rate_limit_error"]);
    expect(message).toContain("The team may begin 2 calls a minute, and has begun 2. Try again in 31 seconds.");
    expect(limitHeaders(headers as Headers)).toMatchObject({
      "retry-after": "31",
      "retry-after-ms": "30250",
      "limit-requests": "2",
      "remaining-requests": "0",
      "reset-requests": "30.25s",
    });
  });

  it("tells of the limit that is nearest to refuse, of the team or of the key, and of none that is only measured", async () => {
    const { openai, chat, admin } = await limited({ requestsPerMinute: 3, tokensPerMinute: 9, isEnforced: false });
    const headers = async () =>
      limitHeaders((await openai.chat.completions.create(chat).withResponse()).response.headers);
    expect(await headers()).toEqual({});
    await admin.set({ isEnforced: true, tokensPerMinute: null });
    await admin.setOfKey({ requestsPerMinute: 10 });
    expect(await headers()).toMatchObject({ "limit-requests": "3", "remaining-requests": "1" });
    await admin.setOfKey({ requestsPerMinute: 1 });
    await admin.set({ requestsPerMinute: 3 });
    const error = await openai.chat.completions.create(chat).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({
      status: 429,
      message: expect.stringContaining("The key may begin 1 call a minute"),
    });
  });

  it("tells nothing if nothing is limited", async () => {
    const { openai, chat } = await limited(null);
    const { response } = await openai.chat.completions.create(chat).withResponse();
    expect(limitHeaders(response.headers)).toEqual({});
  });

  it("is asked again by OpenAI's own client when the time is over that it was told", async () => {
    const { team, chat } = await limited({ requestsPerMinute: 1 });
    const asked: string[] = [];
    const openai = new OpenAI({
      apiKey: team.secret,
      baseURL: `${gateway.url}/v1`,
      maxRetries: 1,
      fetch: async (url, init) => {
        const response = await fetch(url, init as RequestInit);
        asked.push(`${response.status} after ${response.headers.get("retry-after-ms")}`);
        // The minute passes while the client waits.
        if (response.status === 429) await clock.advance(60);
        return response;
      },
    });
    await openai.chat.completions.create(chat);
    await clock.advance(59_940);
    expect((await openai.chat.completions.create(chat)).choices[0]?.message.content).toBeTypeOf("string");
    expect(asked).toEqual(["200 after null", "429 after 60", "200 after null"]);
  });
});

describe("REST", () => {
  it("tells where the limits stand, and which of them refused a call, whole or streamed", async () => {
    const { team, rest, path } = await limited({ requestsPerMinute: 2 });
    const body = MODEL(team.modelGroup);
    const whole = await rest.send("POST", `${path}/llm-call`, body);
    expect(limitHeaders(whole.headers)).toEqual({
      "limit-requests": "2",
      "remaining-requests": "1",
      "reset-requests": "1m0s",
    });
    const streamed = await rest.send("POST", `${path}/llm-call-stream`, body);
    expect([streamed.status, limitHeaders(streamed.headers)["remaining-requests"]]).toEqual([200, "0"]);
    for (const call of ["llm-call", "llm-call-stream"]) {
      const refused = await rest.send("POST", `${path}/${call}`, body);
      expect([refused.status, refused.headers.get("x-tollgate-error-code")]).toEqual([429, "RATE_LIMITED"]);
      expect(refused.body).toEqual({
        detail: "The team may begin 2 calls a minute, and has begun 2. Try again in 60 seconds.",
        limit: "requests",
        limit_of: "team",
        retry_after_ms: 60_000,
      });
      expect(limitHeaders(refused.headers)).toMatchObject({ "retry-after": "60", "remaining-requests": "0" });
    }
  });
});

describe("GraphQL", () => {
  const FIRST = { requests: { of: "TEAM", limit: 1, remaining: 0, resetMs: 60_000 } };

  it("tells where the limits stand in the extensions of a result that made a call", async () => {
    const { team, job } = await limited({ requestsPerMinute: 1, concurrentCalls: 5 });
    const made = await team.client.send(RUN_LLM_CALL, { input: job.callInput() });
    expect(made.extensions).toMatchObject({ rateLimit: { ...FIRST, concurrency: { limit: 5, remaining: 4 } } });
    const refused = await team.client.send(RUN_LLM_CALL, { input: job.callInput() });
    expect(refused.errors).toMatchObject([
      { message: REFUSED, extensions: { code: "RATE_LIMITED", limit: "REQUESTS" } },
    ]);
    expect(refused.extensions).toMatchObject({ rateLimit: FIRST });
    const { extensions } = await team.client.send("{ jobs { totalCount } }");
    expect(extensions?.rateLimit).toBeUndefined();
  });

  it("tells it over a socket with the first result of a stream, and in the result that refuses one", async () => {
    const { team, job, model } = await limited({ requestsPerMinute: 1 });
    const upstream = heldStream();
    gateway.upstream.on(model, upstream);
    const socket = gateway.socket(team.secret);
    const results = socket.iterate(STREAM, { input: job.callInput() });
    expect((await results.next()).value).toMatchObject({ extensions: { rateLimit: FIRST } });
    await upstream.arrived;
    upstream.text("Yes");
    upstream.finish();
    for await (const { extensions } of results) expect(extensions).toBeUndefined();
    const refused = socket.iterate(STREAM, { input: job.callInput() });
    expect((await refused.next()).value).toMatchObject({
      errors: [{ message: REFUSED, extensions: { code: "RATE_LIMITED", of: "TEAM", retryAfterMs: 60_000 } }],
    });
  });

  it("tells it over server-sent events", async () => {
    const { team, job } = await limited({ requestsPerMinute: 1 });
    const stream = async () => {
      const response = await fetch(`${gateway.url}/graphql/stream`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${team.secret}` },
        body: JSON.stringify({ query: STREAM, variables: { input: job.callInput() } }),
      });
      return (await response.text()).split("\n").flatMap((line) => /^data: (\{.*)$/.exec(line)?.[1] ?? []);
    };
    const [first] = await stream();
    expect(JSON.parse(first as string)).toMatchObject({ extensions: { rateLimit: FIRST } });
    const [refused] = await stream();
    expect(JSON.parse(refused as string)).toMatchObject({
      errors: [{ extensions: { code: "RATE_LIMITED" } }],
      extensions: { rateLimit: FIRST },
    });
  });
});
