import { randomUUID } from "node:crypto";

// JSON has integers of any length, and a double has 53 bits. JSON that only passes through keeps every digit: an integer
// that a double would change becomes a bigint, and is written as it was. All other numbers stay what JSON.parse makes of
// them. Those with a point or an exponent do too: their readers take them for doubles anyway.
//
// The common libraries read text sign by sign, which takes 600 ms for a body of 8 MB. Here JSON.parse and JSON.stringify
// do the work, and text without a long integer is not even looked at twice.

/** The longest integer that is kept. A longer one is beyond a double, and JSON.parse makes it infinite. */
const DIGITS_MAX = 308;
/** 2^53 has 16 digits. */
const LONG_INTEGER = /(?:^|[\s:,[])-?[1-9]\d{15}/;
const LONG_INTEGERS = new RegExp(`(?<=^|[\\s:,[])-?[1-9]\\d{15,${DIGITS_MAX - 1}}(?=$|[\\s,\\]}])`, "g");

/** Whether JSON text may have an integer that a double would change. Such digits within a string count too. */
export const mayHaveLongIntegers = (text: string): boolean => LONG_INTEGER.test(text);

/** Reads an integer as it is written in JSON or in GraphQL. */
export function exactInteger(digits: string): number | bigint {
  const double = Number(digits);
  return String(double) === digits || digits.length < 16 || digits.length > DIGITS_MAX ? double : BigInt(digits);
}

/** Like JSON.parse, with a bigint for each integer that a double would change. Throws SyntaxError as JSON.parse does. */
export function parseExact(text: string): unknown {
  if (!mayHaveLongIntegers(text)) return JSON.parse(text);
  // Nobody can know the mark beforehand, so that no string of a client looks like a marked integer.
  const mark = `${randomUUID()}:`;
  const root = { value: JSON.parse(marked(text, mark)) as unknown };
  unmark(root, mark);
  return root.value;
}

/** Turns each integer that a double would change into a string that begins with the mark. */
function marked(text: string, mark: string): string {
  const pieces: string[] = [];
  let written = 0;
  let at = 0;
  while (at < text.length) {
    const opening = text.indexOf('"', at);
    const end = opening === -1 ? text.length : opening;
    const between = end - at < 16 ? "" : text.slice(at, end);
    if (LONG_INTEGER.test(between)) {
      pieces.push(
        text.slice(written, at),
        between.replace(LONG_INTEGERS, (digits) => markedInteger(digits, mark)),
      );
      written = end;
    }
    at = endOfString(text, end);
  }
  pieces.push(text.slice(written));
  return pieces.join("");
}

const markedInteger = (digits: string, mark: string): string =>
  typeof exactInteger(digits) === "bigint" ? `"${mark}${digits}"` : digits;

/** The position after the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote !== -1) {
    let before = quote - 1;
    while (text[before] === "\\") before--;
    if ((quote - before) % 2 === 1) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return text.length;
}

/** Puts the integers in the place of their marks. It keeps a list of its own, because JSON may be nested deeply. */
function unmark(root: object, mark: string): void {
  const waiting: object[] = [root];
  const unmarked = (value: unknown): unknown => {
    if (typeof value === "object" && value !== null) waiting.push(value);
    return typeof value === "string" && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value;
  };
  for (let holder = waiting.pop(); holder; holder = waiting.pop()) {
    if (Array.isArray(holder))
      for (let index = 0; index < holder.length; index++) holder[index] = unmarked(holder[index]);
    else
      for (const [name, value] of Object.entries(holder)) {
        const exact = unmarked(value);
        if (exact !== value) (holder as Record<string, unknown>)[name] = exact;
      }
  }
}

/** Like JSON.stringify, for values that may hold bigints. Each is written as an integer. */
export function stringifyExact(value: unknown): string {
  const holders = new Set<object>();
  // A value without a bigint is the common case, for which JSON.stringify is the fastest way.
  return typeof value === "bigint" || findHolders(value, holders) ? written(value, holders) : JSON.stringify(value);
}

/** Collects the objects and lists that have a bigint in them at any depth. Returns whether the value is one. */
function findHolders(value: unknown, holders: Set<object>): boolean {
  if (typeof value !== "object" || value === null) return false;
  for (const item of Array.isArray(value) ? value : Object.values(value))
    if (typeof item === "bigint" || findHolders(item, holders)) holders.add(value);
  return holders.has(value);
}

function written(value: unknown, holders: ReadonlySet<object>): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null || !holders.has(value)) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map((item) => written(item, holders)).join(",")}]`;
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${fields.map(([name, item]) => `${JSON.stringify(name)}:${written(item, holders)}`).join(",")}}`;
}
