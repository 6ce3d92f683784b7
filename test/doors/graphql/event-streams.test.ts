import { createClient } from "graphql-sse";
import { describe, expect, it } from "vitest";
import { type SseMessage, sseMessages } from "../../kit/clients/sse.js";
import { STREAM } from "../../kit/clients/ws.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { scriptedJob } from "../../kit/scripted-job.js";
import type { Behaviour } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream, streamed } from "../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });
const jobWith = (...behaviours: Behaviour[]) => scriptedJob(gateway, ...behaviours);

describe("an event stream", () => {
  it("shows the same events as a socket, and ends", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const response = await post({ query: STREAM, variables: { input: job.callInput() } }, job.team.secret);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const messages = sseMessages(response);
    expect(await nextEvent(messages)).toMatchObject({ __typename: "LlmCallStarted" });
    await upstream.arrived;
    upstream.text("Hi.");
    expect(await nextEvent(messages)).toMatchObject({ __typename: "LlmCallDelta", content: "Hi." });
    upstream.finish();
    expect(await nextEvent(messages)).toMatchObject({ __typename: "LlmCallFinished", call: { status: "SUCCEEDED" } });
    expect((await messages.next()).value?.event).toBe("complete");
    expect((await messages.next()).done).toBe(true);
  });

  it("is read by graphql-sse's own client", async () => {
    const job = await jobWith(streamed(["Hi."]));
    const client = createClient<false>({
      url: `${gateway.url}/graphql/stream`,
      headers: { authorization: `Bearer ${job.team.secret}` },
      retryAttempts: 0,
    });
    const events = [];
    const results = client.iterate<{ event: { __typename: string } }>({
      query: STREAM,
      variables: { input: job.callInput() },
    });
    for await (const { data } of results) events.push(data?.event.__typename);
    expect(events).toEqual(["LlmCallStarted", "LlmCallDelta", "LlmCallFinished"]);
    const { value } = await client.iterate({ query: "{ viewer { __typename } }" }).next();
    expect(value).toEqual({ data: { viewer: { __typename: "TeamViewer" } } });
  });

  it("whose client goes away has its call cancelled", async () => {
    const upstream = heldStream();
    const job = await jobWith(upstream);
    const input = job.callInput();
    const gone = new AbortController();
    const response = await post({ query: STREAM, variables: { input } }, job.team.secret, gone.signal);
    const messages = sseMessages(response);
    const { callId } = await nextEvent(messages);
    await upstream.arrived;
    upstream.text("Once");
    await nextEvent(messages);
    gone.abort();
    await upstream.closed;
    const { call } = await gateway.socket(job.team.secret).follow(callId).until("LlmCallFinished");
    expect(call).toMatchObject({
      status: "CANCELLED",
      content: "Once",
      error: { code: "CANCELLED", message: "The call was cancelled: its client went away." },
      usage: { completionTokens: 1, source: "ESTIMATED" },
    });
    expect((await job.read()).costs).toMatchObject({ totalCalls: 1, cancelledCalls: 1, estimatedCalls: 1 });
  }, 20_000);

  it("is refused without a key, before it begins", async () => {
    const response = await post({ query: STREAM }, "sk-wrong");
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  });

  it.each([
    [{ query: "subscription { nope }" }, "GRAPHQL_VALIDATION_FAILED"],
    [{ query: "subscription {" }, "GRAPHQL_PARSE_FAILED"],
    [{ query: 'subscription { llmCallEvents(callId: "x") { sequence } }' }, "NOT_FOUND"],
    [{ query: 7 }, "INVALID_INPUT"],
    [{}, "INVALID_INPUT"],
  ])("of %j is answered with the reason", async (body, code) => {
    const messages = sseMessages(await post(body, ADMIN_KEY));
    const { value } = await messages.next();
    expect(JSON.parse(value?.data ?? "")).toMatchObject({ errors: [{ extensions: { code } }] });
    expect((await messages.next()).value?.event).toBe("complete");
  });
});

function post(body: object, secret: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${gateway.url}/graphql/stream`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${secret}`, accept: "text/event-stream" },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
}

async function nextEvent(messages: AsyncGenerator<SseMessage, void, undefined>) {
  const { value } = await messages.next();
  return JSON.parse(value?.data ?? "null").data.event;
}
