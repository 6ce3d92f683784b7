import type { Socket } from "node:net";
import { signalled } from "../signalled.js";
import type { Behaviour, Exchange } from "./upstream-behaviours.js";

/** A behaviour that would go on for ever. */
export interface Flood extends Behaviour {
  /** The connection is closed: with the bytes that the other side had let through by then. */
  readonly closed: Promise<number>;
}

/** Sends an answer that never ends, of pieces like this, as fast as they are taken. */
export function endless(piece: string, contentType: string, status = 200): Flood {
  return flood(({ response }) => {
    response.writeHead(status, { "content-type": contentType });
    response.flushHeaders();
    return piece;
  });
}

/** Sends headers that never end. */
export function endlessHeaders(): Flood {
  return flood(({ response }) => {
    response.socket?.write("HTTP/1.1 200 OK\r\n");
    return `x-more: ${"x".repeat(1_000)}\r\n`;
  });
}

/** Begins its headers, and says no more. */
export function stuckInHeaders(): Flood {
  return flood(({ response }) => {
    response.socket?.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n");
    return undefined;
  });
}

function flood(begin: (exchange: Exchange) => string | undefined): Flood {
  const closed = signalled<number>();
  const behaviour: Behaviour = (exchange) => {
    const { response } = exchange;
    const socket = response.socket as Socket;
    socket.on("error", () => undefined).on("close", () => closed.resolve(socket.bytesWritten));
    const piece = begin(exchange);
    if (piece === undefined) return;
    // After the headers it is one stream of bytes: chunked if it has a body.
    const out = response.headersSent ? response : socket;
    const pump = () => {
      while (!socket.destroyed) if (!out.write(piece)) return void out.once("drain", pump);
    };
    pump();
  };
  return Object.assign(behaviour, { closed: closed.promise });
}
