import { stringifyExact } from "../../lib/json/exact-json.js";
import type { ExtensionPlace, Part, UnknownFields } from "../provider.js";

/** The names that are read elsewhere. Each counts at its own level only. */
const KNOWN: Readonly<Record<ExtensionPlace, ReadonlySet<string>>> = {
  answer: new Set(["id", "object", "created", "model", "choices", "usage", "error", "x_groq"]),
  choice: new Set(["index", "delta", "message", "text", "finish_reason", "usage", "error"]),
  delta: new Set(["role", "content", "refusal", "tool_calls", "function_call", "error"]),
  // The gateway sends counts of its own. What an upstream charges is between it and the gateway's operator.
  usage: new Set(["prompt_tokens", "completion_tokens", "total_tokens", "is_byok"]),
};

/** Names of what an answer cost the operator, such as OpenRouter's cost_details, DeepInfra's estimated_cost and xAI's cost_in_usd_ticks. */
const OF_COST = /(^|_)costs?(_|$)/;

/** Finds the fields that an upstream sends beside the answer. */
export class Extensions {
  /** The JSON of the fields of the answer and its usage, by place and name. Many repeat them in each chunk. */
  private readonly seen = new Map<string, string>();

  /**
   * Returns the object's other fields as one part, or no part if there are none. A field that is null counts as absent.
   * Fields of the answer and its usage are left out if they are as they were.
   */
  read(at: ExtensionPlace, given: UnknownFields, alsoKnown: readonly string[] = []): Part[] {
    const names = Object.keys(given).filter(
      (name) =>
        !KNOWN[at].has(name) &&
        !((at === "answer" || at === "usage") && OF_COST.test(name)) &&
        !alsoKnown.includes(name) &&
        given[name] != null &&
        this.isNew(at, name, given[name]),
    );
    if (names.length === 0) return [];
    return [{ type: "extension", at, fields: Object.fromEntries(names.map((name) => [name, given[name]])) }];
  }

  private isNew(at: ExtensionPlace, name: string, value: unknown): boolean {
    if (at === "choice" || at === "delta") return true;
    const json = stringifyExact(value);
    if (this.seen.get(`${at}.${name}`) === json) return false;
    this.seen.set(`${at}.${name}`, json);
    return true;
  }
}
