import type { Viewer } from "../../auth/viewer.js";
import { BillingMode, type Team } from "../../generated/prisma/client.js";
import { invalid } from "../../input/validate.js";
import { formatUsd } from "../../lib/money.js";
import type { BillingInput } from "./billing.input.js";
import type { Billing, UnpaidCostOverride } from "./billing.type.js";
import { shownCost } from "./shown-cost.js";

/** The columns of a team that say how it is billed. */
export type BillingColumns = Pick<
  Team,
  | "billingMode"
  | "nanoCreditsPerUsd"
  | "tokensPerCredit"
  | "markupMillionths"
  | "creditPriceNanoUsd"
  | "monthlyCredits"
  | "monthlyCreditsFrom"
  | "unpaidNanoUsdPerDay"
  | "unpaidIsEnforced"
  | "unpaidRaisedNanoUsd"
  | "unpaidRaisedUntil"
> & {
  readonly lowCreditsThresholds: Team["lowCreditsThresholds"];
  readonly lowCreditsPercentThresholds: Team["lowCreditsPercentThresholds"];
};

/** How a team is billed whose admin has said nothing. */
export const BILLED_BY_JOB: BillingColumns = {
  billingMode: BillingMode.JOB,
  nanoCreditsPerUsd: null,
  tokensPerCredit: null,
  markupMillionths: 0,
  creditPriceNanoUsd: null,
  monthlyCredits: null,
  monthlyCreditsFrom: null,
  lowCreditsThresholds: [],
  lowCreditsPercentThresholds: [],
  unpaidNanoUsdPerDay: null,
  unpaidIsEnforced: true,
  unpaidRaisedNanoUsd: null,
  unpaidRaisedUntil: null,
};

/** Decimals come in billionths. A percent is ten thousand millionths. */
const BILLIONTHS_PER_MILLIONTH_OF_PERCENT = 100_000n;

/** The markup of a team in percent, as decimals come. */
export const markupPercentOf = ({ markupMillionths }: Pick<Team, "markupMillionths">): bigint =>
  BigInt(markupMillionths) * BILLIONTHS_PER_MILLIONTH_OF_PERCENT;

/**
 * How a team is billed at a moment, as the viewer sees it. With the markup, everybody could reckon the real cost. The markup
 * could be reckoned from a limit without it, and the cost with it at which calls are refused.
 */
export const shownBilling = (
  viewer: Viewer,
  team: BillingColumns & Pick<Team, "id" | "unpaidWouldRefuse">,
  now: Date,
): Billing => ({
  mode: team.billingMode,
  creditsPerUsd: team.nanoCreditsPerUsd,
  tokensPerCredit: team.tokensPerCredit,
  markupPercent: viewer.kind === "admin" ? markupPercentOf(team) : null,
  creditPriceUsd: team.creditPriceNanoUsd,
  monthlyCredits: team.monthlyCredits,
  lowCreditsThresholds: team.lowCreditsThresholds as number[],
  lowCreditsPercentThresholds: team.lowCreditsPercentThresholds as number[],
  unpaidCostUsdPerDay:
    team.unpaidNanoUsdPerDay === null ? null : shownCost(viewer, team.unpaidNanoUsdPerDay, team.markupMillionths),
  isUnpaidCostEnforced: team.unpaidIsEnforced,
  unpaidCostOverride: overrideAt(viewer, team, now),
  unpaidCostWouldRefuse: Number(team.unpaidWouldRefuse),
  teamId: team.id,
  markupMillionths: team.markupMillionths,
});

function overrideAt(viewer: Viewer, team: BillingColumns, now: Date): UnpaidCostOverride | null {
  const { unpaidRaisedNanoUsd, unpaidRaisedUntil: until, markupMillionths } = team;
  if (unpaidRaisedNanoUsd === null || until === null || until <= now) return null;
  return { unpaidCostUsdPerDay: shownCost(viewer, unpaidRaisedNanoUsd, markupMillionths), until };
}

