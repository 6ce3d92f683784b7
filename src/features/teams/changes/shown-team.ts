import type { Team } from "../../../generated/prisma/client.js";
import { formatUsd } from "../../../lib/money.js";
import type { RecordedOperation, Shown } from "../../audit/act.js";
import { markupPercentOf } from "../../budgets/billing-settings.js";

/** What the audit says of a team to the admin and to its organization. */
export function shownTeam(team: Team, modelGroups: readonly string[]): Shown {
  const { organizationId, alias, status, metadata, limits, defaultKeyLimits } = team;
  return {
    organizationId,
    alias,
    status,
    metadata,
    modelGroups,
    limits,
    defaultKeyLimits,
    billing: {
      mode: team.billingMode,
      creditsPerUsd: usd(team.nanoCreditsPerUsd),
      tokensPerCredit: team.tokensPerCredit,
      creditPriceUsd: usd(team.creditPriceNanoUsd),
      monthlyCredits: team.monthlyCredits,
      lowCreditsThresholds: team.lowCreditsThresholds,
      lowCreditsPercentThresholds: team.lowCreditsPercentThresholds,
      isUnpaidCostEnforced: team.unpaidIsEnforced,
    },
  };
}

/**
 * What the audit says of a team to the admin alone, in a line of its own: with the markup, or with a limit of the real
 * cost, the real cost could be reckoned. It is not a hidden part of the other line, whose hash would tell whether a guess
 * is right.
 */
export const shownCosts = (team: Team): Shown => ({
  billing: {
    markupPercent: formatUsd(markupPercentOf(team)),
    unpaidCostUsdPerDay: usd(team.unpaidNanoUsdPerDay),
    unpaidCostOverride: team.unpaidRaisedUntil && {
      unpaidCostUsdPerDay: usd(team.unpaidRaisedNanoUsd),
      until: team.unpaidRaisedUntil,
    },
  },
});

/** What has been counted of a team, and is emptied with its counters. */
export const shownCounts = ({ wouldRefuse, unpaidWouldRefuse }: Team): Shown => ({
  limits: { wouldRefuse: Number(wouldRefuse) },
  billing: { unpaidCostWouldRefuse: Number(unpaidWouldRefuse) },
});

/** What is the same in the lines of all that is done to a team. */
export const ofTeam = (
  operation: RecordedOperation,
  { id, organizationId }: { readonly id: string; readonly organizationId: string },
) => ({ operation, subjectType: "Team", subjectId: id, organizationId }) as const;

const usd = (nano: bigint | null): string | null => (nano === null ? null : formatUsd(nano));
