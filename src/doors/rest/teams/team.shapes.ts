import type { Static } from "typebox";
import type { CreditBalanceRow } from "../../../features/credits/credit.service.js";
import type { GroupModelRow, ModelGroupRow } from "../../../features/models/groups/model-group.service.js";
import type { TeamRow } from "../../../features/teams/team.service.js";
import { AccountStatus } from "../../../generated/prisma/enums.js";
import { CREDITS_EXAMPLE, Credits, creditsShape } from "../credits/credit.shapes.js";
import { EXAMPLE } from "../example.js";
import { lowerCase, lowerCased } from "../letter-case.js";
import { answer, freeObject, listOf, oneOf, text, time } from "../schemas.js";

const NAMES = {
  team_id: text("The id that was chosen when the team was created."),
  organization_id: text("The id of the team's organization."),
  team_alias: text("A name for people."),
  model_groups: listOf(text("The name of a model group."), "The model groups that calls of the team may name."),
  allowed_models: listOf(text("The name of a model."), "Every model of these groups."),
};

const NAMES_EXAMPLE = {
  team_id: EXAMPLE.teamId,
  organization_id: EXAMPLE.organizationId,
  team_alias: "Engineering Team",
  model_groups: [EXAMPLE.group, "ChatAdvanced"],
  allowed_models: ["gpt-3.5-turbo", "gpt-4o-mini", "gpt-4"],
};

export const Team = answer(
  "Team",
  {
    ...NAMES,
    status: oneOf(lowerCased(AccountStatus), 'If it is "suspended", every request with a key of the team is refused.'),
    ...Credits.properties,
    metadata: freeObject("Free data of those who manage the team."),
    created_at: time("When it was created."),
    updated_at: time("When it was last changed."),
  },
  {
    ...NAMES_EXAMPLE,
    status: "active",
    ...CREDITS_EXAMPLE,
    metadata: { cost_center: "R-42" },
    created_at: EXAMPLE.created,
    updated_at: EXAMPLE.created,
  },
);

/** What an answer shows of a team besides its row. */
export interface TeamParts {
  readonly balance: CreditBalanceRow;
  readonly groups: readonly ModelGroupRow[];
  /** The models of all its groups, in order. */
  readonly models: readonly GroupModelRow[];
}

const namesShape = (team: TeamRow, { groups, models }: TeamParts) => ({
  team_id: team.id,
  organization_id: team.organizationId,
  team_alias: team.alias,
  model_groups: groups.map((group) => group.name),
  allowed_models: [...new Set(models.map((model) => model.name))],
});

export const teamShape = (team: TeamRow, parts: TeamParts): Static<typeof Team> => ({
  ...namesShape(team, parts),
  status: lowerCase(team.status),
  ...creditsShape(parts.balance),
  metadata: team.metadata,
  created_at: team.createdAt,
  updated_at: team.updatedAt,
});

const CREATED = "The team was created. Keep its virtual key: it is shown this once.";

export const NewTeam = answer(
  "NewTeam",
  {
    ...NAMES,
    credits_allocated: Credits.properties.credits_allocated,
    credits_remaining: Credits.properties.credits_remaining,
    virtual_key: text('The team\'s first key, which is shown only this once: "sk-" and 64 hex digits.'),
    message: text("One sentence for people."),
  },
  {
    ...NAMES_EXAMPLE,
    credits_allocated: 100,
    credits_remaining: 100,
    virtual_key: `sk-${"b6f4a8c2d1e9f3a7".repeat(4)}`,
    message: CREATED,
  },
);

export function newTeamShape(team: TeamRow, parts: TeamParts, virtualKey: string): Static<typeof NewTeam> {
  const { credits_allocated, credits_remaining } = creditsShape(parts.balance);
  return {
    ...namesShape(team, parts),
    credits_allocated,
    credits_remaining,
    virtual_key: virtualKey,
    message: CREATED,
  };
}
