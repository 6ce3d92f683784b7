import { isDeepStrictEqual } from "node:util";
import { quote } from "../lib/errors.js";

/** The gateway answered, but not what it should have; the message says what was got and what was expected. */
export class CheckFailed extends Error {}

export function expectThat(holds: boolean, what: string, got: unknown, expected: string): asserts holds {
  if (!holds) throw new CheckFailed(`${what}: got ${quote(got)}, expected ${expected}`);
}

/** Compares every field that `expected` names, in depth, and reports all that differ at once. */
export function expectFields<T extends object>(
  what: string,
  got: T,
  expected: { readonly [K in keyof T]?: T[K] },
): void {
  const names = Object.keys(expected) as (keyof T & string)[];
  const differences = names
    .filter((name) => !isDeepStrictEqual(got[name], expected[name]))
    .map((name) => `${what}.${name}: got ${quote(got[name])}, expected ${quote(expected[name])}`);
  if (differences.length > 0) throw new CheckFailed(differences.join("\n  "));
}
