import type { FastifyInstance, FastifyRequest } from "fastify";
import { DomainError } from "../../lib/errors.js";
import { mayHaveLongIntegers, parseExact } from "../../lib/exact-json.js";

/**
 * How many levels a whole body may be nested. Code that walks deeper JSON may run out of stack. Services allow their
 * fields fewer levels.
 */
const DEPTH_MAX = 200;

/** Accepts JSON or an empty body. Some clients send "application/json" with requests that have no body. */
export function readJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  readExactJson(server, (text) => {
    if (isTooDeep(text)) throw tooDeep();
    return text !== "";
  });
}

/**
 * Reads JSON, in which integers that a double would change become bigints. Schemas know no bigints, so the check of a
 * body against its schema sees doubles, and the handler after it sees the exact integers. `check` may throw, and
 * returns whether there is something to parse.
 */
export function readExactJson(server: FastifyInstance, check: (text: string) => boolean = () => true): void {
  const exactBodies = new WeakMap<FastifyRequest, unknown>();
  // This parser refuses "__proto__" too.
  const parse = server.getDefaultJsonParser("error", "error");
  server.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, text, done) => {
    if (!check(text)) return done(null, undefined);
    parse(request, text, (error, body) => {
      if (!error && mayHaveLongIntegers(text)) exactBodies.set(request, parseExact(text));
      done(error, body);
    });
  });
  server.addHook("preHandler", async (request) => {
    if (exactBodies.has(request)) request.body = exactBodies.get(request);
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
