import type { Static } from "typebox";
import { type CreditBalanceRow, remainingOf } from "../../../features/credits/credit.service.js";
import type { TeamRow } from "../../../features/teams/team.service.js";
import { EXAMPLE } from "../example.js";
import { answer, flag, integer, record, text } from "../schemas.js";

/** The figures of a team's credits. */
export const Credits = record({
  credits_allocated: integer("Credits that were granted to the team so far."),
  credits_used: integer("Credits that completed jobs took."),
  credits_remaining: integer("credits_allocated - credits_used."),
  credits_held: integer("Credits that open jobs hold."),
  credits_available: integer("credits_remaining - credits_held: what new jobs can hold."),
});

/** A team with 100 credits that has completed one job and has another one open. */
export const CREDITS_EXAMPLE = {
  credits_allocated: 100,
  credits_used: 1,
  credits_remaining: 99,
  credits_held: 1,
  credits_available: 98,
};

export const creditsShape = (balance: CreditBalanceRow): Static<typeof Credits> => ({
  credits_allocated: balance.allocated,
  credits_used: balance.used,
  credits_remaining: remainingOf(balance),
  credits_held: balance.held,
  credits_available: balance.available,
});

export const Balance = answer(
  "Balance",
  {
    team_id: text("The id of the team."),
    organization_id: text("The id of the team's organization."),
    ...Credits.properties,
  },
  { team_id: EXAMPLE.teamId, organization_id: EXAMPLE.organizationId, ...CREDITS_EXAMPLE },
);

export const balanceShape = (team: TeamRow, balance: CreditBalanceRow): Static<typeof Balance> => ({
  team_id: team.id,
  organization_id: team.organizationId,
  ...creditsShape(balance),
});

export const CreditCheck = answer(
  "CreditCheck",
  {
    team_id: text("The id of the team."),
    credits_needed: integer("How many credits were asked for."),
    has_credits: flag("Whether that many credits are available now. The check holds none of them."),
    ...Credits.properties,
  },
  { team_id: EXAMPLE.teamId, credits_needed: 5, has_credits: true, ...CREDITS_EXAMPLE },
);

interface CheckedCredits {
  readonly needed: number;
  readonly hasCredits: boolean;
  readonly balance: CreditBalanceRow;
}

export const creditCheckShape = (
  teamId: string,
  { needed, hasCredits, balance }: CheckedCredits,
): Static<typeof CreditCheck> => ({
  team_id: teamId,
  credits_needed: needed,
  has_credits: hasCredits,
  ...creditsShape(balance),
});
