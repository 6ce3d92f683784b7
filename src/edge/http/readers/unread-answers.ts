import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { Stall } from "./stall.js";

export interface UnreadLimits {
  /** How many bytes of answers may wait in memory for all clients together. */
  readonly bytesMax: number;
  /** How long a client may take for an answer, however much waits. */
  readonly timeMinMs: number;
  /** How often is looked. */
  readonly everyMs: number;
}

/** The largest answers have 88 MiB, and most clients have read theirs within seconds. */
const LIMITS: UnreadLimits = { bytesMax: 256 * 1024 * 1024, timeMinMs: 10_000, everyMs: 5_000 };

/** A smaller answer is in the buffers of the connection at once, and holds little. */
const SMALL_BYTES = 64 * 1024;

/** What streams are made from, in bytes. It stays in memory until they are read. */
const sources = new WeakMap<Readable, number>();

/** Says how much memory a stream holds until it is read, beside the part that it sends. */
export function holdingBytes(stream: Readable, bytes: number): Readable {
  sources.set(stream, bytes);
  return stream;
}

/** Cuts off clients that do not take their plain answers. Event streams and sockets look after their own clients. */
export function cutOffSlowReaders(server: FastifyInstance): void {
  const unread = new UnreadAnswers(LIMITS);
  server.addHook("onSend", (_request, { raw }, payload, done) => {
    if (payload instanceof Readable) unread.add(raw, sources.get(payload) ?? 0);
    else if (hasLength(payload) && payload.length > SMALL_BYTES) unread.add(raw, payload.length);
    done();
  });
}

const hasLength = (payload: unknown): payload is string | Buffer =>
  typeof payload === "string" || Buffer.isBuffer(payload);

interface Unread {
  readonly bytes: number;
  readonly sinceMs: number;
  stall: Stall | undefined;
}

/**
 * Answers that clients have not taken yet. A client that takes nothing of its answer for a minute is cut off. If too much
 * waits in memory for all of them, those who have taken longest are cut off, until the rest is little enough.
 */
export class UnreadAnswers {
  /** The oldest first. */
  private readonly unread = new Map<ServerResponse, Unread>();
  private bytes = 0;
  private looking: NodeJS.Timeout | undefined;

  constructor(private readonly limits: UnreadLimits) {}

  /** To be called when an answer begins to be sent. */
  add(response: ServerResponse, bytes: number): void {
    if (response.destroyed) return;
    this.unread.set(response, { bytes, sinceMs: performance.now(), stall: undefined });
    this.bytes += bytes;
    response.once("close", () => this.remove(response, bytes));
    this.looking ??= setInterval(() => this.look(), this.limits.everyMs).unref();
    this.makeRoom();
  }

  look(): void {
    for (const [response, unread] of this.unread) {
      // An answer has no connection before those that the client asked for earlier are sent.
      if (response.socket) unread.stall ??= new Stall(response.socket, this.limits.everyMs);
      if (unread.stall?.isOver()) this.cutOff(response, unread);
    }
    this.makeRoom();
  }

  private makeRoom(): void {
    for (const [response, unread] of this.unread) {
      if (this.bytes <= this.limits.bytesMax || performance.now() - unread.sinceMs < this.limits.timeMinMs) return;
      if (unread.bytes > 0) this.cutOff(response, unread);
    }
  }

  private cutOff(response: ServerResponse, { bytes }: Unread): void {
    this.remove(response, bytes);
    // One that waits behind other answers has no connection, and goes with that of its request.
    (response.socket ?? response.req.socket).destroy();
  }

  private remove(response: ServerResponse, bytes: number): void {
    if (!this.unread.delete(response)) return;
    this.bytes -= bytes;
    if (this.unread.size > 0) return;
    clearInterval(this.looking);
    this.looking = undefined;
  }
}
