import type { Db } from "../../../src/db/client.js";

/** What the plain sums are by, in the order of a report's rows. */
export const NAMES = ["organizationId", "teamId", "keyId", "modelGroup", "model", "jobType", "outcome"] as const;
export type Name = (typeof NAMES)[number];
export type Span = "HOUR" | "DAY" | "MONTH" | "ALL";

/** Something that counts at a time, for each name it has. */
interface Fact {
  readonly at: Date;
  readonly names: Readonly<Record<Name, string>>;
  readonly adds: Readonly<Record<string, bigint>>;
  readonly latencyMs?: number | null;
  readonly timeToFirstTokenMs?: number | null;
}

/** What was added up of the facts with the same names in the same time. */
export interface PlainSum {
  readonly start: string;
  readonly names: Readonly<Partial<Record<Name, string | null>>>;
  readonly figures: Record<string, bigint>;
  readonly latencies: number[];
  readonly timesToFirstToken: number[];
}

const one = (condition: boolean): bigint => (condition ? 1n : 0n);
const UNPAID = ["FAILED", "CANCELLED", "EXPIRED"];
const MILLION = 1_000_000n;
const CALLS_OF_PART = 5_000;

/** Reads from the rows of jobs, calls and attempts, and from nothing else, what a report should count. */
export async function readFacts(db: Db): Promise<Fact[]> {
  const jobs = await db.job.findMany({ include: { team: true } });
  const calls = await readCalls(db);
  const ofJobs = new Map(jobs.map((job) => [job.id, job]));
  const facts: Fact[] = [];
  for (const job of jobs) {
    if (!job.completedAt) continue;
    const { organizationId } = job.team;
    const names = {
      organizationId,
      teamId: job.teamId,
      keyId: job.keyId ?? "",
      modelGroup: "",
      model: "",
      jobType: job.jobType,
      outcome: job.status,
    };
    const credits = BigInt(job.postedCredits);
    const isPriced = job.creditPriceNanoUsd !== null;
    const adds = {
      [`jobs${job.status}`]: 1n,
      creditsPosted: credits,
      pricedJobs: one(isPriced),
      creditsWithoutPrice: isPriced ? 0n : credits,
      revenue: credits * (job.creditPriceNanoUsd ?? 0n),
    };
    facts.push({ at: job.completedAt, names, adds });
  }
  for (const call of calls) {
    const job = ofJobs.get(call.jobId);
    if (!job) throw new Error(`The call ${call.id} has no job.`);
    const outcome = job.completedAt ? job.status : "IN_PROGRESS";
    const names = {
      organizationId: job.team.organizationId,
      teamId: job.teamId,
      keyId: call.keyId ?? "",
      modelGroup: call.modelGroup,
      model: call.model ?? "",
      jobType: job.jobType,
      outcome,
    };
    const isFallback = call.attempts.length > 0 && call.attempts.at(-1)?.model !== call.attempts[0]?.model;
    const adds = {
      calls: 1n,
      callsSucceeded: one(call.status === "SUCCEEDED"),
      callsFailed: one(call.status === "FAILED"),
      callsCancelled: one(call.status === "CANCELLED"),
      fallbacks: one(isFallback),
      callsRescued: one(isFallback && call.status === "SUCCEEDED"),
      callsEstimated: one(call.usageSource === "ESTIMATED"),
      callsUnknown: one(call.usageSource === "UNKNOWN"),
      callsUnpriced: one(call.costSource === "UNPRICED"),
      callsPartlyUnpriced: one(call.hasUnpricedPart),
    };
    facts.push({
      at: call.createdAt,
      names,
      adds,
      latencyMs: call.latencyMs,
      timeToFirstTokenMs: call.timeToFirstTokenMs,
    });
    const spent = call.attempts.length > 0 ? call.attempts : [{ ...call, model: call.model ?? "", isWhole: true }];
    for (const part of spent) {
      const isAttempt = !("isWhole" in part);
      const hasFailed = isAttempt && part.status !== "SUCCEEDED";
      const cost = part.costNanoUsd ?? 0n;
      const shown = cost * (MILLION + BigInt(call.markupMillionths));
      facts.push({
        at: call.createdAt,
        names: { ...names, model: part.model },
        adds: {
          attempts: one(isAttempt),
          failedAttempts: one(hasFailed),
          promptTokens: part.promptTokens ?? 0n,
          completionTokens: part.completionTokens ?? 0n,
          cachedPromptTokens: part.cachedPromptTokens ?? 0n,
          cacheWritePromptTokens: part.cacheWritePromptTokens ?? 0n,
          audioPromptTokens: part.audioPromptTokens ?? 0n,
          reasoningTokens: part.reasoningTokens ?? 0n,
          audioCompletionTokens: part.audioCompletionTokens ?? 0n,
          realCost: cost,
          shownCost: shown,
          realFailedCost: hasFailed ? cost : 0n,
          shownFailedCost: hasFailed ? shown : 0n,
          realUnpaidCost: UNPAID.includes(outcome) ? cost : 0n,
          shownUnpaidCost: UNPAID.includes(outcome) ? shown : 0n,
          realCompletedCost: outcome === "COMPLETED" ? cost : 0n,
          shownCompletedCost: outcome === "COMPLETED" ? shown : 0n,
        },
      });
    }
  }
  return facts;
}

