import { DomainError } from "../../lib/errors.js";

/** Reading so many takes 20 ms at worst, for empty objects. 8 MiB of them took half a second. */
const VALUES_MAX = 100_000;

const [QUOTE, COMMA, LIST, OBJECT, BACKSLASH] = [...'",[{\\'].map((sign) => sign.charCodeAt(0));

/** Returns the refusal of JSON that has too many values to be read at a stretch, or undefined. */
export function refusalOfJson(text: string): DomainError | undefined {
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) at = endOfString(text, at);
    else if (sign === COMMA || sign === LIST || sign === OBJECT) values += 1;
    if (values > VALUES_MAX)
      return new DomainError("INVALID_INPUT", `The body may have ${VALUES_MAX} values of JSON, got more.`);
  }
  return undefined;
}

/** Returns where the string ends that begins here, or where the text ends. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
