import { MemoryStreamLog } from "../../../src/streams/memory-stream-log.js";
import type { Batch } from "../../../src/streams/stream-log.js";

export type Log = MemoryStreamLog<string, string>;
type Limits = { itemsMax?: number; sizeMax?: number; keptMs?: number };

export const never = new AbortController().signal;

/** A log of texts. Its state is all of them joined. */
export function logOf(limits: Limits = {}): Log {
  return new MemoryStreamLog<string, string>({
    fold: (state, items) => (state ?? "") + items.join(""),
    sizeOf: (item) => item.length,
    itemsMax: 100,
    sizeMax: 1_000,
    keptMs: 5_000,
    ...limits,
  });
}

/** A reader's copy, made from its batches alone. Throws if an item is out of order, missing or repeated. */
export class Copy {
  text = "";

  constructor(public position = 0) {}

  take(batch: Batch<string, string>): void {
    if (batch.kind === "state") {
      this.text = batch.state;
      this.position = batch.sequence;
      return;
    }
    for (const { sequence, item } of batch.items) {
      if (sequence !== this.position + 1) throw new Error(`Item ${sequence} came after position ${this.position}.`);
      this.text += item;
      this.position = sequence;
    }
  }
}

/** Everything that is there now. The log must be closed, or this never returns. */
export async function readAll(log: Log, key: string, after = 0): Promise<Batch<string, string>[]> {
  const batches = [];
  for await (const batch of log.read(key, after, never)) batches.push(batch);
  return batches;
}

export const items = (texts: string[], first: number) => ({
  kind: "items",
  items: texts.map((item, index) => ({ sequence: first + index, item })),
});
export const state = (text: string, sequence: number) => ({ kind: "state", sequence, state: text });
