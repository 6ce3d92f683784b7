import type { CallEventFragment, CostsFragment, LedgerEntryFragment } from "../graphql/operations.js";
import type { AnsweredCall } from "./job-checks.js";
import type { Progress } from "./progress.js";
import { sixDecimals } from "./usd.js";

const RULE = "=".repeat(70);
const SHOWN_CHARACTERS = 100;

export function printBanner(progress: Progress, title: string): void {
  for (const line of [RULE, title, RULE]) progress.say(line);
}

export function printCall(progress: Progress, call: AnsweredCall): void {
  progress.say(`    Response: ${beginning(call.content)}`);
  printFigures(progress, call);
}

/** Prints the figures of a streamed call. Its text is on the screen already. */
export function printStreamedCall(progress: Progress, call: AnsweredCall, deltas: number): void {
  progress.say(`\n    Streamed: ${deltas} deltas over a WebSocket`);
  printFigures(progress, call);
}

/** Prints the text that an event of a call brings. */
export function printEvent(progress: Progress, event: CallEventFragment): void {
  if (event.__typename === "LlmCallStarted") progress.write("    Response: ");
  if (event.__typename === "LlmCallDelta") progress.write(oneLine(event.content));
  if (event.__typename === "LlmCallModelSwitched")
    progress.write(
      `\n    ${event.fromModel} failed, ${event.toModel} is asked: ${oneLine(event.reason)}\n    Response: `,
    );
  if (event.__typename === "LlmCallSnapshot") progress.write(`\n    Response: ${oneLine(event.content)}`);
}

function printFigures(progress: Progress, call: AnsweredCall): void {
  const cost = call.costUsd === null ? "cost unknown" : `$${sixDecimals(call.costUsd)}`;
  progress.say(`    Tokens: ${call.usage.totalTokens}`);
  progress.say(`    Latency: ${call.latencyMs}ms`);
  progress.say(`    Model: ${call.model} (provider: ${call.provider}), ${cost} (${call.costSource})`);
}

export function printSummary(progress: Progress, costs: CostsFragment): void {
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

/** The ledger as a sum, oldest entry first. Each entry shows how it changed the available and the held credits. */
export function ledgerText(newestFirst: readonly LedgerEntryFragment[]): string {
  const signed = (credits: number): string => (credits > 0 ? `+${credits}` : `${credits}`);
  return newestFirst
    .toReversed()
    .map(
      ({ kind, credits, heldCredits }) =>
        `${kind} ${signed(credits)}${heldCredits ? ` (held ${signed(heldCredits)})` : ""}`,
    )
    .join(", ");
}

/** Removes line breaks and control characters, so that what a model wrote cannot spoil the terminal. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, " ");

function beginning(text: string): string {
  const line = oneLine(text).trim();
  const characters = Array.from(line);
  return characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join("")}...` : line;
}
