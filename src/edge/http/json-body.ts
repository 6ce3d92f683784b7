import type { FastifyInstance } from "fastify";
import { DomainError } from "../../lib/errors.js";

/**
 * How many levels a whole body may be nested. Code that walks deeper JSON may run out of stack. Services allow their
 * fields fewer levels.
 */
const DEPTH_MAX = 200;

/** Accepts JSON or an empty body. Some clients send "application/json" with requests that have no body. */
export function readJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser("error", "error");
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = String(body);
    if (text === "") done(null, undefined);
    else if (isTooDeep(text)) done(tooDeep());
    else parse(request, text, done);
  });
}

/** Counts brackets outside of strings. Whether the text is JSON is for the parser to check. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const sign = text[index];
    if (inString && sign === "\\") index++;
    else if (sign === '"') inString = !inString;
    else if (inString) continue;
    else if (sign === "[" || sign === "{") depth++;
    else if (sign === "]" || sign === "}") depth--;
    if (depth > DEPTH_MAX) return true;
  }
  return false;
}

function tooDeep(): DomainError {
  return new DomainError("INVALID_INPUT", `must not be nested more than ${DEPTH_MAX} levels deep`);
}
