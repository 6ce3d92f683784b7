import { DomainError } from "../../../lib/errors.js";

/** Reading so many takes 20 ms at worst, for empty objects. 8 MiB of them took half a second. */
const VALUES_MAX = 100_000;

const DIGIT = /\d/;
const [QUOTE, COMMA, LIST, OBJECT, LIST_END, OBJECT_END, BACKSLASH] = [...'",[{]}\\'].map((sign) => sign.charCodeAt(0));

/**
 * Returns the refusal of JSON that has too many values to be read at a stretch, or is nested deeper than `levelsMax`;
 * otherwise undefined. Numbers in lists, which take a tenth of the time, count only beyond `numbersMax`. Whether the text is
 * JSON is for the parser to check.
 */
export function refusalOfJson(
  text: string,
  levelsMax = Number.POSITIVE_INFINITY,
  numbersMax = 0,
): DomainError | undefined {
  let values = 0;
  let numbersLeft = numbersMax;
  let levels = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) at = endOfString(text, at);
    else if (sign === COMMA) {
      if (numbersLeft > 0 && isBeforeNumber(text, at)) numbersLeft -= 1;
      else values += 1;
    } else if (sign === LIST || sign === OBJECT) {
      values += 1;
      levels += 1;
    } else if (sign === LIST_END || sign === OBJECT_END) levels -= 1;
    if (values > VALUES_MAX)
      return new DomainError("INVALID_INPUT", `The body may have ${VALUES_MAX} values of JSON, got more.`);
    if (levels > levelsMax)
      return new DomainError("INVALID_INPUT", `must not be nested more than ${levelsMax} levels deep`);
  }
  return undefined;
}

/** Programs in Python write a space after each comma. */
const isBeforeNumber = (text: string, comma: number): boolean =>
  DIGIT.test(text.charAt(comma + (text.charAt(comma + 1) === " " ? 2 : 1)));

/** Returns where the string ends that begins here, or where the text ends. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
