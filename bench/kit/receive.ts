import { Agent, request } from "node:http";
import { WebSocket } from "ws";
import { requestOf, type Target } from "./target.js";

/** A connection on which one stream after the other runs. */
export interface Connection {
  /**
   * Streams one call to its last byte. Passes on what arrives as it arrives: messages of a socket, or bytes of an event
   * stream.
   */
  stream(onPiece: (piece: Buffer) => void): Promise<void>;
  close(): void;
}

export async function connect(target: Target): Promise<Connection> {
  return target.transport === "graphql-ws" ? await openSocket(target) : keepAlive(target);
}

async function openSocket(target: Target & { transport: "graphql-ws" | "graphql-sse" }): Promise<Connection> {
  const socket = new WebSocket(`${target.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const send = (message: object) => socket.send(JSON.stringify(message));
  let streams = 0;
  let running: { onPiece: (piece: Buffer) => void; end: () => void; fail: (error: Error) => void } | undefined;
  const acknowledged = new Promise<void>((resolve, reject) => {
    const fail = (error: Error) => {
      reject(error);
      running?.fail(error);
    };
    socket.on("error", fail);
    socket.on("close", (code, reason) => fail(new Error(`The socket was closed: ${code} ${reason}`)));
    socket.on("open", () => send({ type: "connection_init", payload: { authorization: `Bearer ${target.key}` } }));
    socket.on("message", (message: Buffer) => {
      const type = typeOf(message);
      if (type === "next") running?.onPiece(message);
      else if (type === "connection_ack") resolve();
      else if (type === "complete") running?.end();
      else if (type === "error") fail(new Error(String(message)));
    });
  });
  await acknowledged;
  return {
    stream: (onPiece) =>
      new Promise((resolve, reject) => {
        running = { onPiece, end: resolve, fail: reject };
        streams += 1;
        send({ id: String(streams), type: "subscribe", payload: requestOf(target) });
      }),
    close: () => socket.terminate(),
  };
}

/** Finds the type without parsing the message, because graphql-ws writes the id and the type first. */
const typeOf = (message: Buffer): string | undefined =>
  /"type":"(\w+)"/.exec(message.subarray(0, 100).toString("latin1"))?.[1];

function keepAlive(target: Target): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const isOpenAi = target.transport === "openai-sse";
  const credentials = isOpenAi ? target.headers : { authorization: `Bearer ${target.key}` };
  const path = isOpenAi ? "/chat/completions" : "/graphql/stream";
  const headers = { "content-type": "application/json", accept: "text/event-stream", ...credentials };
  return {
    stream: (onPiece) =>
      new Promise((resolve, reject) => {
        const asked = request(`${target.url}${path}`, { method: "POST", headers, agent }, (response) => {
          if (response.statusCode !== 200) reject(new Error(`${target.name} answered ${response.statusCode}.`));
          response.on("data", onPiece).on("end", resolve).on("error", reject);
        });
        asked.on("error", reject).end(JSON.stringify(requestOf(target)));
      }),
    close: () => agent.destroy(),
  };
}
