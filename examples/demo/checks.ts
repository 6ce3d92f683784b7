import type {
  BalanceFragment,
  CreateModelGroupMutation,
  CreateOrganizationMutation,
  CreateTeamMutation,
  TeamQuery,
} from "../graphql/operations.js";
import { expectFields, expectThat } from "./expect.js";
import type { Scenario } from "./scenario.js";

type Organization = NonNullable<CreateOrganizationMutation["createOrganization"]>;
type ModelGroup = NonNullable<CreateModelGroupMutation["createModelGroup"]>;
type NewTeam = NonNullable<CreateTeamMutation["createTeam"]>;
type Account = NonNullable<TeamQuery["team"]>;

/** The balance that a team must have, by its allocated credits, its completed jobs and its open jobs. */
export const balanceOf = (allocated: number, used: number, held: number): BalanceFragment => {
  const remaining = allocated - used;
  return { allocated, used, held, remaining, available: remaining - held };
};

export function checkOrganization(got: Organization, asked: Scenario["organization"]): void {
  expectFields("organization", got, { ...asked, status: "ACTIVE" });
}

/** The order of the models is checked, because it is the order in which they are tried. */
export function checkModelGroup(got: ModelGroup, asked: Scenario["fast"]): void {
  expectFields("modelGroup", got, asked);
}

export function checkTeam({ team, key, virtualKey }: NewTeam, asked: Scenario["team"]): void {
  expectFields("team", team, {
    id: asked.id,
    alias: asked.alias,
    organization: { id: asked.organizationId },
    modelGroups: asked.modelGroups.map((name) => ({ name })),
    credits: balanceOf(asked.creditsAllocated, 0, 0),
  });
  // A message must not show a secret, not even a malformed one.
  expectThat(/^sk-[0-9a-f]{64}$/.test(virtualKey), "virtualKey", "something else", '"sk-" and 64 hex digits');
  expectFields("key", key, { prefix: virtualKey.slice(0, 11), status: "ACTIVE" });
}

/**
 * Checks the balance of a team that completed these jobs and has no open job, and the ledger that proves it. The ledger
 * must have one grant, then a hold and a post for each job. After every entry their sum must be the balance it states.
 */
export function checkAccount(got: Account, asked: Scenario["team"], completedJobIds: readonly string[]): void {
  const { allocated, available, held } = balanceOf(asked.creditsAllocated, completedJobIds.length, 0);
  expectFields("team", got, { id: asked.id, credits: balanceOf(allocated, completedJobIds.length, 0) });

  const entries = got.creditEntries.nodes.toReversed();
  const kinds = completedJobIds.flatMap((id) => [`HOLD of ${id}`, `POST of ${id}`]);
  expectFields(
    "creditEntries",
    {
      count: got.creditEntries.totalCount,
      kinds: entries.map(({ kind, job }) => (job ? `${kind} of ${job.id}` : kind)),
    },
    { count: 1 + kinds.length, kinds: ["GRANT", ...kinds] },
  );
  const sum = { available: 0, held: 0 };
  for (const [index, { kind, credits, heldCredits, availableAfter, heldAfter }] of entries.entries()) {
    sum.available += credits;
    sum.held += heldCredits;
    expectFields(
      `balance after entry ${index + 1}, ${kind}`,
      { availableAfter, heldAfter },
      {
        availableAfter: sum.available,
        heldAfter: sum.held,
      },
    );
  }
  expectFields("sum of creditEntries", sum, { available, held });
}
