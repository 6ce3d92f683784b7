import { isDeepStrictEqual } from "node:util";
import { quote } from "../../src/lib/errors.js";

/** The gateway answered, but not what it should have; the message says what was got and what was expected. */
export class CheckFailed extends Error {}

export function expectThat(holds: boolean, what: string, got: unknown, expected: string): asserts holds {
  if (!holds) throw new CheckFailed(`${what}: got ${quote(got)}, expected ${expected}`);
}

/** Compares every field that `expected` names, in depth, and reports all that differ at once. */
export function expectFields<T extends object>(
  what: string,
  got: T,
  expected: { readonly [Name in keyof T]?: T[Name] },
): void {
  const names = Object.keys(expected) as (keyof T & string)[];
  const found = names.flatMap((name) => differences(`${what}.${name}`, got[name], expected[name]));
  if (found.length > 0) throw new CheckFailed(found.join("\n   "));
}

/** One sentence for each place, as deep inside as it can be named: a whole object would hide what differs in it. */
function differences(path: string, got: unknown, expected: unknown): string[] {
  if (isDeepStrictEqual(got, expected)) return [];
  if (isObject(got) && isObject(expected) && isDeepStrictEqual(Object.keys(got).sort(), Object.keys(expected).sort()))
    return Object.keys(expected).flatMap((name) => differences(`${path}.${name}`, got[name], expected[name]));
  return [`${path}: got ${quote(got)}, expected ${quote(expected)}`];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
