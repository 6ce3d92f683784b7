import { createHash } from "node:crypto";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { Client, fetchExchange } from "@urql/core";
import { createClient } from "graphql-sse";
import { describe, expect, it } from "vitest";
import { sseMessages } from "../../kit/clients/sse.js";
import { SocketClient, STREAM } from "../../kit/clients/ws.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { scriptedJob } from "../../kit/scripted-job.js";
import { streamed } from "../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });

const EVENTS = ["LlmCallStarted", "LlmCallDelta", "LlmCallFinished"];

/** A job whose calls answer "Hi.", and how to subscribe to one over /graphql. */
async function streamingJob() {
  const job = await scriptedJob(gateway, streamed(["Hi."]), streamed(["Hi."]), streamed(["Hi."]));
  const headers = { authorization: `Bearer ${job.team.secret}`, "content-type": "application/json" };
  const send = (body: object, accept: string, more: Record<string, string> = {}) =>
    fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: { ...headers, accept, ...more },
      body: JSON.stringify(body),
    });
  return { job, headers, url: `${gateway.url}/graphql`, variables: { input: job.callInput() }, send };
}

async function typesOf(response: Response): Promise<(string | undefined)[]> {
  const types = [];
  for await (const { event, data } of sseMessages(response))
    if (event === "next") types.push(JSON.parse(data).data?.event.__typename);
  return types;
}

describe("a subscription on /graphql", () => {
  it("is a stream for graphql-sse's client", async () => {
    const { url, headers, variables } = await streamingJob();
    const client = createClient<false>({ url, headers, retryAttempts: 0 });
    const types = [];
    for await (const { data } of client.iterate<{ event: { __typename: string } }>({ query: STREAM, variables }))
      types.push(data?.event.__typename);
    expect(types).toEqual(EVENTS);
    const { value } = await client.iterate({ query: "{ viewer { __typename } }" }).next();
    expect(value).toEqual({ data: { viewer: { __typename: "TeamViewer" } } });
  });

  it("comes in parts for Apollo Client, over its plain HttpLink", async () => {
    const { url, headers, variables } = await streamingJob();
    const possibleTypes = { LlmCallEvent: [...EVENTS, "LlmCallSnapshot", "LlmToolCallDelta", "LlmCallModelSwitched"] };
    const client = new ApolloClient({
      link: new HttpLink({ uri: url, headers }),
      cache: new InMemoryCache({ possibleTypes }),
    });
    const query = gql(STREAM);
    const types = await new Promise<string[]>((resolve, reject) => {
      const seen: string[] = [];
      client.subscribe<{ event: { __typename: string } }>({ query, variables }).subscribe({
        next: ({ data, error }) => (error ? reject(error) : void seen.push(String(data?.event.__typename))),
        error: reject,
        complete: () => resolve(seen),
      });
    });
    expect(types).toEqual(EVENTS);
    client.stop();
  });

  it("is a stream for urql without another exchange", async () => {
    const { url, headers, variables } = await streamingJob();
    const { authorization } = headers;
    const client = new Client({
      url,
      exchanges: [fetchExchange],
      fetchSubscriptions: true,
      preferGetMethod: false,
      fetchOptions: { headers: { authorization } },
    });
    const types = await new Promise<string[]>((resolve, reject) => {
      const seen: string[] = [];
      client.subscription(STREAM, variables).subscribe(({ data, error, hasNext }) => {
        if (error) reject(error);
        if (data) seen.push(data.event.__typename);
        if (hasNext === false || seen.at(-1) === "LlmCallFinished") resolve(seen);
      });
    });
    expect(types).toEqual(EVENTS);
    const viewer = await client.query("{ viewer { __typename } }", {}, { preferGetMethod: "force" }).toPromise();
    expect(viewer.data).toEqual({ viewer: { __typename: "TeamViewer" } });
  });

  it("may be a GET with a key in its headers", async () => {
    const { url, headers, job } = await streamingJob();
    const call = await job.call();
    const query = "subscription ($id: ID!) { event: llmCallEvents(callId: $id) { __typename } }";
    const parameters = new URLSearchParams({ query, variables: JSON.stringify({ id: call.id }) });
    const { authorization } = headers;
    for (const path of ["", "/stream"]) {
      const accept = path === "" ? "text/event-stream" : "*/*";
      const response = await fetch(`${url}${path}?${parameters}`, { headers: { authorization, accept } });
      expect(response.headers.get("content-type")).toContain("text/event-stream");
      expect(await typesOf(response)).toEqual(["LlmCallSnapshot", "LlmCallFinished"]);
    }
  });

  it.each(["text/event-stream;q=0, */*", "multipart/mixed;subscriptionSpec=1.0;q=0.0, application/json"])(
    "is not sent in a form that the client excludes: %s",
    async (accept) => {
      const { send, variables } = await streamingJob();
      const response = await send({ query: STREAM, variables }, accept);
      expect(response.status).toBe(400);
      expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    },
  );

  it("is refused without a stream to send it in, and says what would be one", async () => {
    const { send, variables } = await streamingJob();
    for (const accept of ["application/json", "multipart/mixed;deferSpec=20220824, application/json"]) {
      const response = await send({ query: STREAM, variables }, accept);
      expect(response.status).toBe(400);
      expect((await response.json()) as object).toMatchObject({
        errors: [
          { message: expect.stringContaining("accepts text/event-stream"), extensions: { code: "INVALID_INPUT" } },
        ],
      });
    }
  });

  it.each([
    ["is not valid", "subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"],
    ["cannot be parsed", "subscription {", "GRAPHQL_PARSE_FAILED"],
  ])("that %s is refused as any request is", async (_, query, code) => {
    const { send } = await streamingJob();
    const response = await send({ query }, "text/event-stream, application/json");
    expect(response.status).toBe(400);
    expect((await response.json()) as object).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it("is a stream whatever it is, if the client takes nothing else", async () => {
    const { send, url, headers } = await streamingJob();
    const response = await send({ query: "{ nothing }" }, "text/event-stream");
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^:\nevent: next\ndata: {"errors":\[.*GRAPHQL_VALIDATION_FAILED/);
    const change = new URLSearchParams({ query: 'mutation { completeJob(input: { jobId: "x" }) { __typename } }' });
    for (const path of [`?${change}`, `/stream?${change}`]) {
      const refused = await fetch(url + path, { headers: { ...headers, accept: "text/event-stream" } });
      expect(await refused.text()).toContain("GET requests only support query and subscription operations.");
    }
  });

  it("of a stranger is refused", async () => {
    const { url, variables } = await streamingJob();
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query: STREAM, variables }),
    });
    expect(response.headers.get("content-type")).not.toContain("event-stream");
    expect(response.status).toBeGreaterThanOrEqual(400);
  });
});

