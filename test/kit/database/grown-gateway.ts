import { beforeAll, expect } from "vitest";
import { useGateway } from "../gateway/gateway.js";
import type { TestKey, TestTeam } from "../world.js";
import { growTeam } from "./grown.js";
import { type RowsRead, rowsRead } from "./plan.js";

/** How many jobs the first team has. It is more than COUNT_MAX, so that what reads everything reads more than it may. */
export const JOBS = 15_000;
export const RARE_JOBS = 3;
export const TEAMS = 2;
export const COUNT_MAX = 10_000;
const KEYS = 5_000;
const GRANTS = 5_000;
const OTHER_TEAMS = 5_000;

/**
 * A gateway whose database has grown. What is sent to the database is heard, and its plan is read: rows that are looked at
 * and thrown away count too.
 */
export function useGrownGateway() {
  const gateway = useGateway();
  const grown = {} as { team: TestTeam; owner: TestKey };

  beforeAll(async () => {
    // Only what a test does is to be heard.
    await gateway.server.background.stop();
    const { db } = gateway.database;
    const organization = await gateway.world.organization();
    const owner = await gateway.world.organizationKey(organization.id);
    const team = await organization.team({ credits: 20_000 });
    await growTeam(db, team, { jobs: JOBS, failedAs: "FAILED", newestHoursAgo: 24 });
    // Its jobs are newer than the first team's, and it alone has CANCELLED ones. The database knows of neither.
    const newer = await organization.team({ credits: 20_000 });
    await growTeam(db, newer, { jobs: JOBS / 3, failedAs: "CANCELLED", newestHoursAgo: 1 });
    for (let count = 0; count < RARE_JOBS; count++) await team.job("rare");
    await db.$executeRaw`INSERT INTO idempotency_keys (scope, family, key, input_hash, result_id, created_at)
      SELECT 'team', 'llm-call', 'k' || number, sha256('x'), gen_random_uuid(), now() FROM generate_series(1, ${KEYS}) AS number`;
    // Grants that are used up.
    await db.$executeRaw`INSERT INTO credit_grants (id, entry_id, account_id, credits, remaining, expires_at, created_at)
      SELECT gen_random_uuid(), entry_id, account_id, 1, 0, now(), now() FROM credit_grants, generate_series(1, ${GRANTS})`;
    await db.$executeRaw`INSERT INTO virtual_keys (id, team_id, prefix, secret_hash, created_at)
      SELECT gen_random_uuid(), ${team.id}, 'sk-', sha256(number::text::bytea), now() - number * interval '1 second' FROM generate_series(1, ${KEYS}) AS number`;
    // Teams of others, none of which is deleted.
    await db.$executeRaw`INSERT INTO organizations (id, name, created_at, updated_at)
      SELECT 'other-' || number, 'Other', now(), now() FROM generate_series(0, 499) AS number`;
    await db.$executeRaw`INSERT INTO teams (id, organization_id, alias, created_at, updated_at)
      SELECT 'other-' || number, 'other-' || number % 500, 'Other', now(), now() FROM generate_series(1, ${OTHER_TEAMS}) AS number`;
    await db.$executeRaw`VACUUM ANALYZE`;
    Object.assign(grown, { team, owner });
  });

  async function readBy(work: () => Promise<unknown>): Promise<RowsRead[]> {
    const sent = await gateway.database.sentBy(work);
    const read: RowsRead[] = [];
    for (const statement of sent) read.push(await rowsRead(gateway.database.db, statement));
    expect(read.length).toBeGreaterThan(0);
    return read;
  }

  /** No statement that the work sends reads more rows than this. */
  async function readsAtMost(rows: number, work: () => Promise<unknown>): Promise<void> {
    for (const statement of await readBy(work))
      expect(statement.rows, `${statement.scans.join(", ")}: ${statement.text}`).toBeLessThanOrEqual(rows);
  }

  return { gateway, grown, readsAtMost };
}
