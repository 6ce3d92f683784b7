import { DomainError } from "../../../lib/errors.js";
import { priceAnswer } from "../../../upstream/pricing/prices.js";
import { type PlannedModel, pricedAs } from "../../models/plan.js";
import type { AdmittedCall, JobCap } from "../commit/admitted-call.js";
import type { Attempt } from "../commit/attempt.js";
import type { CallItem } from "../log/call-event.js";
import { estimatedPrompt } from "../question/estimated-tokens.js";

/** The proportion in English. A running answer is not counted exactly: it is when it is settled. */
const CHARACTERS_PER_TOKEN = 4;
/** Between two tokens, prices of models are straight lines. */
const SAMPLE_TOKENS = 1_000_000;

/** Watches whether a running answer passes what was left of its job's own limits when the call began. */
export class CapWatch {
  private deltas = 0;
  private characters = 0;

  private constructor(
    private readonly cap: JobCap,
    private readonly promptTokens: number,
    private readonly price: Line | null,
  ) {}

  /** Returns null if the job has no limit of its own. `earlier` are the call's attempts so far, which have used some of it. */
  static async of(
    { cap, request, call }: AdmittedCall,
    model: PlannedModel,
    earlier: readonly Attempt[],
  ): Promise<CapWatch | null> {
    if (!cap) return null;
    const promptTokens = estimatedPrompt(request);
    const left = leftAfter(cap, earlier);
    const price = left.costLeftNanoUsd === null ? null : await lineOf(model, promptTokens, call.createdAt);
    return new CapWatch(left, promptTokens, price);
  }

  add(item: CallItem): void {
    if (item.type !== "text-delta" && item.type !== "reasoning-delta" && item.type !== "tool-call-delta") return;
    this.deltas += 1;
    this.characters += item.type === "tool-call-delta" ? (item.arguments ?? "").length : item.content.length;
  }

  /** Throws BUDGET_EXCEEDED if the answer so far passes a limit. */
  check(): void {
    const { tokensLeft, costLeftNanoUsd } = this.cap;
    const answerTokens = Math.max(this.deltas, Math.ceil(this.characters / CHARACTERS_PER_TOKEN));
    if (tokensLeft !== null && this.promptTokens + answerTokens > tokensLeft)
      throw new DomainError(
        "BUDGET_EXCEEDED",
        "The answer was ended, because it passed the job's limit of tokens (maxTokens).",
        { budget: "JOB_TOKENS" },
      );
    if (costLeftNanoUsd !== null && this.price && costAt(this.price, answerTokens) > costLeftNanoUsd)
      throw new DomainError(
        "BUDGET_EXCEEDED",
        "The answer was ended, because it passed the job's limit of cost (maxCostUsd).",
        { budget: "JOB_COST" },
      );
  }
}

/** What attempts leave of a job's limits. It is below zero if they have passed one. */
function leftAfter({ tokensLeft, costLeftNanoUsd }: JobCap, attempts: readonly Attempt[]): JobCap {
  const tokens = attempts.reduce(
    (sum, { usage }) => sum + (usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0),
    0,
  );
  const cost = attempts.reduce((sum, attempt) => sum + (attempt.cost?.costNanoUsd ?? 0n), 0n);
  return {
    tokensLeft: tokensLeft === null ? null : tokensLeft - tokens,
    costLeftNanoUsd: costLeftNanoUsd === null ? null : costLeftNanoUsd - cost,
  };
}

/** What an answer costs: for the prompt alone, and for a million tokens more. */
interface Line {
  readonly baseNanoUsd: bigint;
  readonly sampleNanoUsd: bigint;
}

const costAt = ({ baseNanoUsd, sampleNanoUsd }: Line, tokens: number): bigint =>
  baseNanoUsd + (sampleNanoUsd * BigInt(tokens)) / BigInt(SAMPLE_TOKENS);

/** Null if the model has no price. */
async function lineOf(model: PlannedModel, promptTokens: number, at: Date): Promise<Line | null> {
  const costOf = async (completionTokens: number) => {
    const usage = { promptTokens, completionTokens };
    const priced = { ...pricedAs(model), usage, upstreamCostNanoUsd: undefined, at };
    return (await priceAnswer(priced)).costNanoUsd;
  };
  const [base, sample] = [await costOf(0), await costOf(SAMPLE_TOKENS)];
  return base === null || sample === null ? null : { baseNanoUsd: base, sampleNanoUsd: sample - base };
}
