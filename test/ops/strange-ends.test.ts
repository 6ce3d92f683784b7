import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { ADMIN_KEY, useGateway } from "../kit/gateway/gateway.js";
import { LogLines } from "../kit/log-lines.js";
import { heldStream } from "../kit/upstream/upstream-streams.js";
import { name, type TestTeam } from "../kit/world.js";

const lines = new LogLines("info");
const gateway = useGateway({ log: lines.log, upstream: "scripted" });

/** The text of a request, with an id of its own. `length` is what it says of its body. */
function requestOf(path: string, secret: string, body: string, length = Buffer.byteLength(body)) {
  const requestId = randomUUID();
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${new URL(gateway.url).host}`,
    `Authorization: Bearer ${secret}`,
    `X-Request-Id: ${requestId}`,
    "Content-Type: application/json",
    `Content-Length: ${length}`,
  ];
  return { requestId, text: [...head, "", body].join("\r\n") };
}

async function connection(): Promise<Socket> {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  return socket;
}

/** A team whose model begins an answer and never ends it. */
async function teamOfHeldStream(): Promise<TestTeam> {
  const model = name("model");
  const stream = heldStream();
  gateway.upstream.on(model, stream);
  void stream.arrived.then(() => stream.text("Some"));
  return gateway.world.team({ models: [model], credits: 100 });
}

describe("A client that goes away", () => {
  it.each(["/graphql", "/api/jobs/create", "/v1/chat/completions"])(
    "in the middle of its body to %s has got no status",
    async (path) => {
      const { secret } = await gateway.world.team();
      const { requestId, text } = requestOf(path, secret, '{"query":', 500);
      const before = lines.text.length;
      const socket = await connection();
      socket.write(text);
      // The gateway has the head of the request once it has answered a later one on another connection.
      await gateway.admin.send("{ __typename }");
      socket.destroy();
      expect(await lines.ofRequest(requestId)).toMatchObject([{ status: 499, isAborted: true }]);
      expect(lines.text.slice(before)).not.toContain("Error");
    },
  );

  it("ends all the streams that it asked for over one connection, also those that wait for the first", async () => {
    const team = await teamOfHeldStream();
    const messages = [{ role: "USER", content: "?" }];
    const body = JSON.stringify({
      query: "subscription ($input: LlmCallInput!) { streamLlmCall(input: $input) { sequence } }",
      variables: { input: { modelGroup: team.modelGroup, messages } },
    });
    const requests = Array.from({ length: 12 }, () => requestOf("/graphql/stream", team.secret, body));
    const socket = await connection();
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on("warning", warn);
    socket.write(requests.map(({ text }) => text).join(""));
    await expect.poll(() => gateway.app.gauges().openStreams).toBe(requests.length);
    socket.destroy();
    for (const { requestId } of requests)
      expect(await lines.ofRequest(requestId)).toMatchObject([{ isAborted: true, teamId: team.id }]);
    await expect.poll(() => gateway.app.gauges().openStreams).toBe(0);
    process.off("warning", warn);
    expect(warnings).toEqual([]);
  });

  it("ends none of the answers that it has got over the same connection", async () => {
    const body = JSON.stringify({ query: "{ __typename }" });
    const requests = Array.from({ length: 3 }, () => requestOf("/graphql", ADMIN_KEY, body));
    const socket = await connection();
    socket.resume().write(requests.map(({ text }) => text).join(""));
    for (const { requestId } of requests) {
      const [line, ...others] = await lines.ofRequest(requestId);
      expect(line).toMatchObject({ status: 200 });
      expect(line).not.toHaveProperty("isAborted");
      expect(others).toEqual([]);
    }
    socket.destroy();
  });
});

describe("Over a socket", () => {
  /** Sends these messages at once, after the credential was accepted. Returns the lines of the operations, once the socket has closed. */
  async function linesAfter(team: TestTeam, messages: readonly object[], count: number) {
    const socket = new WebSocket(`${gateway.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await once(socket, "open");
    const of = () => lines.of("A request has ended.").filter((line) => line.teamId === team.id);
    socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${team.secret}` } }));
    await once(socket, "message");
    for (const message of messages) socket.send(JSON.stringify(message));
    await expect.poll(() => of().length).toBe(count + 1);
    socket.close();
    await once(socket, "close");
    return of().filter(({ operation }) => operation !== "connect");
  }
  const subscribe = (id: string, query: string) => ({ id, type: "subscribe", payload: { query } });
  const complete = (id: string) => ({ id, type: "complete" });

  it("an id that is used again at once makes a line for each operation", async () => {
    const team = await gateway.world.team();
    const messages = [
      subscribe("1", "query First { viewer { __typename } }"),
      complete("1"),
      subscribe("1", "query Second { modelGroups { nodes { id } } }"),
    ];
    const found = await linesAfter(team, messages, 2);
    const second = found.find(({ operationName }) => operationName === "Second");
    expect(found.filter((line) => line !== second)).toMatchObject([{ operationName: "First", status: 200 }]);
    expect(second).toMatchObject({ operation: "query modelGroups", status: 200 });
    expect(second).not.toHaveProperty("isAborted");
  });

  it("an operation that is refused after its client has left it has a line at once", async () => {
    const team = await gateway.world.team();
    const found = await linesAfter(team, [subscribe("1", "{ nothing }"), complete("1")], 1);
    expect(found).toMatchObject([{ isAborted: true, errorCode: "GRAPHQL_VALIDATION_FAILED" }]);
  });
});
