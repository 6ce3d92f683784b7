import { invalid } from "../../../input/validate.js";
import {
  isJsonQuestion,
  type JsonEndpoint,
  type JsonQuestion,
  type Question,
  type UnknownFields,
} from "../../../upstream/provider.js";
import type { CallRules } from "../../models/plan-lookup.js";
import { withBound } from "./output-bound.js";
import { foreignTool, verdictOn } from "./passed-options.js";

const HOW_TO_ALLOW = "is not passed on, unless the admin names it in allowedOptions of the model group";

/** What questions that are no chats may say, beside what every chat may: OpenAI's fields, and those of Cohere, NVIDIA and vLLM. */
const FIELDS_OF: Readonly<Record<JsonEndpoint, readonly string[]>> = {
  embeddings: ["input", "dimensions", "encoding_format", "input_type", "truncate", "truncate_prompt_tokens", "task"],
  completions: ["prompt", "suffix", "echo"],
  moderations: ["input"],
};

/**
 * Holds a request to what its model group allows: the names that may pass, and the most tokens of an answer. Throws
 * INVALID_INPUT with the name of what may not pass. Bookkeeping is left out instead if `leavesOutBookkeeping`.
 */
export function allowedRequest(question: Question, rules: CallRules, leavesOutBookkeeping: boolean): Question {
  if (isJsonQuestion(question)) return allowedJson(question, rules, leavesOutBookkeeping);
  const allowed = new Set(rules.allowedOptions);
  const options = passed(question.options, allowed, leavesOutBookkeeping);
  requireOwnTools(question.options.tools, allowed);
  return { ...question, options: withBound(options, rules.maxOutputTokens) };
}

function allowedJson(question: JsonQuestion, rules: CallRules, leavesOutBookkeeping: boolean): Question {
  const { endpoint, body } = question;
  const allowed = new Set([...rules.allowedOptions, ...FIELDS_OF[endpoint]]);
  const fields = passed(body, allowed, leavesOutBookkeeping);
  return { ...question, body: endpoint === "completions" ? withBound(fields, rules.maxOutputTokens) : fields };
}

function passed(options: UnknownFields, allowed: ReadonlySet<string>, leavesOutBookkeeping: boolean): UnknownFields {
  const given = Object.entries(options).filter(([name, value]) => {
    const verdict = verdictOn(name, value, allowed);
    if (verdict === "pass") return true;
    if (verdict === "leave out" && leavesOutBookkeeping) return false;
    throw invalid(`input.providerOptions.${name}`, HOW_TO_ALLOW, name);
  });
  return Object.fromEntries(given);
}

function requireOwnTools(tools: unknown, allowed: ReadonlySet<string>): void {
  if (!Array.isArray(tools)) return;
  for (const [index, tool] of tools.entries()) {
    const name = foreignTool(tool);
    if (name !== undefined && !allowed.has(name)) throw invalid(`input.tools[${index}]`, HOW_TO_ALLOW, name);
  }
}
