import { Agent, request } from "node:http";
import { WebSocket } from "ws";
import { answerQuestions } from "../kit/answer.mjs";

interface Sockets {
  readonly url: string;
  /** The sockets use these in turn. */
  readonly keys: readonly string[];
  readonly count: number;
  /** The call that each socket follows. Without one they only stay open. */
  readonly callId?: string;
}

interface Queries {
  readonly url: string;
  readonly key: string;
  readonly count: number;
}

/** How many sockets connect at a time. */
const CONNECTING_MAX = 50;
const FOLLOW = "subscription ($callId: ID!) { llmCallEvents(callId: $callId) { sequence } }";
const QUERY = "{ viewer { ... on TeamViewer { team { id credits { available } } } } }";
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const open: WebSocket[] = [];

/** Clients that do nothing, or ask one question after the other. */
answerQuestions({
  /** Opens sockets. Returns when each was let in, and has received the first event of the call that it follows. */
  open: async ({ url, keys, count, callId }: Sockets): Promise<void> => {
    for (let begun = 0; begun < count; begun += CONNECTING_MAX) {
      const some = Array.from({ length: Math.min(CONNECTING_MAX, count - begun) }, (_, index) =>
        connect(url, keys[(begun + index) % keys.length] ?? "", callId),
      );
      open.push(...(await Promise.all(some)));
    }
  },

  /** How many of the sockets are still open. */
  count: (): number => open.filter(({ readyState }) => readyState === WebSocket.OPEN).length,

  close: async (): Promise<void> => {
    const closed = open.map((socket) => new Promise((resolve) => socket.once("close", resolve)));
    for (const socket of open.splice(0)) socket.close(1000);
    await Promise.all(closed);
  },

  /** Sends plain queries one after the other on one connection. Returns how many milliseconds each took. */
  ask: async ({ url, key, count }: Queries): Promise<number[]> => {
    const times: number[] = [];
    for (let asked = 0; asked < count; asked++) {
      const startedAt = performance.now();
      await post(`${url}/graphql`, key);
      times.push(performance.now() - startedAt);
    }
    return times;
  },
});

function connect(url: string, key: string, callId: string | undefined): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const send = (message: object) => socket.send(JSON.stringify(message));
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", (code, reason) => reject(new Error(`A socket was closed: ${code} ${reason}`)));
    socket.on("open", () => send({ type: "connection_init", payload: { authorization: `Bearer ${key}` } }));
    socket.on("message", (message) => {
      const { type, payload } = JSON.parse(String(message));
      if (type === "error" || payload?.errors) reject(new Error(String(message)));
      else if (type === "next" || (type === "connection_ack" && callId === undefined)) resolve(socket);
      else if (type === "connection_ack")
        send({ id: "1", type: "subscribe", payload: { query: FOLLOW, variables: { callId } } });
    });
  });
}

function post(url: string, key: string): Promise<void> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: "POST", headers, agent }, (response) => {
      let text = "";
      response.on("data", (bytes) => {
        text += bytes;
      });
      response.on("end", () => (text.includes('"errors"') ? reject(new Error(text)) : resolve()));
    });
    asked.on("error", reject).end(JSON.stringify({ query: QUERY }));
  });
}
