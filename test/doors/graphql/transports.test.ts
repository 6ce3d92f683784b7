import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { GraphqlError } from "../../kit/clients/graphql.js";
import { SocketClient } from "../../kit/clients/ws.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { scriptedJob } from "../../kit/scripted-job.js";
import { type Behaviour, held } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { RUN_LLM_CALL } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted", env: { CORS_ORIGINS: "https://app.example.com" } });

const jobWith = (...behaviours: Behaviour[]) => scriptedJob(gateway, ...behaviours);

/** A socket that speaks no more than the test makes it. */
async function rawSocket(headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(`${gateway.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { headers });
  await once(socket, "open");
  return socket;
}

async function closeOf(socket: WebSocket): Promise<{ code: number; reason: string }> {
  const [code, reason] = await once(socket, "close");
  return { code, reason: String(reason) };
}

describe("a socket", () => {
  it.each([["Authorization"], ["authorization"], ["AUTHORIZATION"]])("takes its key from %s", async (parameter) => {
    const socket = new SocketClient(gateway.url, { [parameter]: `Bearer ${ADMIN_KEY}` });
    expect((await socket.iterate("{ viewer { __typename } }").next()).value).toEqual({
      data: { viewer: { __typename: "AdminViewer" } },
    });
    socket.close();
  });

  it("takes the admin key as X-Admin-Key too, and a key from the headers of its upgrade", async () => {
    const socket = new SocketClient(gateway.url, { "X-Admin-Key": ADMIN_KEY });
    expect((await socket.iterate("{ viewer { __typename } }").next()).value?.data?.viewer).toBeTruthy();
    socket.close();
    const raw = await rawSocket({ authorization: `Bearer ${ADMIN_KEY}` });
    raw.send('{"type":"connection_init"}');
    const [message] = await once(raw, "message");
    expect(JSON.parse(String(message))).toEqual({ type: "connection_ack" });
    raw.terminate();
  });

  it.each([[{}], [{ authorization: "Bearer sk-wrong" }], [{ authorization: 7 }], [{ "x-admin-key": "no" }]])(
    "with the parameters %j is closed with 4401",
    async (payload) => {
      const raw = await rawSocket();
      raw.send(JSON.stringify({ type: "connection_init", payload }));
      expect(await closeOf(raw)).toEqual({ code: 4401, reason: "UNAUTHENTICATED: No valid credential was sent." });
    },
  );

  it("of a suspended team is closed with 4403", async () => {
    const team = await gateway.world.team();
    await gateway.admin.data(`mutation ($id: ID!) { suspendTeam(id: $id) { status } }`, { id: team.id });
    const raw = await rawSocket();
    raw.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${team.secret}` } }));
    expect(await closeOf(raw)).toMatchObject({ code: 4403, reason: expect.stringContaining("TEAM_SUSPENDED") });
  });

  it.each(["no json", '{"type":"nonsense"}', '{"id":1}', "[]", '{"id":"1","type":"subscribe"}'])(
    "that sends %s is closed, and no other one",
    async (bytes) => {
      const other = gateway.socket(ADMIN_KEY);
      await other.iterate("{ viewer { __typename } }").next();
      const raw = await rawSocket({ authorization: `Bearer ${ADMIN_KEY}` });
      raw.send('{"type":"connection_init"}');
      await once(raw, "message");
      raw.send(bytes);
      expect((await closeOf(raw)).code).toBe(4400);
      expect((await other.iterate("{ viewer { __typename } }").next()).value?.data?.viewer).toBeTruthy();
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['{ job(id: "x") { id } }', {}],
    ['mutation { createOrganization(input: { id: "x", name: "x" }) { id } }', {}],
    ["query ($first: Int) { jobs(first: $first) { nodes { id } } }", { first: 1.5 }],
    ["{ jobs(first: 101) { nodes { id } } }", {}],
    ['{ jobs(first: "x") { nodes { id } } }', {}],
    ["{ nope }", {}],
    ["{ jobs", {}],
    [`{ ${Array.from({ length: 60 }, (_, index) => `a${index}: viewer { __typename }`).join(" ")} }`, {}],
    ["{ teams(first: 100) { nodes { jobs(first: 100) { nodes { llmCalls(first: 100) { nodes { id } } } } } } }", {}],
    ["query A { viewer { __typename } } query B { viewer { __typename } }", {}],
  ])("answers %s as HTTP does", async (query, variables) => {
    const team = await gateway.world.team();
    const overHttp = await team.client.send(query, variables);
    expect(overHttp.errors).toHaveLength(1);
    const results = gateway.socket(team.secret).iterate(query, variables);
    const errors = await results.next().then(
      ({ value }) => value?.errors,
      (thrown) => thrown,
    );
    const comparable = ({ message, extensions: { code, status, field } }: GraphqlError) => ({
      message,
      code,
      status,
      field,
    });
    expect(errors.map(comparable)).toEqual(overHttp.errors?.map(comparable));
  });

  it("takes no more than 100 operations at once", async () => {
    const job = await jobWith(heldStream());
    const socket = gateway.socket(job.team.secret);
    const follow = () => socket.iterate(`subscription ($id: ID!) { jobUpdated(jobId: $id) { id } }`, { id: job.id });
    const open = Array.from({ length: 100 }, follow);
    for (const results of open) expect((await results.next()).value?.data).toBeTruthy();
    const refused = await follow()
      .next()
      .catch((errors) => errors);
    expect(refused).toMatchObject([{ extensions: { code: "RATE_LIMITED", status: 429, retryable: true } }]);
    await open[0]?.return?.();
    await expect
      .poll(
        async () =>
          (
            await follow()
              .next()
              .catch(() => ({ value: null }))
          ).value?.data,
      )
      .toBeTruthy();
  });

  it("waits for many calls at once without a warning", async () => {
    const warnings: Error[] = [];
    const warn = (warning: Error) => void warnings.push(warning);
    process.on("warning", warn);
    onTestFinished(() => void process.off("warning", warn));
    const call = held();
    const job = await jobWith(call);
    const socket = gateway.socket(job.team.secret);
    const sent = gateway.upstream.requests.length;
    const calls = Array.from({ length: 20 }, () => socket.iterate(RUN_LLM_CALL, { input: job.callInput() }).next());
    await gateway.upstream.received(sent + 20);
    call.release();
    for (const { value } of await Promise.all(calls)) expect(value?.data?.runLlmCall.status).toBe("SUCCEEDED");
    expect(warnings).toEqual([]);
  });
});