/**
 * The columns of a team after a change. What the input does not name stays. Throws INVALID_INPUT if a figure is given that
 * the mode does not have, or one is missing that it needs.
 */
export function changedBilling(
  team: BillingColumns,
  input: BillingInput,
  now: Date,
): BillingColumns & { lowCreditsThresholds: number[]; lowCreditsPercentThresholds: number[] } {
  const billingMode = input.mode === undefined ? team.billingMode : (input.mode ?? BillingMode.JOB);
  const { monthlyCredits = team.monthlyCredits, unpaidCostUsdPerDay = team.unpaidNanoUsdPerDay } = input;
  return {
    billingMode,
    nanoCreditsPerUsd: figureOf("creditsPerUsd", input.creditsPerUsd, team.nanoCreditsPerUsd, billingMode === "USD"),
    tokensPerCredit: figureOf("tokensPerCredit", input.tokensPerCredit, team.tokensPerCredit, billingMode === "TOKENS"),
    markupMillionths:
      input.markupPercent === undefined ? team.markupMillionths : millionthsOf(input.markupPercent ?? 0n),
    creditPriceNanoUsd: input.creditPriceUsd === undefined ? team.creditPriceNanoUsd : input.creditPriceUsd,
    monthlyCredits,
    monthlyCreditsFrom: monthlyCredits === null ? null : (team.monthlyCreditsFrom ?? monthAfter(now)),
    lowCreditsThresholds: changedThresholds(team.lowCreditsThresholds, input.lowCreditsThresholds),
    lowCreditsPercentThresholds: changedThresholds(team.lowCreditsPercentThresholds, input.lowCreditsPercentThresholds),
    unpaidNanoUsdPerDay: unpaidCostUsdPerDay,
    ...changedUnpaidCost(team, input, now),
  };
}

/** The largest first. */
const changedThresholds = (present: unknown, given: readonly number[] | null | undefined): number[] =>
  given === undefined ? (present as number[]) : [...(given ?? [])].sort((a, b) => b - a);

function changedUnpaidCost(
  { unpaidIsEnforced, unpaidRaisedNanoUsd, unpaidRaisedUntil }: BillingColumns,
  { isUnpaidCostEnforced, unpaidCostOverride }: BillingInput,
  now: Date,
): Pick<BillingColumns, "unpaidIsEnforced" | "unpaidRaisedNanoUsd" | "unpaidRaisedUntil"> {
  if (unpaidCostOverride && unpaidCostOverride.until <= now)
    throw invalid("input.billing.unpaidCostOverride.until", "must be in the future", unpaidCostOverride.until);
  const raised =
    unpaidCostOverride === undefined
      ? { unpaidRaisedNanoUsd, unpaidRaisedUntil }
      : {
          unpaidRaisedNanoUsd: unpaidCostOverride?.unpaidCostUsdPerDay ?? null,
          unpaidRaisedUntil: unpaidCostOverride?.until ?? null,
        };
  return {
    unpaidIsEnforced: isUnpaidCostEnforced === undefined ? unpaidIsEnforced : (isUnpaidCostEnforced ?? true),
    ...raised,
  };
}

function figureOf<Figure>(name: string, given: Figure | null | undefined, present: Figure | null, isOfMode: boolean) {
  if (!isOfMode) {
    if (given != null)
      throw invalid(`input.billing.${name}`, "must be left out, because the mode has no such figure", given);
    return null;
  }
  const figure = given === undefined ? present : given;
  if (figure === null) throw invalid(`input.billing.${name}`, "must be given, because the mode needs it", given);
  return figure;
}

function millionthsOf(percent: bigint): number {
  if (percent % BILLIONTHS_PER_MILLIONTH_OF_PERCENT !== 0n)
    throw invalid("input.billing.markupPercent", "must have at most 4 digits after the point", formatUsd(percent));
  return Number(percent / BILLIONTHS_PER_MILLIONTH_OF_PERCENT);
}

/** The month after a time, in UTC, such as "2026-12". */
function monthAfter(time: Date): string {
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1)).toISOString().slice(0, 7);
}