describe("a query on /graphql", () => {
  it("is JSON for clients that accept streams with everything", async () => {
    const { send } = await streamingJob();
    const accept = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed";
    const response = await send({ query: "{ viewer { __typename } }" }, accept);
    expect(response.headers.get("content-type")).toContain("json");
    expect((await response.json()) as object).toEqual({ data: { viewer: { __typename: "TeamViewer" } } });
  });
});

describe("a document that is named by its hash", () => {
  const persistedQuery = { version: 1, sha256Hash: createHash("sha256").update(STREAM).digest("hex") };
  const extensions = { persistedQuery };

  it("runs in streams and on sockets after it was sent once", async () => {
    const { send, variables, job } = await streamingJob();
    const ask = (more: object) => send({ variables, extensions, ...more }, "text/event-stream, application/json");
    const unknown = await ask({});
    expect((await unknown.json()) as object).toMatchObject({
      errors: [{ extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }],
    });
    expect(await typesOf(await ask({ query: STREAM }))).toEqual(EVENTS);
    expect(await typesOf(await ask({}))).toEqual(EVENTS);
    const socket = new SocketClient(gateway.url, { authorization: `Bearer ${job.team.secret}` });
    const { value } = await socket.iterate("", variables, { extensions }).next();
    expect(value).toMatchObject({ data: { event: { __typename: "LlmCallStarted" } } });
    socket.close();
  });

  it("is not remembered under the hash of another", async () => {
    const { send, variables } = await streamingJob();
    const wrong = { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } };
    const response = await send({ query: STREAM, variables, extensions: wrong }, "text/event-stream, */*");
    expect((await response.json()) as object).toMatchObject({ errors: [{ message: expect.stringContaining("sha") }] });
  });
});
