import { setTimeout as sleep } from "node:timers/promises";
import { NotUpYet } from "../start-error.js";
import { unlessAborted } from "./abortable.js";

/** How long to wait between two tries. A server that has started is found within this time. */
const RETRY_MS = 500;

export interface Patience {
  /** For how long it is tried again, in milliseconds. */
  readonly forMs: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Tells a person, once, what is waited for. */
  readonly say: (sentence: string) => void;
}

/**
 * Opens what may not be up yet, again and again while `open` throws NotUpYet. Returns undefined if the signal aborts.
 * Throws NotUpYet if the time is over, and every other failure at once. The time begins when the first try has failed: that
 * try may have taken long only because the rest of the start kept the process busy.
 */
export async function whenUp<Opened>(
  open: () => Promise<Opened>,
  { forMs, signal, say }: Patience,
): Promise<Opened | undefined> {
  let until: number | undefined;
  while (!signal.aborted) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof NotUpYet) || forMs === 0) throw error;
      if (signal.aborted) return undefined;
      if (until === undefined) {
        until = performance.now() + forMs;
        say(`${error.message} The start waits for it, up to ${seconds(forMs)} (START_WAIT_MS).`);
      } else if (performance.now() >= until) {
        throw new NotUpYet(`${error.message} The start has waited ${seconds(forMs)} for it (START_WAIT_MS).`);
      }
    }
    await unlessAborted(signal, sleep(RETRY_MS));
  }
  return undefined;
}

const seconds = (ms: number): string => `${ms / 1_000} s`;
