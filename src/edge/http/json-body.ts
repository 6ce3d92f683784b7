import type { FastifyInstance } from "fastify";
import { DomainError } from "../../lib/errors.js";

/** Levels of a whole body. Services refuse fields of fewer levels, by name; what walks deeper JSON may run out of stack. */
const DEPTH_MAX = 200;

/** JSON or nothing: clients that always say "application/json" say so of requests without a body too. */
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

/** Counts brackets outside of strings; what is no JSON is for the parser to find. */
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
