import type { CreditEntry } from "../../../src/generated/prisma/client.js";
import { Metrics } from "../clients/metrics.js";
import { ADMIN_KEY, type Gateway } from "../gateway/gateway.js";

/** The credits of a job's entries, by the movement that counts them. */
const ENTRIES = { held: "HOLD", posted: "POST", voided: "VOID", expired: "EXPIRE" } as const;
const STATUSES = ["COMPLETED", "FAILED", "CANCELLED", "EXPIRED"] as const;

/**
 * Returns by how much the database has more credits moved, jobs ended, calls settled, attempts, tokens and micro-dollars
 * than the metrics of all its gateways together have counted.
 */
export async function untold(gateways: readonly [Gateway, ...Gateway[]]): Promise<Record<string, number>> {
  const [{ database }] = gateways;
  const { db } = database;
  const all = await Promise.all(gateways.map(({ url }) => Metrics.of(url, ADMIN_KEY)));
  const told = (metric: string, labels: Record<string, string> = {}) =>
    all.reduce((sum, metrics) => sum + metrics.sum(`tollgate_${metric}`, labels), 0);
  const found: Record<string, number> = {};
  for (const [movement, kind] of Object.entries(ENTRIES))
    found[movement] =
      creditsOf(await db.creditEntry.findMany({ where: { kind } })) - told("credits_total", { movement });
  for (const status of STATUSES)
    found[status] =
      (await db.job.count({ where: { status } })) - told("jobs_ended_total", { status: status.toLowerCase() });
  const calls = await db.llmCall.aggregate({
    where: { status: { not: "RUNNING" } },
    _count: true,
    _sum: { promptTokens: true, completionTokens: true, costNanoUsd: true },
  });
  const { promptTokens, completionTokens, costNanoUsd } = calls._sum;
  found.calls = calls._count - told("calls_total");
  found.attempts = (await db.llmCallAttempt.count()) - told("attempts_total");
  found.promptTokens = Number(promptTokens) - told("tokens_total", { kind: "prompt" });
  found.completionTokens = Number(completionTokens) - told("tokens_total", { kind: "completion" });
  found.microUsd = Math.round((Number(costNanoUsd) / 1e9 - told("cost_usd_total")) * 1e6) + 0;
  return found;
}

/** What entries of one kind have held, taken or given back. What a completed job takes leaves both figures. */
const creditsOf = (entries: readonly CreditEntry[]): number =>
  entries.reduce(
    (sum, { kind, credits, heldCredits }) => sum + Math.abs(kind === "POST" ? credits + heldCredits : heldCredits),
    0,
  );
