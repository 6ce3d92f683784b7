import type { ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";

type Connection = FastifyRequest["raw"]["socket"];

/** The replies that wait until an earlier reply of the same connection is sent, by their connection. */
const waiting = new WeakMap<Connection, Set<ServerResponse>>();

/**
 * Closes a reply with its connection. Node does so by itself, but only for the reply that is being sent: a client may send
 * several requests without waiting for the answers, and then the other replies would never learn that it has gone.
 */
export function closeWithConnection({ raw: { socket } }: FastifyRequest, { raw: reply }: FastifyReply): void {
  // Node gives the connection to one reply after the other.
  if (reply.socket) return;
  const replies = waiting.get(socket) ?? watch(socket);
  replies.add(reply);
  reply.once("close", () => replies.delete(reply));
}

function watch(socket: Connection): Set<ServerResponse> {
  const replies = new Set<ServerResponse>();
  waiting.set(socket, replies);
  socket.once("close", () => {
    for (const reply of replies) if (!reply.socket) reply.destroy().emit("close");
  });
  return replies;
}
