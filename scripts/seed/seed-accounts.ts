import type { App } from "../../src/app.js";
import type { TeamViewer } from "../../src/auth/viewer.js";
import { DomainError } from "../../src/lib/errors.js";
import { ADMIN, type ExampleTeam, MODEL_GROUPS, ORGANIZATION, TEAMS } from "./example-world.js";

/** A team of the example world, and the key that it works with. */
export interface SeededTeam {
  readonly team: ExampleTeam;
  readonly viewer: TeamViewer;
  /** The secret of its key. Undefined if the team was there before: it was shown then. */
  readonly secret: string | undefined;
}

/** Makes the organization, the model groups and the teams, those that are not there yet. */
export async function seedAccounts({ services }: App): Promise<SeededTeam[]> {
  await unlessThere(() => services.organizations.create(ADMIN, { ...ORGANIZATION }));
  for (const [name, models] of Object.entries(MODEL_GROUPS)) {
    const input = { name, models: models.map((model, priority) => ({ name: model, priority })) };
    await unlessThere(() => services.modelGroups.create(ADMIN, input));
  }
  const seeded: SeededTeam[] = [];
  for (const team of TEAMS) seeded.push(await seedTeam(services, team));
  return seeded;
}

async function seedTeam({ keyLists, teams }: App["services"], team: ExampleTeam): Promise<SeededTeam> {
  const { id, alias, groups, credits, billing } = team;
  const created = await unlessThere(() =>
    teams.create(ADMIN, {
      id,
      organizationId: ORGANIZATION.id,
      alias,
      modelGroups: [...groups],
      creditsAllocated: credits.atFirst,
      metadata: { example: true },
      ...(billing && { billing }),
    }),
  );
  // The one that came with the team is its oldest.
  const first = created?.key ?? (await keyLists.listByTeams([id], null))[0]?.at(-1);
  if (!first) throw new Error(`The team ${id} has no key to work with.`);
  const ids = { teamId: id, organizationId: ORGANIZATION.id, keyId: first.id };
  const viewer = {
    kind: "team",
    requestId: ADMIN.requestId,
    ...ids,
    suspended: null,
    rotation: 0,
    modelGroups: null,
    limits: [],
  } as const;
  return { team, viewer, secret: created?.virtualKey };
}

/** Does what must be done once. Undefined if it was done before. */
async function unlessThere<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError && error.code === "ALREADY_EXISTS") return undefined;
    throw error;
  }
}
