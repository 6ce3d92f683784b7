import { ID_LENGTH_MAX, ID_RULE, ID_TEXT, isId } from "../lib/ids.js";
import { isNestedWithin } from "../lib/json/levels.js";
import { formatUsd } from "../lib/money.js";
import { ValidateBy, type ValidationOptions } from "./class-validator.js";

export const METADATA_BYTES_MAX = 16_384;
/** No tool's schema needs more levels, and every reader of the JSON can follow this many, here and upstream. */
const JSON_LEVELS_MAX = 100;
/** The size limit of metadata, for descriptions. */
export const METADATA_SIZE_TEXT = `at most ${METADATA_BYTES_MAX / 1_024} KiB as JSON`;
export const FREE_DATA_TEXT = `Free data, ${METADATA_SIZE_TEXT}`;
export const METADATA_RULE = `must be a JSON object of at most ${METADATA_BYTES_MAX} bytes and ${JSON_LEVELS_MAX} levels, without NUL or broken Unicode, with integers above 2^53 as text`;

/** The form of a model group's name, for descriptions. */
export const GROUP_NAME_TEXT = `${ID_TEXT}, with / between parts`;

/** An id that the admin chooses. */
export const IsId = (options?: ValidationOptions) => rule("isId", ID_RULE, options, isId);

/** The name of a model group. It may have parts, as the names of models do: `meta-llama/Llama-3.3-70B`. */
export const IsGroupName = (options?: ValidationOptions) =>
  rule("isGroupName", `must be ${GROUP_NAME_TEXT}, each of which begins with a letter or digit`, options, isGroupName);

/** Whether a value can be the name of a model group: parts, each of which could be an id, within the length of one. */
export function isGroupName(value: unknown): value is string {
  return typeof value === "string" && value.length <= ID_LENGTH_MAX && value.split("/").every(isId);
}

/** Text for people or models, which is not blank and can be stored. */
export const IsText = (lengthMax: number, options?: ValidationOptions) =>
  rule(
    "isText",
    `must be text of 1 to ${lengthMax} characters, not blank, without NUL or broken Unicode`,
    options,
    (value) => {
      return typeof value === "string" && value.length <= lengthMax && value.trim() !== "" && isStorable(value);
    },
  );

/** An amount in nano-dollars. Clients write and read it in USD. */
export const IsUsd = (maxNanoUsd: bigint, options?: ValidationOptions) =>
  rule("isUsd", `must be from 0 to ${formatUsd(maxNanoUsd)}`, options, (value) => {
    return typeof value === "bigint" && value >= 0n && value <= maxNanoUsd;
  });

/** The same for an amount that must not be nothing. */
export const IsUsdAboveZero = (maxNanoUsd: bigint, options?: ValidationOptions) =>
  rule("isUsd", `must be above 0 and at most ${formatUsd(maxNanoUsd)}`, options, (value) => {
    return typeof value === "bigint" && value > 0n && value <= maxNanoUsd;
  });

/** A JSON object within the size limit. */
export const IsMetadata = (options?: ValidationOptions) => rule("isMetadata", METADATA_RULE, options, isMetadata);

export function isMetadata(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !isShallow(value)) return false;
  // The database's JSON would keep such an integer, but its readers would round it.
  if (holdsBigint(value)) return false;
  const json = JSON.stringify(value);
  return Buffer.byteLength(json) <= METADATA_BYTES_MAX && isStorableJson(json);
}

const FIRST_INSTANT = new Date("0001-01-01T00:00:00.000Z");
const LAST_INSTANT = new Date("9999-12-31T23:59:59.999Z");

/** A time that can be stored and shown. PostgreSQL has no year 0, and ISO 8601 has no year 10000. */
export const IsInstant = (options?: ValidationOptions) =>
  rule("isInstant", "must be within the years 1 to 9999 of UTC", options, isInstant);

export const isInstant = (value: unknown): boolean =>
  value instanceof Date && value >= FIRST_INSTANT && value <= LAST_INSTANT;

/** JSON of any kind that is not nested deeper than its readers can follow. */
export const IsShallow = (options?: ValidationOptions) =>
  rule("isShallow", `must be JSON of at most ${JSON_LEVELS_MAX} levels`, options, isShallow);

const isShallow = (value: unknown): boolean => isNestedWithin(value, JSON_LEVELS_MAX);

const holdsBigint = (value: unknown): boolean =>
  typeof value === "object" && value !== null ? Object.values(value).some(holdsBigint) : typeof value === "bigint";

/** Whether PostgreSQL can store the text. It stores neither NUL nor lone surrogates. */
export const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

/** The same check for JSON text, in which both appear only as escapes. */
const isStorableJson = (json: string): boolean => !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(json);

function rule(
  name: string,
  sentence: string,
  options: ValidationOptions | undefined,
  isValid: (value: unknown) => boolean,
) {
  return ValidateBy({ name, validator: { validate: isValid, defaultMessage: () => sentence } }, options);
}