describe("a socket of a gateway that hides its schema", () => {
  const closed = useGateway({ env: { INTROSPECTION: "off" } });

  it.each<[string, Record<string, unknown>]>([
    ["{ __schema { queryType { name } } }", {}],
    ["{ organisations { totalCount } }", {}],
    ["query ($s: AccountStatus) { organizations(status: $s) { totalCount } }", { s: "ACTIV" }],
  ])("answers %s as HTTP does, without a hint", async (query, variables) => {
    const overHttp = await closed.admin.send(query, variables);
    const errors = await closed
      .socket(ADMIN_KEY)
      .iterate(query, variables)
      .next()
      .catch((thrown) => thrown);
    expect(errors[0].extensions.code).toBe(overHttp.errors?.[0]?.extensions.code);
    expect(errors[0].message).not.toContain("Did you mean");
  });
});

describe("an upgrade", () => {
  it.each([
    ["/graphql", { origin: "https://evil.example.com" }, 403],
    ["/graphql", { origin: "null" }, 403],
    ["/graphql", { host: "evil.example.com" }, 403],
    ["/elsewhere", {}, 404],
  ])("of %s with %j is answered with %i", async (path, headers, status) => {
    const { response, body } = await upgrade(path, headers);
    expect(response).toBe(status);
    expect(JSON.parse(body).errors[0].extensions).toMatchObject({ status });
  });

  it("that is refused while its client still sends gets its answer, and may send on", async () => {
    const connection = connect({ port: Number(new URL(gateway.url).port), host: "127.0.0.1", allowHalfOpen: true });
    let answer = "";
    connection.setEncoding("utf8").on("data", (chunk: string) => {
      answer += chunk;
    });
    const rest = "x".repeat(1_000_000);
    const head = ["GET /elsewhere HTTP/1.1", "Host: localhost", "Connection: Upgrade", "Upgrade: websocket"];
    connection.write([...head, `Content-Length: ${rest.length}`, "", ""].join("\r\n"));
    await once(connection, "end");
    expect(answer).toMatch(/^HTTP\/1.1 404 .*"code":"NOT_FOUND"/s);
    connection.end(rest);
    expect(await once(connection, "close")).toEqual([false]);
  });

  it.each([["https://app.example.com"], ["own"]])("from the origin %s is taken", async (origin) => {
    const socket = await rawSocket({ origin: origin === "own" ? gateway.url : origin });
    socket.terminate();
  });
});

/** An answer to an upgrade that is refused, with any Host. */
async function upgrade(path: string, headers: Record<string, string>): Promise<{ response: number; body: string }> {
  const asked = request(`${gateway.url}${path}`, {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      "sec-websocket-protocol": "graphql-transport-ws",
      ...headers,
    },
  });
  asked.end();
  const [response] = await once(asked, "response");
  let body = "";
  for await (const chunk of response) body += chunk;
  return { response: response.statusCode, body };
}
