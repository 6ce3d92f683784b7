import { quote } from "../../src/lib/errors.js";
import { NANO_USD } from "../../src/lib/money.js";
import { CheckFailed } from "./expect.js";

const NANO_PER_MICRO = 1_000n;
const MICRO_USD = 1_000_000n;

/** The exact amount of a Decimal of the API, in nano-dollars: no float may touch it. */
export function parseUsd(text: string): bigint {
  const match = /^(\d{1,18})(?:\.(\d{1,9}))?$/.exec(text);
  if (!match) throw new CheckFailed(`An amount: got ${quote(text)}, expected digits with at most 9 after the point`);
  const [, whole = "", fraction = ""] = match;
  return BigInt(whole) * NANO_USD + BigInt(fraction.padEnd(9, "0"));
}

/** For people: six digits after the point, as the seed prints it, rounded half up. */
export function sixDecimals(text: string): string {
  const micro = (parseUsd(text) + NANO_PER_MICRO / 2n) / NANO_PER_MICRO;
  return `${micro / MICRO_USD}.${(micro % MICRO_USD).toString().padStart(6, "0")}`;
}
