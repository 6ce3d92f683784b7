import { CREATE_KEY, REVOKE, REVOKE_ORGANIZATION_KEY, SUSPEND } from "../credentials.js";
import { ADMIN_KEY, type Gateway } from "../gateway/gateway.js";
import { name, type TestTeam } from "../world.js";

/** Who asks, and what each gets of everything if it is the same for all operations. */
export interface Asker {
  readonly title: string;
  /** Undefined sends no credential. */
  readonly credential: string | undefined;
}

/** The viewers that stay the same while the team that they ask for is another one for each operation. */
export interface StandingViewers {
  readonly organization: Awaited<ReturnType<Gateway["world"]["organization"]>>;
  readonly organizationKey: string;
  /** The id of another key of the organization. */
  readonly spareOrganizationKey: string;
  readonly sibling: TestTeam;
  readonly stranger: TestTeam;
  readonly otherOrganizationKey: string;
  readonly unauthenticated: readonly Asker[];
  readonly suspended: readonly Asker[];
}

export async function standingViewers(gateway: Gateway): Promise<StandingViewers> {
  const { world } = gateway;
  const organization = await world.organization();
  const stranger = await world.team();
  return {
    organization,
    organizationKey: (await world.organizationKey(organization.id)).secret,
    spareOrganizationKey: (await world.organizationKey(organization.id)).id,
    sibling: await organization.team(),
    stranger,
    otherOrganizationKey: (await world.organizationKey(stranger.organizationId)).secret,
    unauthenticated: await unauthenticated(gateway),
    suspended: await suspended(gateway),
  };
}

async function unauthenticated(gateway: Gateway): Promise<Asker[]> {
  const { world, admin, database } = gateway;
  const team = await world.team();
  const { organizationId } = team;
  const revokedKey = await world.organizationKey(organizationId);
  await admin.data(REVOKE_ORGANIZATION_KEY, { id: revokedKey.id });
  const expiredKey = await world.organizationKey(organizationId);
  const input = { teamId: team.id };
  const { createVirtualKey: expired } = await admin.data(CREATE_KEY, { input });
  await admin.data(REVOKE, { id: team.keyId });
  const past = { data: { expiresAt: new Date(0) } };
  await database.db.organizationKey.update({ where: { id: expiredKey.id }, ...past });
  await database.db.virtualKey.update({ where: { id: expired.key.id }, ...past });
  return [
    { title: "no credential", credential: undefined },
    { title: "a malformed key", credential: "sk-0123" },
    { title: "a malformed key of an organization", credential: `sk-org-${"0".repeat(63)}` },
    { title: "a wrong admin key", credential: `${ADMIN_KEY}d` },
    { title: "a wrong key", credential: `sk-${"0".repeat(64)}` },
    { title: "a wrong key of an organization", credential: `sk-org-${"0".repeat(64)}` },
    { title: "a key whose digits are an organization's", credential: expiredKey.secret.replace("org-", "") },
    { title: "a revoked key", credential: team.secret },
    { title: "a revoked key of an organization", credential: revokedKey.secret },
    { title: "an expired key", credential: expired.virtualKey },
    { title: "an expired key of an organization", credential: expiredKey.secret },
  ];
}

async function suspended({ world, admin, database }: Gateway): Promise<Asker[]> {
  const [team, ofSuspended] = [await world.team(), await world.team({ id: name("team") })];
  const key = await world.organizationKey(ofSuspended.organizationId);
  await admin.data(SUSPEND, { id: team.id });
  await database.db.organization.update({ where: { id: ofSuspended.organizationId }, data: { status: "SUSPENDED" } });
  return [
    { title: "a suspended team", credential: team.secret },
    { title: "a team of a suspended organization", credential: ofSuspended.secret },
    { title: "a suspended organization", credential: key.secret },
  ];
}