/** Reads all settled calls, part by part: the attempts of one statement's calls are found by their ids, which are parameters. */
async function readCalls(db: Db) {
  const read = (after: string | undefined) =>
    db.llmCall.findMany({
      where: { status: { not: "RUNNING" } },
      include: { attempts: { orderBy: { number: "asc" } } },
      orderBy: { id: "asc" },
      take: CALLS_OF_PART,
      ...(after && { cursor: { id: after }, skip: 1 }),
    });
  const calls = await read(undefined);
  for (let part = calls; part.length === CALLS_OF_PART; calls.push(...part)) part = await read(part.at(-1)?.id);
  return calls;
}

interface Question {
  readonly from: Date;
  readonly to: Date;
  readonly span: Span;
  readonly groupBy: readonly Name[];
  readonly isIncluded?: (names: Readonly<Record<Name, string>>) => boolean;
}

/** Adds facts up, as a report of whole hours should, in the order of its rows. */
export function plainSums(facts: readonly Fact[], { from, to, span, groupBy, isIncluded }: Question): PlainSum[] {
  const sums = new Map<string, PlainSum>();
  const columns = NAMES.filter((name) => groupBy.includes(name));
  for (const { at, names, adds, latencyMs, timeToFirstTokenMs } of facts) {
    if (at < from || at >= to || (isIncluded && !isIncluded(names))) continue;
    const start = startOf(at, span, from);
    const key = [start, ...columns.map((name) => names[name])].join("\0");
    const sum: PlainSum = sums.get(key) ?? {
      start,
      names: Object.fromEntries(columns.map((name) => [name, names[name] || null])),
      figures: {},
      latencies: [],
      timesToFirstToken: [],
    };
    sums.set(key, sum);
    for (const [figure, added] of Object.entries(adds)) sum.figures[figure] = (sum.figures[figure] ?? 0n) + added;
    if (latencyMs != null) sum.latencies.push(latencyMs);
    if (timeToFirstTokenMs != null) sum.timesToFirstToken.push(timeToFirstTokenMs);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

function startOf(at: Date, span: Span, from: Date): string {
  const text = at.toISOString();
  if (span === "ALL") return from.toISOString();
  const start = {
    HOUR: `${text.slice(0, 13)}:00:00.000Z`,
    DAY: `${text.slice(0, 10)}T00:00:00.000Z`,
    MONTH: `${text.slice(0, 7)}-01T00:00:00.000Z`,
  }[span];
  return [start, from.toISOString()].sort()[1] as string;
}
