import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { growTeam } from "../kit/database/grown.js";
import { type RowsRead, rowsRead } from "../kit/database/plan.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { usePricedModel } from "../kit/priced-model.js";
import { RUN_LLM_CALL, type TestTeam } from "../kit/world.js";

const ENDED_JOBS = 15_000;
const OPEN_JOBS = 12_000;
/** So many open jobs are added up. */
const ADDED_UP_MAX = 10_000;
const ADMIT = "jobs_locked AS MATERIALIZED";

const newIds = () => ({ id: randomUUID(), jobId: randomUUID(), entryId: randomUUID() });

describe("the admission of a call, for a team with many jobs", { timeout: 120_000 }, () => {
  const gateway = useGateway({ mayEndUnsound: true });
  const priced = usePricedModel(gateway);
  let limited: TestTeam;
  let free: TestTeam;
  beforeAll(async () => {
    const { db } = gateway.database;
    await gateway.server.background.stop();
    free = await priced.team({ credits: 20_000 });
    limited = await priced.team({ credits: 20_000, billing: { unpaidCostUsdPerDay: "1000000" } });
    for (const team of [free, limited]) {
      await growTeam(db, team, { jobs: ENDED_JOBS, failedAs: "FAILED", newestHoursAgo: 24 });
      await db.$executeRaw`INSERT INTO jobs (id, team_id, job_type, status, created_at, started_at, expires_at, cost_nano_usd, cost_digits)
        SELECT gen_random_uuid(), ${team.id}, 'open', 'IN_PROGRESS', now(), now(), now() + interval '1 day', number, length(number::text) FROM generate_series(1, ${OPEN_JOBS}) AS number`;
    }
    await db.$executeRaw`VACUUM ANALYZE`;
  });

  async function admission(team: TestTeam): Promise<RowsRead> {
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "?" }] };
    // After its first call it is known that the team has a budget, and the statement without budgets is not asked any more.
    await team.client.data(RUN_LLM_CALL, { input });
    const sent = await gateway.database.sentBy(() => team.client.data(RUN_LLM_CALL, { input }));
    const admits = sent.filter(({ text }) => text.includes(ADMIT) && text.includes("opens_job"));
    expect(admits).toHaveLength(1);
    const { text, values } = admits[0] as (typeof admits)[0];
    // The plan is that of another call like it: that one is there already.
    const members = (JSON.parse(String(values[0])) as object[]).map((member) => ({ ...member, ...newIds() }));
    return rowsRead(gateway.database.db, { text, values: [JSON.stringify(members), ...values.slice(1)] });
  }

  it("reads a bounded number of open jobs in an index, if the team has a limit of unpaid cost", async () => {
    const { rows, scans } = await admission(limited);
    expect(rows).toBeGreaterThanOrEqual(ADDED_UP_MAX);
    expect(rows).toBeLessThan(ADDED_UP_MAX + 100);
    // Entry by entry, or those of one number of digits at a time: that is up to the planner.
    expect(scans.filter((scan) => /^(Index|Bitmap Heap) Scan of jobs by jobs_open_cost_idx$/.test(scan))).toHaveLength(
      1,
    );
    expect(scans.filter((scan) => scan.includes("of jobs")).join()).not.toContain("Seq Scan");
  });

  it("reads none of them if the team has no such limit", async () => {
    const { rows } = await admission(free);
    expect(rows).toBeLessThan(100);
  });
});
