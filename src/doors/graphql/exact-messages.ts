import type { SubscribePayload } from "graphql-ws";
import type { WebSocket, WebSocketServer } from "ws";
import { mayHaveLongIntegers, parseExact } from "../../lib/exact-json.js";

// graphql-ws parses the messages of its sockets itself, with doubles. A message that may have longer integers is read a
// second time. The library handles a message while it is being received, so the last text is that of the message.
const texts = new WeakMap<WebSocket, string>();

/** Remembers the messages of sockets for `exactPayload`. It must come before the library listens to the sockets. */
export function watchLongIntegers(sockets: WebSocketServer): void {
  sockets.on("connection", (socket) =>
    socket.on("message", (data) => {
      const text = String(data);
      if (mayHaveLongIntegers(text)) texts.set(socket, text);
      else texts.delete(socket);
    }),
  );
}

/** Returns the payload of the message that is being received, with every digit of its integers. */
export function exactPayload(socket: WebSocket, payload: SubscribePayload): SubscribePayload {
  const text = texts.get(socket);
  texts.delete(socket);
  return text === undefined ? payload : (parseExact(text) as { payload: SubscribePayload }).payload;
}
