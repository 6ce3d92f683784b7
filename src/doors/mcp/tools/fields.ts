import { z } from "zod";
import { DateTimeScalar } from "../../../edge/graphql/scalars.js";
import { JobStatus } from "../../../generated/prisma/enums.js";
import { METADATA_SIZE_TEXT } from "../../../input/rules.js";
import { invalid } from "../../../input/validate.js";
import { parseUsd } from "../../../lib/money.js";

// Fields that several tools have.

export const text = (description: string) => z.string().describe(description);
export const count = (description: string) => z.int().describe(description);
export const flag = (description: string) => z.boolean().describe(description);
export const decimal = (description: string) => z.string().describe(`${description} In USD, as an exact decimal.`);
/** A time. The pattern that Zod has for it would be the longest part of the list of tools, which models read. */
export const time = (description: string) => z.string().meta({ description, format: "date-time" });
export const freeData = z.record(z.string(), z.unknown()).describe(`Free data of your own: ${METADATA_SIZE_TEXT}.`);

/** The values of an enum as this door writes them, which is in lower case, as REST does. */
export const wordsOf = <Value extends string>(values: Readonly<Record<string, Value>>): [Lowercase<Value>] =>
  Object.values(values).map(lowerCase) as [Lowercase<Value>];
export const lowerCase = <Value extends string>(value: Value) => value.toLowerCase() as Lowercase<Value>;
export const upperCase = <Word extends string>(word: Word) => word.toUpperCase() as Uppercase<Word>;

export const jobStatus = z
  .enum(wordsOf(JobStatus))
  .describe("Where the job stands. pending and in_progress are open, the others final.");

export const idempotencyKey = (again: string) =>
  text(
    `A key of your own, 1 to 255 characters. For 24 hours the same key with the same arguments returns the first result. Without it, a repeat ${again}.`,
  );

export const limit = (description: string) => z.int().min(1).describe(description);

/** Reads a time that a client gave. */
export function instantOf(field: string, given: string): Date {
  try {
    return DateTimeScalar.parseValue(given);
  } catch {
    throw invalid(field, 'must be a time with its zone, such as "2026-03-01T00:00:00Z"', given);
  }
}

/** Reads an amount that a model may have written as a number. */
export function nanoUsdOf(field: string, amount: string | number): bigint {
  const nanoUsd = parseUsd(String(amount));
  if (nanoUsd === undefined) throw invalid(field, 'must be a decimal in USD such as "0.50"', amount);
  return nanoUsd;
}
