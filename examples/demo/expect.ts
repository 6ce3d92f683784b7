import { isDeepStrictEqual } from "node:util";
import { quote } from "../../src/lib/errors.js";
import { isObject } from "../../src/lib/json/unknown-json.js";
import { parseUsd } from "../../src/lib/money.js";

/** The gateway gave a wrong answer. The message says what was got and what was expected. */
export class CheckFailed extends Error {}

export function expectThat(holds: boolean, what: string, got: unknown, expected: string): asserts holds {
  if (!holds) throw new CheckFailed(`${what}: got ${quote(got)}, expected ${expected}`);
}

/** Converts an amount of the API to nano-dollars, exactly. */
export function expectUsd(text: string): bigint {
  const amount = parseUsd(text);
  const expected = "0 or more, with at most 9 digits before and after the point";
  expectThat(amount !== undefined && amount >= 0n, "An amount", text, expected);
  return amount;
}

/** Compares every field that `expected` names, in depth. Throws one error that lists all differences. */
export function expectFields<T extends object>(
  what: string,
  got: T,
  expected: { readonly [Name in keyof T]?: T[Name] },
): void {
  const names = Object.keys(expected) as (keyof T & string)[];
  const found = names.flatMap((name) => differences(`${what}.${name}`, got[name], expected[name]));
  if (found.length > 0) throw new CheckFailed(found.join("\n   "));
}

/** One sentence for each difference, with the full path to it. */
function differences(path: string, got: unknown, expected: unknown): string[] {
  if (isDeepStrictEqual(got, expected)) return [];
  const [gotParts, expectedParts] = [partsOf(got), partsOf(expected)];
  if (gotParts && expectedParts && sameNames(gotParts, expectedParts))
    return Object.keys(expectedParts).flatMap((name) =>
      differences(`${path}.${name}`, gotParts[name], expectedParts[name]),
    );
  return [`${path}: got ${quote(got)}, expected ${quote(expected)}`];
}

/** The fields of an object, or the items of a list by their index. */
function partsOf(value: unknown): Record<string, unknown> | undefined {
  if (Array.isArray(value)) return { ...value };
  return isObject(value) ? value : undefined;
}

const sameNames = (a: object, b: object): boolean => isDeepStrictEqual(Object.keys(a).sort(), Object.keys(b).sort());
