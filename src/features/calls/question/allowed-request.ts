import { invalid } from "../../../input/validate.js";
import type { ChatRequest } from "../../../upstream/provider.js";
import type { CallRules } from "../../models/plan-lookup.js";
import { withBound } from "./output-bound.js";
import { foreignTool, verdictOn } from "./passed-options.js";

type Question = Omit<ChatRequest, "model">;

const HOW_TO_ALLOW = "is not passed on, unless the admin names it in allowedOptions of the model group";

/**
 * Holds a request to what its model group allows: the names that may pass, and the most tokens of an answer. Throws
 * INVALID_INPUT with the name of what may not pass. Bookkeeping is left out instead if `leavesOutBookkeeping`.
 */
export function allowedRequest(question: Question, rules: CallRules, leavesOutBookkeeping: boolean): Question {
  const allowed = new Set(rules.allowedOptions);
  const options = Object.entries(question.options).filter(([name, value]) => {
    const verdict = verdictOn(name, value, allowed);
    if (verdict === "pass") return true;
    if (verdict === "leave out" && leavesOutBookkeeping) return false;
    throw invalid(`input.providerOptions.${name}`, HOW_TO_ALLOW, name);
  });
  requireOwnTools(question.options.tools, allowed);
  return { ...question, options: withBound(Object.fromEntries(options), rules.maxOutputTokens) };
}

function requireOwnTools(tools: unknown, allowed: ReadonlySet<string>): void {
  if (!Array.isArray(tools)) return;
  for (const [index, tool] of tools.entries()) {
    const name = foreignTool(tool);
    if (name !== undefined && !allowed.has(name)) throw invalid(`input.tools[${index}]`, HOW_TO_ALLOW, name);
  }
}
