import { expectUsd } from "./expect.js";

const NANO_PER_MICRO = 1_000n;
const MICRO_USD = 1_000_000n;

/** An amount for people: six digits after the point, rounded half up. */
export function sixDecimals(text: string): string {
  const micro = (expectUsd(text) + NANO_PER_MICRO / 2n) / NANO_PER_MICRO;
  return `${micro / MICRO_USD}.${(micro % MICRO_USD).toString().padStart(6, "0")}`;
}
