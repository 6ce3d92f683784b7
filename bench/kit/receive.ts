import { request } from "node:http";
import { WebSocket } from "ws";
import { requestOf, type Target } from "./target.js";

/**
 * Streams one call, from opening the connection to the last byte. Passes on what arrives as it arrives: messages of a
 * socket, or bytes of an event stream.
 */
export function receive(target: Target, onPiece: (piece: Buffer) => void): Promise<void> {
  return target.transport === "graphql-ws" ? overSocket(target, onPiece) : overEventStream(target, onPiece);
}

function overSocket(target: Target & { transport: "graphql-ws" | "graphql-sse" }, onPiece: (piece: Buffer) => void) {
  const socket = new WebSocket(`${target.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const send = (message: object) => socket.send(JSON.stringify(message));
  return new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", (code, reason) => reject(new Error(`The socket was closed: ${code} ${reason}`)));
    socket.on("open", () => send({ type: "connection_init", payload: { authorization: `Bearer ${target.key}` } }));
    socket.on("message", (message: Buffer) => {
      const type = typeOf(message);
      if (type === "next") onPiece(message);
      else if (type === "connection_ack") send({ id: "1", type: "subscribe", payload: requestOf(target) });
      else if (type === "complete") resolve();
      else if (type === "error") reject(new Error(String(message)));
    });
  }).finally(() => socket.terminate());
}

/** Finds the type without parsing the message, because graphql-ws writes the id and the type first. */
const typeOf = (message: Buffer): string | undefined =>
  /"type":"(\w+)"/.exec(message.subarray(0, 100).toString("latin1"))?.[1];

function overEventStream(target: Target, onPiece: (piece: Buffer) => void): Promise<void> {
  const isOpenAi = target.transport === "openai-sse";
  const credentials = isOpenAi ? target.headers : { authorization: `Bearer ${target.key}` };
  const path = isOpenAi ? "/chat/completions" : "/graphql/stream";
  const headers = { "content-type": "application/json", accept: "text/event-stream", ...credentials };
  return new Promise((resolve, reject) => {
    const asked = request(`${target.url}${path}`, { method: "POST", headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${target.name} answered ${response.statusCode}.`));
      response.on("data", onPiece).on("end", resolve).on("error", reject);
    });
    asked.on("error", reject).end(JSON.stringify(requestOf(target)));
  });
}
