import type { Readable } from "node:stream";

/** How long the end of a body may take after its answer was whole. */
const WAIT_MAX_MS = 2_000;
/** How many bytes may follow a whole answer. They are decoded for nothing. */
const BYTES_MAX = 64 * 1024;

/**
 * Takes what comes after whole answers, such as the end of a body after `[DONE]`, so that their connections can serve the
 * next requests. A connection is closed if the end does not come in time, if too much comes, or if the provider closes.
 */
export class BodyEnds {
  private readonly awaited = new Set<Readable>();
  private isClosed = false;

  take(body: Readable): void {
    if (body.closed) return;
    if (this.isClosed) {
      body.destroy();
      return;
    }
    this.awaited.add(body);
    const timer = setTimeout(() => body.destroy(), WAIT_MAX_MS).unref();
    let bytes = 0;
    body.once("close", () => {
      clearTimeout(timer);
      this.awaited.delete(body);
    });
    body.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > BYTES_MAX) body.destroy();
    });
    body.resume();
  }

  close(): void {
    this.isClosed = true;
    for (const body of this.awaited) body.destroy();
  }
}
