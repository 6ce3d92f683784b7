import { EventEmitter, once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll } from "vitest";

/** What a webhook was sent, word for word. */
export interface Received {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests state the shape of what they read.
  readonly event: any;
}

/** What a receiver does with a request. It answers 200 unless it is told otherwise. */
export type Behaviour = (response: ServerResponse, received: Received) => void;

export const answers =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    response.writeHead(status, headers).end("The receiver's own words.");

/** A webhook's other end: a real HTTP server, which keeps what it got. */
export class Receiver {
  readonly received: Received[] = [];
  private readonly news = new EventEmitter();
  behaviour: Behaviour = answers(200);
  /** How often somebody connected to it, whether or not anything was sent. */
  connections = 0;

  constructor(
    readonly url: string,
    readonly close: () => Promise<void>,
  ) {}

  hear(received: Received, response: ServerResponse): void {
    this.received.push(received);
    this.behaviour(response, received);
    this.news.emit("news");
  }

  /** Returns what it got, once that is so many requests. */
  async until(count: number): Promise<readonly Received[]> {
    while (this.received.length < count) await once(this.news, "news");
    return this.received;
  }

  /** Returns the first request, or the first that fits, once there is one. */
  async first(fits: (received: Received) => boolean = () => true): Promise<Received> {
    for (;;) {
      const found = this.received.find(fits);
      if (found) return found;
      await once(this.news, "news");
    }
  }
}

export async function startReceiver(port = 0): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const id = String(request.headers["webhook-id"]);
      receiver.hear({ id, headers: request.headers, text, event: text === "" ? null : JSON.parse(text) }, response);
    });
  });
  server.on("connection", () => {
    receiver.connections++;
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const receiver: Receiver = new Receiver(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  );
  return receiver;
}

/** A receiver for all tests of a file. */
export function useReceiver(): Receiver {
  let started: Receiver | undefined;
  beforeAll(async () => {
    started = await startReceiver();
  });
  afterAll(() => started?.close());
  return new Proxy({} as Receiver, {
    get: (_, name) => {
      const value: unknown = Reflect.get(started as Receiver, name);
      return typeof value === "function" ? value.bind(started) : value;
    },
    set: (_, name, value) => Reflect.set(started as Receiver, name, value),
  });
}

/** Throws unless the public library finds the signature of a secret on it. Its clock is the machine's. */
export function verify({ text, headers }: Received, secret: string): unknown {
  return new Webhook(secret).verify(text, headers as Record<string, string>);
}

/** The same as at the time of the request: the test's clock may stand elsewhere than the machine's. */
export function verifyAt(received: Received, secret: string): unknown {
  const now = Date.now;
  Date.now = () => Number(received.headers["webhook-timestamp"]) * 1_000;
  try {
    return verify(received, secret);
  } finally {
    Date.now = now;
  }
}
