import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { GraphqlClient } from "../../examples/graphql/graphql-client.js";
import { TypedDocumentString } from "../../examples/graphql/operations.js";

const SUBSCRIPTION = new TypedDocumentString<{ field: string }, Record<string, never>>("subscription field { field }");

describe("the example's socket", () => {
  /** A gateway that greets, shows one event, and then does what the test wants. */
  const outcomeOf = async (next: (socket: WebSocket, id: string) => void) => {
    const server = new WebSocketServer({ port: 0, handleProtocols: () => "graphql-transport-ws" });
    await once(server, "listening");
    const keys: unknown[] = [];
    server.on("connection", (socket) =>
      socket.on("message", (bytes) => {
        const { type, id, payload } = JSON.parse(String(bytes));
        if (type === "connection_init") {
          keys.push(payload.Authorization);
          socket.send('{"type":"connection_ack"}');
        } else if (type === "subscribe") {
          socket.send(JSON.stringify({ type: "next", id, payload: { data: { field: "event" } } }));
          next(socket, id);
        }
      }),
    );
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = new GraphqlClient(url, "sk-key", new AbortController().signal);
    const events: unknown[] = [];
    const reading = (async () => {
      for await (const event of client.subscribe(SUBSCRIPTION, {})) events.push(event.field);
    })();
    const error = await reading.then(
      () => undefined,
      (thrown) => thrown.message,
    );
    server.close();
    for (const socket of server.clients) socket.terminate();
    return { error, events, keys };
  };
  const message = (type: string, id: string, payload?: unknown) => JSON.stringify({ type, id, payload });
  const errors = [{ message: "No.", extensions: { code: "NOT_FOUND", requestId: "r" } }];

  it("brings its key and the events, and ends", async () => {
    const outcome = await outcomeOf((socket, id) => socket.send(message("complete", id)));
    expect(outcome).toEqual({ error: undefined, events: ["event"], keys: ["Bearer sk-key"] });
  });

  it.each<[string, (socket: WebSocket, id: string) => void, RegExp]>([
    [
      "that breaks",
      (socket) => socket.terminate(),
      /field was cut off: the socket to ws:.* closed with code 1006 before/,
    ],
    ["that the gateway closes", (socket) => socket.close(1001, "Going away"), /code 1001 \(Going away\)/],
    [
      "with an error",
      (socket, id) => socket.send(message("error", id, errors)),
      /refused: NOT_FOUND: No. \(request r\)/,
    ],
    ["with a failed event", (socket, id) => socket.send(message("next", id, { errors })), /failed with NOT_FOUND: No./],
    ["with no protocol", (socket) => socket.send("nonsense"), /could not be streamed from ws:.*nonsense/],
  ])("%s fails, once", async (_, next, sentence) => {
    const { error, events, keys } = await outcomeOf(next);
    expect(error).toMatch(sentence);
    expect([events.length, keys.length]).toEqual([1, 1]);
  });

  it("that cannot be opened names its address", async () => {
    const client = new GraphqlClient("http://127.0.0.1:1", "sk-key", new AbortController().signal);
    const events = client.subscribe(SUBSCRIPTION, {});
    await expect(events.next()).rejects.toThrow(/ws:\/\/127.0.0.1:1\/graphql: .*ECONNREFUSED/);
  });

  it("ends when it is interrupted", async () => {
    const interruption = new AbortController();
    const client = new GraphqlClient("http://127.0.0.1:1", "sk-key", interruption.signal);
    interruption.abort(new Error("Interrupted."));
    const events = client.subscribe(SUBSCRIPTION, {});
    await expect(events.next()).rejects.toThrow("Interrupted.");
  });
});
