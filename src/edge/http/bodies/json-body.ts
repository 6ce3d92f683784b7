import { setImmediate as nextTurn } from "node:timers/promises";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { mayHaveLongIntegers, parseExact } from "../../../lib/json/exact-json.js";
import { refusalOfJson } from "./json-text.js";

/**
 * How many levels a whole body may be nested. Code that walks deeper JSON may run out of stack. Services allow their
 * fields fewer levels.
 */
const LEVELS_MAX = 200;
/** Reading a longer body takes so long that others get their turn between the steps. */
const LONG_CHARACTERS = 1024 * 1024;

/** Accepts JSON or an empty body. Some clients send "application/json" with requests that have no body. */
export function readJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  readExactJson(server, LEVELS_MAX);
}

/**
 * Reads JSON, in which integers that a double would change become bigints. Schemas know no bigints, so the check of a
 * body against its schema sees doubles, and the handler after it sees the exact integers. A body with too many values is
 * refused before it is parsed, and so is one that is nested deeper than `levelsMax`. An empty body has no value.
 */
export function readExactJson(server: FastifyInstance, levelsMax?: number): void {
  const exactBodies = new WeakMap<FastifyRequest, unknown>();
  const longBodies = new WeakSet<FastifyRequest>();
  // This parser refuses "__proto__" too.
  const parse = server.getDefaultJsonParser("error", "error");
  server.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, text, done) => {
    const refusal = refusalOfJson(text, levelsMax, request.routeOptions.config.body?.numbersMax);
    if (refusal) return done(refusal);
    if (text === "") return done(null, undefined);
    const read = () =>
      parse(request, text, (error, body) => {
        if (!error && mayHaveLongIntegers(text)) exactBodies.set(request, parseExact(text));
        done(error, body);
      });
    if (text.length <= LONG_CHARACTERS) return read();
    longBodies.add(request);
    setImmediate(read);
  });
  server.addHook("preHandler", async (request) => {
    if (exactBodies.has(request)) request.body = exactBodies.get(request);
    if (longBodies.has(request)) await nextTurn();
  });
}
