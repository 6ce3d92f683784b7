import { Turns } from "../resilience/turns.js";

/** 2,048 vectors of 1,536 numbers are 17 MB in base64. Each answer that waits for its turn has so much of it in memory. */
const LARGE_BYTES = 4 * 1024 * 1024;
/** A large answer takes several times its size while it is read: as bytes, as a text, and as what the text says. */
const AT_A_TIME_MAX = 3;
/** Long enough for a hundred others. After that it is read beside them. The time limit of an answer may end it before. */
const WAIT_MAX_MS = 120_000;

const turns = new Turns(AT_A_TIME_MAX);

/** An answer that may be large. So that they cannot fill the memory together, few of them are read at a time. */
export class LargeAnswer {
  private turn: (() => void) | null = null;
  private isLarge = false;

  constructor(private readonly signal: AbortSignal) {}

  /** Once the answer has become large, returns the wait for its turn. Meanwhile the upstream cannot send more of it. */
  grow(bytes: number): Promise<void> | undefined {
    if (this.isLarge || bytes <= LARGE_BYTES) return undefined;
    this.isLarge = true;
    return this.wait();
  }

  /** To be called when the answer has been read, or is not read any more. */
  end(): void {
    this.turn?.();
  }

  private async wait(): Promise<void> {
    this.turn = await turns.wait(WAIT_MAX_MS, this.signal);
    this.signal.throwIfAborted();
  }
}
