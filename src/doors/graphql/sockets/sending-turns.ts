import type { WebSocket } from "ws";

/** While more than this waits to be sent, further results wait before they are written as JSON. */
const UNSENT_BYTES_MAX = 1024 * 1024;

/**
 * Lets the operations of a socket send their results one after the other, if its client reads more slowly than they
 * come. So no more than a megabyte and one result waits in memory for a client.
 */
export class SendingTurns {
  private waiting: (() => void)[] = [];

  constructor(private readonly socket: Pick<WebSocket, "bufferedAmount" | "once">) {
    socket.once("close", () => {
      for (const go of this.waiting.splice(0)) go();
    });
  }

  /** Resolves when the next result may be sent. Call `next` once it was. */
  async turn(): Promise<void> {
    if (this.waiting.length === 0 && this.hasRoom) return;
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Lets the next one go. It sends within this turn of the event loop, and only then is there room for another. */
  next(): void {
    if (!this.hasRoom || this.waiting.length === 0) return;
    this.waiting.shift()?.();
    setImmediate(() => this.next());
  }

  private get hasRoom(): boolean {
    return this.socket.bufferedAmount <= UNSENT_BYTES_MAX;
  }
}
