import { createHash } from "node:crypto";

/** Numbers that look random, and are the same each time for the same seed. */
export class Random {
  private state: number;

  constructor(seed: string) {
    this.state = createHash("sha256").update(seed).digest().readUInt32LE();
  }

  /** From 0 up to 1, and never 1: the generator "mulberry32" of Tommy Ettinger. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `min` to `max`. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** True so often. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.integer(0, items.length - 1)] as Item;
  }

  /** A whole number around `median`: as often below as above, and now and then many times as large, as durations are. */
  around(median: number): number {
    const spread = Math.exp((this.next() + this.next() + this.next() - 1.5) * 1.2);
    return Math.max(1, Math.round(median * spread));
  }
}
