import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { SocketClient } from "../kit/clients/ws.js";
import { ADMIN_KEY, useGateway } from "../kit/gateway/gateway.js";
import { type GatewayProcess, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { type ScriptedUpstream, startUpstream } from "../kit/upstream/upstream.js";
import { answer, held } from "../kit/upstream/upstream-behaviours.js";
import { RUN_LLM_CALL, type TestTeam, World } from "../kit/world.js";

const MODEL = "gpt-4o-mini";
/** The second call begins when the first one has been settled. */
const TWO_CALLS = `mutation ($input: LlmCallInput!) {
  first: runLlmCall(input: $input) { status job { costs { totalCalls } } }
  second: runLlmCall(input: $input) { status job { costs { totalCalls } } }
}`;
const REFUSED = /^HTTP\/1.1 503 .*connection: close.*"code":"UNAVAILABLE"/s;
const SUCCEEDED = { status: "SUCCEEDED", job: { costs: { totalCalls: 1 } } };

describe("a gateway that stops while answers are made", { timeout: 60_000 }, () => {
  let gateway: GatewayProcess;
  let upstream: ScriptedUpstream;
  let team: TestTeam;
  beforeEach(async () => {
    upstream = await startUpstream();
    onTestFinished(() => upstream.close());
    const env = { DATA_DIR: "memory", SHUTDOWN_GRACE_MS: "3600000", UPSTREAM_URL: upstream.url };
    gateway = await startGatewayProcess(env);
    onTestFinished(() => gateway.kill());
    team = await new World(gateway.client(ADMIN_KEY), (credential) => gateway.client(credential)).team();
  });

  const stop = async () => {
    gateway.signal("SIGTERM");
    await expect.poll(async () => (await fetch(`${gateway.url}/health/ready`)).status, { timeout: 20_000 }).toBe(503);
  };

  it("carries an operation over a socket out to its end, and then closes the socket", async () => {
    const first = held();
    upstream.on(MODEL, first, answer());
    const socket = new SocketClient(gateway.url, { Authorization: `Bearer ${team.secret}` });
    onTestFinished(() => socket.close());
    // Keeps the socket open, and holds up nothing.
    const job = await team.job();
    const updates = socket.iterate("subscription ($id: ID!) { jobUpdated(jobId: $id) { status } }", { id: job.id });
    expect((await updates.next()).value?.data).toEqual({ jobUpdated: { status: "PENDING" } });
    updates.next().catch(() => undefined);
    const answered = socket.iterate(TWO_CALLS, { input: inputOf(team) }).next();
    await first.arrived;
    await stop();
    first.release();
    expect((await answered).value).toEqual({ data: { first: SUCCEEDED, second: SUCCEEDED } });
    expect(await socket.closed).toBe(1001);
    expect(await gateway.ended).toBe(0);
  });

  it("carries an operation over an event stream out to its end", async () => {
    const first = held();
    upstream.on(MODEL, first, answer());
    const body = JSON.stringify({ query: TWO_CALLS, variables: { input: inputOf(team) } });
    const headers = { "content-type": "application/json", authorization: `Bearer ${team.secret}` };
    const response = await fetch(`${gateway.url}/graphql/stream`, { method: "POST", headers, body });
    await first.arrived;
    await stop();
    first.release();
    const [, data = ""] = /^data: (.*)$/m.exec(await response.text()) ?? [];
    expect(JSON.parse(data)).toEqual({ data: { first: SUCCEEDED, second: SUCCEEDED } });
    expect(await gateway.ended).toBe(0);
  });

  it("answers all requests that were sent over one connection without waiting", async () => {
    const first = held();
    upstream.on(MODEL, first, answer());
    const connection = open(gateway);
    for (let sent = 0; sent < 3; sent += 1) connection.write(callOver(team));
    await first.arrived;
    await upstream.received(3);
    await stop();
    first.release();
    await once(connection, "end");
    expect(textOf(connection).match(/"status":"SUCCEEDED"/g)).toHaveLength(3);
    // Only the last answer closes it.
    expect(textOf(connection).match(/connection: close/gi)).toHaveLength(1);
    expect(await gateway.ended).toBe(0);
  });

  it("refuses a late request when its body has come", async () => {
    const first = held();
    upstream.on(MODEL, first);
    const running = team.client.data(RUN_LLM_CALL, { input: inputOf(team) });
    await first.arrived;
    await stop();
    const [late, later] = [open(gateway), open(gateway)];
    const size = 8_000_000;
    late.write(`${headOf(team, "/graphql", size)}${"x".repeat(1_000)}`);
    later.write(callOver(team));
    await once(later, "end");
    expect(textOf(later)).toMatch(REFUSED);
    expect(textOf(late)).toBe("");
    late.write("x".repeat(size - 1_000));
    await once(late, "end");
    expect(textOf(late)).toMatch(REFUSED);
    first.release();
    expect((await running).runLlmCall).toMatchObject({ status: "SUCCEEDED" });
    expect(await gateway.ended).toBe(0);
  });

  it("does not wait for a client that was refused a socket and keeps its side of the connection open", async () => {
    const connection = open(gateway);
    connection.write(
      "GET /graphql HTTP/1.1\r\nHost: localhost\r\nOrigin: http://b\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    );
    await once(connection, "end");
    expect(textOf(connection)).toMatch(/^HTTP\/1.1 403 [\s\S]*"code":"FORBIDDEN"/);
    gateway.signal("SIGTERM");
    expect(await gateway.ended).toBe(0);
  });
});

describe("a request whose client reads its answer slowly", () => {
  const gateway = useGateway({ upstream: "scripted" });

  it("is inside until the client has it all", async () => {
    const { intake } = gateway.app;
    const content = "x".repeat(7_000_000);
    gateway.upstream.on(MODEL, answer({ content }));
    const connection = open(gateway);
    connection.write(callOver(await gateway.world.team()));
    await once(connection, "data");
    connection.pause();
    expect(intake.isEmpty).toBe(false);
    const emptied = intake.empty();
    connection.resume();
    await emptied;
    await expect.poll(() => textOf(connection).includes(content)).toBe(true);
  });
});

const inputOf = ({ modelGroup }: TestTeam) => ({ modelGroup, messages: [{ role: "USER", content: "Hello" }] });

function headOf({ secret }: TestTeam, path: string, length: number): string {
  const headers = ["Host: localhost", `Authorization: Bearer ${secret}`, "Content-Type: application/json"];
  return [`POST ${path} HTTP/1.1`, ...headers, `Content-Length: ${length}`, "", ""].join("\r\n");
}

function callOver(team: TestTeam): string {
  const query = "mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { status content } }";
  const body = JSON.stringify({ query, variables: { input: inputOf(team) } });
  return headOf(team, "/graphql", body.length) + body;
}

const texts = new WeakMap<Socket, string[]>();
const textOf = (connection: Socket): string => texts.get(connection)?.join("") ?? "";

/** A connection of a client that never ends it. */
function open({ url }: { readonly url: string }): Socket {
  const connection = connect({ port: Number(new URL(url).port), host: "127.0.0.1", allowHalfOpen: true });
  onTestFinished(() => void connection.destroy());
  const chunks: string[] = [];
  texts.set(connection, chunks);
  connection.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
  return connection;
}
