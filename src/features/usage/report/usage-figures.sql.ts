import { columnOf } from "../../../db/field-names.js";

const SAFE_MAX = Number.MAX_SAFE_INTEGER;

/** Whose cost is shown: the real one to the admin, and that with the markup to everybody else. */
export type CostKind = "real" | "shown";

/** Names of figures that clients see, such as `costUsd`. Null means all of them. */
export type WantedFigures = ReadonlySet<string> | null;

interface Wanted {
  readonly cost: CostKind;
  readonly wants: WantedFigures;
}

/** The figures of a row of a report, as the database sends them. */
export const usageFiguresRow = {
  jobsCompleted: "safeint",
  jobsFailed: "safeint",
  jobsCancelled: "safeint",
  jobsExpired: "safeint",
  pricedJobs: "safeint",
  postedCredits: "safeint",
  unpricedCredits: "safeint",
  calls: "safeint",
  successfulCalls: "safeint",
  failedCalls: "safeint",
  cancelledCalls: "safeint",
  estimatedCalls: "safeint",
  unknownUsageCalls: "safeint",
  unpricedCalls: "safeint",
  partlyUnpricedCalls: "safeint",
  fallbacks: "safeint",
  rescuedCalls: "safeint",
  attempts: "safeint",
  failedAttempts: "safeint",
  promptTokens: "safeint",
  completionTokens: "safeint",
  cachedPromptTokens: "safeint",
  cacheWritePromptTokens: "safeint",
  audioPromptTokens: "safeint",
  reasoningTokens: "safeint",
  audioCompletionTokens: "safeint",
  /** Nano-dollars if it is the real cost, and otherwise 1e-15 USD. */
  cost: "text",
  failedCost: "text",
  completedCost: "text",
  unpaidCost: "text",
  /** In nano-dollars. */
  revenue: "text",
  latencies: "text",
  timesToFirstToken: "text",
} as const;
type Figure = keyof typeof usageFiguresRow;

/** The figures that clients see and that are made of each figure of the database, if they do not just have its name. */
const SHOWN_FROM: Readonly<Partial<Record<Figure, readonly string[]>>> = {
  jobsCompleted: ["jobsCompleted", "costPerCompletedJobUsd"],
  pricedJobs: ["revenueUsd", "marginUsd"],
  postedCredits: ["creditsPosted"],
  unpricedCredits: ["creditsWithoutPrice"],
  calls: ["calls", "errorRate", "fallbackRate"],
  successfulCalls: ["callsSucceeded"],
  failedCalls: ["callsFailed", "errorRate"],
  cancelledCalls: ["callsCancelled"],
  estimatedCalls: ["callsEstimated"],
  unknownUsageCalls: ["callsUnknown"],
  unpricedCalls: ["callsUnpriced"],
  partlyUnpricedCalls: ["callsPartlyUnpriced"],
  fallbacks: ["fallbacks", "fallbackRate"],
  rescuedCalls: ["callsRescued"],
  promptTokens: ["promptTokens", "totalTokens"],
  completionTokens: ["completionTokens", "totalTokens"],
  cost: ["costUsd", "marginUsd"],
  failedCost: ["failedAttemptsCostUsd"],
  completedCost: ["completedJobsCostUsd", "costPerCompletedJobUsd"],
  unpaidCost: ["unpaidJobsCostUsd"],
  revenue: ["revenueUsd", "marginUsd"],
  latencies: ["latencyMs"],
  timesToFirstToken: ["timeToFirstTokenMs"],
};

/** The SQL of a sum of rows of usage. If it is signed, rows of which `is_less` is true are taken away. */
export const sumOf =
  (isSigned: boolean) =>
  (column: string, condition?: string): string => {
    const value = isSigned ? `CASE WHEN is_less THEN - ${column} ELSE ${column} END` : column;
    return `COALESCE(sum(${value})${condition ? ` FILTER (WHERE ${condition})` : ""}, 0)`;
  };

/** The SQL of all columns of figures. Those that nobody wants are 0: a sum less is read for each row of usage. */
export function figuresOf({ cost, wants }: Wanted, isSigned: boolean): string {
  const sum = sumOf(isSigned);
  const jobsAs = (outcome: string) => sum("jobs", `outcome = '${outcome}'`);
  const [costs, failedCosts] =
    cost === "real"
      ? ["cost_nano_usd", "failed_cost_nano_usd"]
      : ["shown_cost_femto_usd", "shown_failed_cost_femto_usd"];
  const sums: Partial<Record<Figure, string>> = {
    jobsCompleted: jobsAs("COMPLETED"),
    jobsFailed: jobsAs("FAILED"),
    jobsCancelled: jobsAs("CANCELLED"),
    jobsExpired: jobsAs("EXPIRED"),
    cost: sum(costs),
    failedCost: sum(failedCosts),
    completedCost: sum(costs, "outcome = 'COMPLETED'"),
    unpaidCost: sum(costs, "outcome IN ('FAILED', 'CANCELLED', 'EXPIRED')"),
    revenue: sum("revenue_nano_usd"),
  };
  const isWanted = (figure: Figure) =>
    wants === null || (SHOWN_FROM[figure] ?? [figure]).some((name) => wants.has(name));
  return (Object.keys(usageFiguresRow) as Figure[])
    .map((figure) => {
      const found = isWanted(figure) ? (sums[figure] ?? sum(columnOf(figure))) : "0";
      const value = usageFiguresRow[figure] === "text" ? `${found}::text` : `LEAST(${found}, ${SAFE_MAX})::bigint`;
      return `${value} AS ${columnOf(figure)}`;
    })
    .join(", ");
}
