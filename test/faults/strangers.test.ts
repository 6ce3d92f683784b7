import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { buildGateway, startGatewayProcess } from "../kit/gateway/gateway-process.js";

const MIB = 1024 * 1024;
const ATTACK_MS = 4_000;

/** What a stranger does with its socket, again and again, without ever reading. */
const ATTACKS: Record<string, (socket: WebSocket) => Promise<unknown>> = {
  "pings of 8 MiB": (socket) => sent(socket, JSON.stringify({ type: "ping", payload: { pad: "x".repeat(7 * MIB) } })),
  "pings of 8 KiB": (socket) => sent(socket, JSON.stringify({ type: "ping", payload: { pad: "x".repeat(8_000) } })),
  "control frames": (socket) => new Promise((resolve) => socket.ping(Buffer.alloc(125), true, resolve)),
  "a message that never ends": (socket) =>
    new Promise((resolve) => socket.send("x".repeat(MIB), { fin: false }, resolve)),
};
const sent = (socket: WebSocket, text: string) => new Promise((resolve) => socket.send(text, resolve));

/** Attacks until the time is over, with another socket each time that one is closed. Returns how many were. */
async function attack(url: string, send: (socket: WebSocket) => Promise<unknown>, until: number): Promise<number> {
  let closed = 0;
  while (performance.now() < until) {
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    socket.on("error", () => undefined);
    const gone = new Promise((resolve) => socket.once("close", resolve));
    await Promise.race([once(socket, "open"), gone]);
    socket.pause();
    while (socket.readyState === socket.OPEN && performance.now() < until) {
      await Promise.race([send(socket), gone, timeout(until)]);
    }
    if (socket.readyState !== socket.OPEN) closed += 1;
    socket.terminate();
  }
  return closed;
}

const timeout = (until: number) => new Promise((resolve) => setTimeout(resolve, until - performance.now()).unref());

it("strangers who send what they can and read nothing leave memory as it was", { timeout: 120_000 }, async () => {
  buildGateway();
  const gateway = await startGatewayProcess({ DATA_DIR: "memory" });
  onTestFinished(() => gateway.kill());
  const admin = gateway.client(ADMIN_KEY);
  await admin.data("{ viewer { __typename } }");
  const before = gateway.memoryMb();
  let most = before;
  const until = performance.now() + ATTACK_MS;
  const attacks = Object.values(ATTACKS).flatMap((send) => [1, 2].map(() => attack(gateway.url, send, until)));
  let isOver = false;
  const closed = Promise.all(attacks).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    // A stranger keeps nobody else waiting.
    await admin.data("{ viewer { __typename } }");
    most = Math.max(most, gateway.memoryMb());
  }
  expect(Math.min(...(await closed))).toBeGreaterThan(0);
  expect(most - before).toBeLessThan(150);
});
