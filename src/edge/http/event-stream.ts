import type { FastifyReply } from "fastify";
import { credentialOf } from "../../auth/viewer.js";
import { leaveOn } from "../../lib/async/abortable.js";
import type { RequestContext } from "../context.js";
import { Stall } from "./readers/stall.js";

/** How often a quiet stream sends something, so that each side notices when the other one is gone. */
export const HEARTBEAT_MS = 12_000;
/**
 * A comment line alone. With a blank line after it, some clients take it for an event: openai-python ends an event at
 * every blank line once it has seen an `id:`.
 */
const HEARTBEAT = ":\n";
/** How long the headers wait for something visible. Proxies give up a connection that says nothing for longer. */
const HEADERS_WAIT_MS = 15_000;

/** The form of a stream's response. */
export interface StreamForm {
  readonly contentType: string;
  /** What is sent with the headers if there is nothing else. */
  readonly opening: string;
  /** What is sent while there is nothing to say. */
  readonly heartbeat: string;
}

export const SERVER_SENT_EVENTS: StreamForm = {
  contentType: "text/event-stream; charset=utf-8",
  opening: HEARTBEAT,
  heartbeat: HEARTBEAT,
};

export interface Frame {
  readonly text: string;
  /** Whether the client has something of an answer with it. The role of the speaker is nothing yet. */
  readonly isVisible: boolean;
}

interface EventStream {
  readonly frames: AsyncIterable<Frame>;
  /** The last frame of a stream whose frames throw. */
  readonly lastWords: (error: unknown) => string;
  /** Server-sent events, if it is left out. */
  readonly form?: StreamForm;
  /** For tests. */
  readonly headersWaitMs?: number;
}

/**
 * Sends frames in the form of a stream, as fast as the client takes them, and ends the response. The headers that were
 * set on the reply are sent too. They go with the first visible frame, or after 15 seconds. If `frames` throws before
 * that, this throws the same, and the door can still answer with a status of its own. After that the stream ends with
 * `lastWords`. If the client goes away, or takes nothing for a minute, no further frames are read.
 */
export async function sendEventStream(reply: FastifyReply, stream: EventStream): Promise<void> {
  const response = new EventResponse(reply, stream.form ?? SERVER_SENT_EVENTS);
  const opening = setTimeout(() => response.open(), stream.headersWaitMs ?? HEADERS_WAIT_MS);
  try {
    for await (const frame of stream.frames) {
      if (reply.raw.destroyed) return;
      if (frame.isVisible) response.open();
      await response.write(frame.text);
    }
    response.open();
  } catch (error) {
    if (!response.isOpen && !reply.raw.destroyed) throw error;
    await response.write(stream.lastWords(error));
  } finally {
    clearTimeout(opening);
    response.end();
  }
}

/** A response whose first frames are held back until it is opened. From then on heartbeats keep the connection. */
class EventResponse {
  private held = "";
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(
    private readonly reply: FastifyReply,
    private readonly form: StreamForm,
  ) {}

  get isOpen(): boolean {
    return this.heartbeat !== undefined;
  }

  open(): void {
    const { raw } = this.reply;
    if (this.isOpen || raw.destroyed) return;
    this.reply.hijack();
    raw.writeHead(200, {
      ...(this.reply.getHeaders() as Record<string, string>),
      "content-type": this.form.contentType,
      "cache-control": "no-cache",
      "x-accel-buffering": "no",
    });
    raw.write(this.held || this.form.opening);
    const stall = raw.socket ? new Stall(raw.socket, HEARTBEAT_MS) : undefined;
    this.heartbeat = setInterval(() => {
      if (stall?.isOver()) raw.destroy();
      else if (!raw.writableNeedDrain) raw.write(this.form.heartbeat);
    }, HEARTBEAT_MS);
  }

  /** Returns once the client has taken what was written, so that nothing piles up for a slow reader. */
  async write(text: string): Promise<void> {
    if (!this.isOpen) {
      this.held += text;
      return;
    }
    const { raw } = this.reply;
    if (raw.destroyed || raw.write(text)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        raw.off("drain", done).off("close", done);
        resolve();
      };
      raw.on("drain", done).on("close", done);
    });
  }

  /** Ends an open response. One whose client has left before that takes no answer any more. */
  end(): void {
    clearInterval(this.heartbeat);
    if (this.isOpen) this.reply.raw.end();
    else if (this.reply.raw.destroyed) this.reply.hijack();
  }
}

/**
 * Takes a slot for an event stream of this viewer and gives it back when the reply closes. Throws RATE_LIMITED if no
 * slot is left.
 */
export function holdSlot(
  limit: { take(holder: string): () => void },
  { viewer, signal }: Pick<RequestContext, "viewer" | "signal">,
): void {
  leaveOn(signal, limit.take(credentialOf(viewer)));
}
