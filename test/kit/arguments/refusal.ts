import { expect } from "vitest";
import type { GraphqlError } from "../clients/graphql.js";
import type { Given, Name } from "./operations.js";
import { INFINITE, shorten, Written } from "./written.js";

export type Refusal = [operation: Name, given: Given, path: string];
/** `got` is given if the message shows something else than the value at the path. */
export type Row = readonly [...Refusal, got?: string];

/** A row with its title, as `it.each` takes it. */
export function titled(row: Row): [string, Row] {
  const [name, args, path] = row;
  return [`${name} refuses ${path} ${shorten(valueAt(args, path) ?? null)}`, row];
}

/** The error says which field is not valid, and what was sent in it. */
export function expectInvalidField(error: GraphqlError, [, args, path, got]: Row): void {
  expect(error.extensions, error.message).toMatchObject({
    code: "INVALID_INPUT",
    status: 422,
    retryable: false,
    field: path,
  });
  expect(error.message).toMatch(new RegExp(`^${path.replace(/[[\].]/g, "\\$&")} `));
  expect(error.message).toContain(`, got ${got ?? JSON.stringify(valueAt(args, path)).slice(0, 60)}`);
}

/** The value that a path such as input.messages[2].role leads to. */
export function valueAt(args: Given, path: string): unknown {
  const steps = path.split(/[.[\]]+/).filter(Boolean);
  return steps.reduce<unknown>((value, step) => (value as Given | undefined)?.[step], args);
}

/** The part of a value that all of GraphQL's messages show. */
export function shown(value: unknown): string {
  if (value instanceof Written) return value === INFINITE ? "" : value.literal;
  if (Array.isArray(value) || (typeof value === "object" && value !== null)) return "";
  return String(value);
}

/** The last name of a path. */
export const nameOf = (path: string) =>
  path
    .replace(/\[\d+\]$/, "")
    .split(".")
    .at(-1) ?? path;
