import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { answer, type Behaviour, type Exchange, type UpstreamRequest } from "./upstream-behaviours.js";

export interface ScriptedUpstream {
  /** The base that a provider is given, ending in /v1. */
  readonly url: string;
  readonly requests: readonly UpstreamRequest[];
  readonly openSockets: number;
  /** What the next requests for a model get, one behaviour each; the last one repeats. Replaces an earlier script. */
  on(model: string, ...behaviours: [Behaviour, ...Behaviour[]]): void;
  /** Resolves when so many requests have arrived since the start. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * A server of chat completions, responses and messages of Anthropic on a free loopback port that does what a test tells it to, per
 * model. A model without a script gets a plain answer with usage. It answers like a LiteLLM proxy: same bodies, same
 * headers. Given a port, it comes back where another one was.
 */
export async function startUpstream(port = 0): Promise<ScriptedUpstream> {
  const requests: UpstreamRequest[] = [];
  const scripts = new Map<string, Behaviour[]>();
  const sockets = new Set<Socket>();
  let waiting: { count: number; resolve: () => void }[] = [];

  const server = createServer(async (incoming, outgoing) => {
    const text = await textOf(incoming).catch(() => undefined);
    if (text === undefined) return;
    const path = incoming.url ?? "";
    if (incoming.method !== "POST" || !/^\/v1\/(chat\/completions|messages|responses)\b/.test(path)) {
      outgoing.writeHead(404, { "content-type": "application/json" }).end('{"detail":"Not Found"}');
      return;
    }
    const body = JSON.parse(text);
    const response: Exchange["response"] = outgoing;
    const request = { method: incoming.method, path, headers: incoming.headers, text, body, aborted: false };
    outgoing.on("close", () => {
      request.aborted = !outgoing.writableFinished && !response.destroyedByScript;
    });
    requests.push(request);
    const script = scripts.get(body.model) ?? [answer()];
    const behaviour = script.length > 1 ? script.shift() : script[0];
    behaviour?.({ request, response });
    for (const { resolve } of waiting.filter(({ count }) => count <= requests.length)) resolve();
    waiting = waiting.filter(({ count }) => count > requests.length);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    get openSockets() {
      return sockets.size;
    },
    on: (model, ...behaviours) => void scripts.set(model, [...behaviours]),
    received: (count) =>
      new Promise((resolve) => {
        if (requests.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
