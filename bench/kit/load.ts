import type { Program } from "./program.js";

/** Where requests go, and what they are. It is plain data, so that it can be sent to a program. */
export interface LoadTarget {
  readonly origin: string;
  readonly path: string;
  /** The connections take these in turn. Each sends only its own. */
  readonly requests: readonly { readonly headers: Readonly<Record<string, string>>; readonly body: string }[];
  /** An answer counts if its status is 200 and it contains this. */
  readonly expected: string;
}

export interface LoadAsked {
  readonly target: LoadTarget;
  readonly connections: number;
  readonly seconds?: number;
  readonly count?: number;
}

/** Times are milliseconds. */
export interface Load {
  readonly requests: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

export interface Burst {
  /** Until the last answer. */
  readonly ms: number;
  readonly p50: number;
}

/** Loads a system, and returns what a request costs. The processor's time is NaN if it is not known. */
export async function loaded(client: Program, asked: LoadAsked, cpuSeconds: () => number) {
  const cpuBefore = cpuSeconds();
  const { requests, seconds, p50, p99 } = await client.ask<Load>("load", asked);
  return { perSecond: requests / seconds, p50, p99, cpuMs: ((cpuSeconds() - cpuBefore) * 1_000) / requests };
}
