import type { Socket } from "node:net";

/** How long a client may take nothing of what waits for it. Whoever reads at all takes something in this time. */
const STALLED_MS = 60_000;

/** Notices a client that reads nothing, so that what waits for it does not stay in memory for ever. */
export class Stall {
  private taken = 0;
  private waitedMs = 0;

  constructor(
    private readonly socket: Pick<Socket, "bytesWritten" | "writableLength">,
    private readonly everyMs: number,
  ) {}

  /** Whether the client has taken nothing for a minute although something waits for it. Ask it every `everyMs`. */
  isOver(): boolean {
    const { bytesWritten, writableLength } = this.socket;
    const taken = bytesWritten - writableLength;
    this.waitedMs = writableLength > 0 && taken === this.taken ? this.waitedMs + this.everyMs : 0;
    this.taken = taken;
    return this.waitedMs >= STALLED_MS;
  }
}
