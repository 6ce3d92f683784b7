import { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import { Tally } from "../../../lib/tally.js";

/** The text of a document. Values that are long travel in variables, which may be as long as a body. */
const CHARACTERS_MAX = 256 * 1024;
/** The levels of brackets. The parser takes the stack of the process for each. */
const NESTING_MAX = 200;
/**
 * GraphQL compares fields of the same name with each other, each with each: this many take some 30 ms. A document with
 * 1,000 fields of 50 names has 20,000.
 */
const COMPARISONS_MAX = 50_000;

/**
 * A string or a comment, whose content does not count, or a bracket, or a name. A string that does not end goes on to
 * the end of its line or of the text, because looking for its end again from each quote in it takes seconds.
 */
const TOKEN = /"""(?:\\"""|[\s\S])*?(?:"""|$)|"(?:\\.|[^"\\\n\r])*"?|#[^\n\r]*|[{}[\]()]|[_A-Za-z]\w*/g;

/** Texts that have passed, because most come again and again. */
const passed = new LRUCache<string, true>({ maxSize: 4 * 1024 * 1024, sizeCalculation: (_, text) => text.length + 1 });

/**
 * Returns the refusal of a document that takes too long to be read, or undefined. The limits that are checked once it
 * is read are in document-limits.ts.
 */
export function refusalOfText(text: string): GraphQLError | undefined {
  if (passed.get(text)) return undefined;
  const refused = check(text);
  if (!refused) passed.set(text, true);
  return refused;
}

function check(text: string): GraphQLError | undefined {
  if (text.length > CHARACTERS_MAX)
    return refusal(`query may have ${CHARACTERS_MAX} characters, got ${text.length}. Send long values in variables.`);
  const names = new Tally();
  const levels = { all: 0, ofArguments: 0 };
  let comparisons = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    if (/\w/.test(token.charAt(0))) {
      if (levels.ofArguments > 0) continue;
      // n things are compared about n² times; one more adds 2n + 1.
      comparisons += 2 * names.of(token) + 1;
      names.add(token);
      if (comparisons > COMPARISONS_MAX)
        return refusal(
          `query repeats the same names so often that reading it takes more than ${COMPARISONS_MAX} comparisons.`,
        );
    } else count(levels, token);
    if (levels.all > NESTING_MAX) return refusal(`query may have ${NESTING_MAX} levels of brackets, got more.`);
  }
  return undefined;
}

function count(levels: { all: number; ofArguments: number }, token: string): void {
  const step = "{[(".includes(token) ? 1 : "}])".includes(token) ? -1 : 0;
  levels.all += step;
  if (token === "(" || token === ")") levels.ofArguments += step;
}

const refusal = (message: string) => new GraphQLError(message, { extensions: { code: "GRAPHQL_PARSE_FAILED" } });
