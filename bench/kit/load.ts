import type { Program } from "./program.js";

/** Where requests go, and what they are. It is plain data, so that it can be sent to a program. */
export interface LoadTarget {
  readonly origin: string;
  readonly path: string;
  /** POST, if it is not given. */
  readonly method?: "GET" | "POST";
  /** The connections take these in turn. Each sends only its own. */
  readonly requests: readonly LoadRequest[];
  /** An answer counts if its status is 200 and it contains this. */
  readonly expected: string;
}

export interface LoadRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the answer must contain, if that is not the same for all requests. */
  readonly expected?: string;
}

export interface LoadAsked {
  readonly target: LoadTarget;
  readonly connections: number;
  /** How many all connections send together. If it is not given, each sends its next as soon as it has an answer. */
  readonly perSecond?: number;
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

/** In a step of a cycle, this stands for the id of the cycle's job, which the first step opens. */
export const JOB_PLACE = "{job}";

export interface CyclesAsked {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  /** GraphQL requests, one after the other. */
  readonly steps: readonly { readonly body: string; readonly expected: string }[];
  readonly connections: number;
  readonly seconds: number;
}

/** Returns what a request costs while a system is loaded. The processor's time is NaN if it is not known. */
export async function costOf(load: () => Promise<Load>, cpuSeconds: () => number) {
  const cpuBefore = cpuSeconds();
  const { requests, seconds, p50, p99 } = await load();
  return { perSecond: requests / seconds, p50, p99, cpuMs: ((cpuSeconds() - cpuBefore) * 1_000) / requests };
}

export const loaded = (client: Program, asked: LoadAsked, cpuSeconds: () => number) =>
  costOf(() => client.ask<Load>("load", asked), cpuSeconds);
