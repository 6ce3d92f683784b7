import type { AnsweredCall } from "./job-checks.js";
import type { CostSummary } from "./job-shapes.js";
import type { Progress } from "./progress.js";
import type { CreditEntry } from "./shapes.js";
import { sixDecimals } from "./usd.js";

const RULE = "=".repeat(70);
const SHOWN_CHARACTERS = 100;

export function printBanner(progress: Progress, title: string): void {
  for (const line of [RULE, title, RULE]) progress.say(line);
}

export function printCall(progress: Progress, call: AnsweredCall): void {
  const cost = call.costUsd === null ? "cost unknown" : `$${sixDecimals(call.costUsd)}`;
  progress.say(`    Response: ${beginning(call.content)}`);
  progress.say(`    Tokens: ${call.usage.totalTokens}`);
  progress.say(`    Latency: ${call.latencyMs}ms`);
  progress.say(`    Model: ${call.model} (provider: ${call.provider}), ${cost} (${call.costSource})`);
}

export function printSummary(progress: Progress, costs: CostSummary): void {
  progress.say("\n  Cost Summary:");
  progress.say(`    Total calls: ${costs.totalCalls}`);
  progress.say(`    Successful: ${costs.successfulCalls}`);
  progress.say(`    Failed: ${costs.failedCalls}`);
  progress.say(`    Total tokens: ${costs.totalTokens}`);
  progress.say(`    Total cost: $${sixDecimals(costs.totalCostUsd)}`);
  if (costs.unpricedCalls > 0)
    progress.say(`    Without a known price: ${costs.unpricedCalls} (adds nothing to the cost)`);
  progress.say(`    Avg latency: ${costs.avgLatencyMs}ms`);
  progress.say(`    Credit applied: ${costs.creditApplied ? "True" : "False"}`);
  progress.say(`    Credits remaining: ${costs.creditsRemaining}`);
}

/** The ledger as a sum, oldest entry first: what each did to the credits that are available and held. */
export function ledgerText(newestFirst: readonly CreditEntry[]): string {
  const signed = (credits: number): string => (credits > 0 ? `+${credits}` : `${credits}`);
  return newestFirst
    .toReversed()
    .map(
      ({ kind, credits, heldCredits }) =>
        `${kind} ${signed(credits)}${heldCredits ? ` (held ${signed(heldCredits)})` : ""}`,
    )
    .join(", ");
}

/** One line, whatever a model wrote: a line break, or a control sequence, would spoil the terminal. */
function beginning(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  const characters = Array.from(line);
  return characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join("")}...` : line;
}
