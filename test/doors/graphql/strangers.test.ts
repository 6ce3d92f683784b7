import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();
afterEach(() => void vi.useRealTimers());

const KIB = 1024;
const INIT = { type: "connection_init", payload: { authorization: `Bearer ${ADMIN_KEY}` } };
/** A message of a type and of exactly so many bytes. */
function messageOf(type: string, bytes: number, payload: object = {}): string {
  const bare = JSON.stringify({ type, payload: { ...payload, pad: "" } });
  return JSON.stringify({ type, payload: { ...payload, pad: "x".repeat(bytes - bare.length) } });
}

function connect(): WebSocket {
  const socket = new WebSocket(`${gateway.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  // A connection that is cut while it still sends has an error too.
  return socket.on("error", () => undefined);
}
async function connected(): Promise<WebSocket> {
  const socket = connect();
  await once(socket, "open");
  return socket;
}
async function answerTo(socket: WebSocket, message: string): Promise<{ type: string; payload?: unknown }> {
  socket.send(message);
  return JSON.parse(String((await once(socket, "message"))[0]));
}

describe("a socket without a credential", () => {
  it("may send 16 KiB in a message", async () => {
    const socket = await connected();
    const ack = await answerTo(socket, messageOf("connection_init", 16 * KIB, INIT.payload));
    expect(ack).toEqual({ type: "connection_ack" });
    // From now on the limit is that of a body.
    const long = JSON.stringify({ id: "1", type: "subscribe", payload: { query: "{", pad: "x".repeat(100 * KIB) } });
    expect(await answerTo(socket, long)).toMatchObject({ type: "error" });
    socket.terminate();
  });

  it.each([
    ["a ping", messageOf("ping", 16 * KIB + 1)],
    ["its credential", messageOf("connection_init", 16 * KIB + 1, INIT.payload)],
  ])("is closed if it sends more in a message, with the limit: %s", async (_, message) => {
    const socket = await connected();
    socket.send(message);
    const [code, reason] = await once(socket, "close");
    expect([code, String(reason)]).toEqual([1009, expect.stringContaining("at most 16384 bytes")]);
  });

  it.each<[string, string[]]>([
    ["a message of 8 MiB", [messageOf("ping", 8 * KIB * KIB)]],
    ["many messages", Array.from({ length: 200 }, () => messageOf("ping", 15 * KIB))],
  ])("is cut off before all of it has arrived: %s", async (_, messages) => {
    const socket = await connected();
    const closed = once(socket, "close");
    for (const message of messages) socket.send(message);
    await closed;
  });

  it("is closed after 3 seconds, whatever it has sent", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const socket = await connected();
    vi.advanceTimersByTime(2_900);
    expect(await answerTo(socket, '{"type":"ping"}')).toEqual({ type: "pong" });
    socket.ping();
    await once(socket, "pong");
    const closed = once(socket, "close");
    vi.advanceTimersByTime(100);
    expect((await closed)[0]).toBe(4408);
  });

  it("is refused if 1,000 others of its address are waiting", { timeout: 60_000 }, async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const sockets = await Promise.all(Array.from({ length: 1_000 }, connected));
    const refused = connect();
    const [, response] = await once(refused, "unexpected-response");
    expect(response.statusCode).toBe(429);
    const { code, retryAfterMs } = JSON.parse(await text(response)).errors[0].extensions;
    expect(code).toBe("RATE_LIMITED");
    expect(response.headers).toMatchObject({
      "retry-after": String(Math.ceil(retryAfterMs / 1_000)),
      "retry-after-ms": String(retryAfterMs),
    });
    // Those with a credential do not count.
    await answerTo(sockets[0] as WebSocket, JSON.stringify(INIT));
    (await connected()).terminate();
    for (const socket of sockets) socket.terminate();
  });
});

it("a socket with a credential may send 100,000 values in a message, and is closed for more", async () => {
  const socket = await connected();
  await answerTo(socket, JSON.stringify(INIT));
  const closed = once(socket, "close");
  socket.send(`{"type":"ping","payload":{"a":[${"{},".repeat(100_000)}0]}}`);
  expect((await closed)[0]).toBe(1009);
});

describe("a ping", () => {
  it.each([
    ["of up to 1 KiB is repeated", 1_000, true],
    ["of more is answered without it", 1_100, false],
  ])("%s", async (_, bytes, isRepeated) => {
    const payload = { pad: "x".repeat(bytes) };
    const socket = await connected();
    const pong = await answerTo(socket, JSON.stringify({ type: "ping", payload }));
    expect(pong).toEqual({ type: "pong", ...(isRepeated && { payload }) });
    socket.terminate();
  });
});
