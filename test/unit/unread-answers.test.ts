import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { UnreadAnswers, type UnreadLimits } from "../../src/edge/http/readers/unread-answers.js";

/** More than a connection takes that nobody reads. */
const TEXT = "x".repeat(32 * 1024 * 1024);
const NEVER_MS = 2 ** 30;

const answering: ((response: ServerResponse) => void)[] = [];
const server = createServer((_request, response) => answering.shift()?.(response));
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => server.closeAllConnections());

/** How many bytes a client gets until its connection is broken off. */
async function readTo(socket: Socket | undefined): Promise<number> {
  const closed = new Promise((resolve) => socket?.resume().once("close", resolve));
  await closed;
  return socket?.bytesRead ?? 0;
}

describe("answers that clients have not taken", () => {
  /** The answers of one test, with a limit of five large ones. */
  function answersOf(limits: Partial<UnreadLimits> = {}) {
    const unread = new UnreadAnswers({ bytesMax: 5 * TEXT.length, timeMinMs: 0, everyMs: NEVER_MS, ...limits });
    const clients: { readonly socket: Socket; readonly response: ServerResponse; readonly closed: Promise<unknown> }[] =
      [];
    /** A client that asks, and reads nothing by itself. */
    const ask = async () => {
      const answered = new Promise<ServerResponse>((resolve) => answering.push(resolve));
      const socket = connect((server.address() as AddressInfo).port, "127.0.0.1").pause();
      onTestFinished(() => void socket.on("error", () => undefined).destroy());
      socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      const response = await answered;
      const closed = once(response, "close");
      unread.add(response, TEXT.length);
      response.end(TEXT);
      clients.push({ socket, response, closed });
    };
    const areOpen = () => clients.map(({ response }) => !response.destroyed);
    return { unread, clients, ask, areOpen };
  }

  it("are no more than may wait for twenty slow readers: the oldest are cut off", async () => {
    const { clients, ask, areOpen } = answersOf();
    for (let count = 0; count < 20; count++) await ask();
    await Promise.all(clients.slice(0, 15).map(({ closed }) => closed));
    expect(areOpen()).toEqual(clients.map((_, index) => index >= 15));
  });

  it("may each take their time, however much waits", async () => {
    const { unread, clients, ask, areOpen } = answersOf({ timeMinMs: NEVER_MS });
    for (let count = 0; count < 8; count++) await ask();
    unread.look();
    expect(areOpen()).toEqual(clients.map(() => true));
  });

  it("count no more once they are read", async () => {
    const { clients, ask, areOpen } = answersOf();
    for (let count = 0; count < 12; count++) {
      await ask();
      const last = clients.at(-1);
      last?.socket.resume();
      await expect.poll(() => last?.socket.bytesRead).toBeGreaterThan(TEXT.length);
    }
    for (let count = 0; count < 5; count++) await ask();
    expect(areOpen().slice(12)).toEqual([true, true, true, true, true]);
  });

  it("are cut off whose client takes nothing for a minute, also if little waits", async () => {
    const { unread, clients, ask, areOpen } = answersOf({ everyMs: 60_000 });
    await ask();
    unread.look();
    expect(areOpen()).toEqual([true]);
    unread.look();
    await clients[0]?.closed;
    expect(await readTo(clients[0]?.socket)).toBeLessThan(TEXT.length);
  });

  it("are looked at by themselves", async () => {
    const { clients, ask } = answersOf({ timeMinMs: 50, everyMs: 20 });
    for (let count = 0; count < 6; count++) await ask();
    await clients[0]?.closed;
    expect(await readTo(clients[0]?.socket)).toBeLessThan(TEXT.length);
  });
});
