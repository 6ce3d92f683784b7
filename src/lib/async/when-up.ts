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
 * Throws NotUpYet if the time is over, and every other failure at once.
 */
export async function whenUp<Opened>(
  open: () => Promise<Opened>,
  { forMs, signal, say }: Patience,
): Promise<Opened | undefined> {
  const until = performance.now() + forMs;
  for (let tries = 1; !signal.aborted; tries++) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof NotUpYet) || forMs === 0) throw error;
      if (signal.aborted) return undefined;
      if (performance.now() >= until)
        throw new NotUpYet(`${error.message} The start has waited ${seconds(forMs)} for it (START_WAIT_MS).`);
      if (tries === 1) say(`${error.message} The start waits for it, up to ${seconds(forMs)} (START_WAIT_MS).`);
    }
    await unlessAborted(signal, sleep(RETRY_MS));
  }
  return undefined;
}

const seconds = (ms: number): string => `${ms / 1_000} s`;
