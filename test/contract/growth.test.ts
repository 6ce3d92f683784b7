import { beforeAll, describe, expect, it } from "vitest";
import { growTeam } from "../kit/database/grown.js";
import { type RowsRead, rowsRead } from "../kit/database/plan.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { runTasks } from "../kit/gateway/tasks.js";
import type { TestKey, TestTeam } from "../kit/world.js";

/** More than COUNT_MAX, so that what reads everything reads more than what may be read. */
const JOBS = 15_000;
const RARE_JOBS = 3;
const KEYS = 5_000;
const GRANTS = 5_000;
const TEAMS = 2;
const OTHER_TEAMS = 5_000;
const COUNT_MAX = 10_000;
/** A page of 20 and one row more, of each of the six statuses. */
const PAGE_ROWS = 6 * 21;

// What is sent to the database is heard, and its plan is read: rows that are looked at and thrown away count too.
describe("on a database that has grown", { timeout: 120_000 }, () => {
  const gateway = useGateway();
  let team: TestTeam;
  /** Reaches both teams. */
  let owner: TestKey;

  beforeAll(async () => {
    // Only what a test does is to be heard.
    await gateway.server.background.stop();
    const { db } = gateway.database;
    const organization = await gateway.world.organization();
    owner = await gateway.world.organizationKey(organization.id);
    team = await organization.team({ credits: 20_000 });
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

  const PAGE = "nodes { id } edges { cursor }";
  const TWO_DAYS_AGO = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const filters: [string, object][] = [
    ["nothing", {}],
    ["the most common status", { status: ["COMPLETED"] }],
    ["a status that only the other team has", { status: ["CANCELLED"] }],
    ["a status that no job has", { status: ["EXPIRED"] }],
    ["several statuses, common and rare", { status: ["EXPIRED", "COMPLETED", "PENDING", "PENDING"] }],
    ["no status at all", { status: [] }],
    ["a rare type", { jobType: "rare" }],
    ["a type that no job has", { jobType: "absent" }],
    ["a common type and a common status, which no job has both", { jobType: "rare", status: ["FAILED"] }],
    ["a time, type and status", { createdAfter: TWO_DAYS_AGO, jobType: "common", status: ["FAILED", "CANCELLED"] }],
  ];

  describe.each(["team", "organization", "admin"] as const)("a %s's list of jobs", (who) => {
    const client = () => ({ team: team.client, organization: owner.client, admin: gateway.admin })[who];
    // An organization's is read team by team.
    const pageRows = who === "organization" ? TEAMS * (PAGE_ROWS + 1) : PAGE_ROWS;
    const countMax = who === "organization" ? COUNT_MAX + TEAMS * 6 : COUNT_MAX;

    it.each(filters)("by %s reads about a page of each status", async (_what, filter) => {
      const query = `query ($filter: JobFilter) { jobs(first: 20, filter: $filter) { ${PAGE} } }`;
      await readsAtMost(pageRows, () => client().data(query, { filter }));
    });

    it.each(filters)("by %s, from its middle, reads about a page", async (_what, filter) => {
      const { jobs } = await client().data(
        "query ($filter: JobFilter) { jobs(first: 100, filter: $filter) { pageInfo { endCursor } } }",
        { filter },
      );
      const query = `query ($filter: JobFilter, $after: String) { jobs(first: 20, filter: $filter, after: $after) { ${PAGE} } }`;
      await readsAtMost(pageRows, () => client().data(query, { filter, after: jobs.pageInfo.endCursor }));
    });

    it.each(filters)("by %s is counted up to 10,000", async (_what, filter) => {
      const query = "query ($filter: JobFilter) { jobs(filter: $filter) { totalCount } }";
      await readsAtMost(countMax, () => client().data(query, { filter }));
    });
  });

  it("a list that is counted up to 10,000 says so to REST too, and a shorter one has its exact number", async () => {
    const rest = gateway.rest(team.secret);
    const total = async (query: string) => (await rest.ok("GET", `/api/teams/${team.id}/jobs${query}`)).total;
    expect(await total("")).toBe(COUNT_MAX);
    expect(await total("?status=failed")).toBe(JOBS / 20);
    const { jobs } = await team.client.data("{ jobs(filter: { status: [FAILED, PENDING] }) { totalCount } }");
    expect(jobs.totalCount).toBe(JOBS / 20 + RARE_JOBS);
  });

  it("a list of several statuses has the order and the pages of one list", async () => {
    const walk = async (client: typeof team.client, arguments_: string) => {
      const ids: string[] = [];
      let after: string | null = null;
      for (let page = 0; page < 4; page++) {
        const query = `query ($after: String) { jobs(first: 7, after: $after, ${arguments_}) { nodes { id } pageInfo { endCursor } } }`;
        const { jobs }: { jobs: { nodes: { id: string }[]; pageInfo: { endCursor: string } } } = await client.data(
          query,
          { after },
        );
        ids.push(...jobs.nodes.map(({ id }) => id));
        after = jobs.pageInfo.endCursor;
      }
      return ids;
    };
    const expected = async (where: object) =>
      (
        await gateway.database.db.job.findMany({ where, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: 28 })
      ).map(({ id }) => id);
    const status = { in: ["PENDING", "FAILED"] as const };
    expect(await walk(team.client, "filter: { status: [FAILED, PENDING] }")).toEqual(
      await expected({ teamId: team.id, status }),
    );
    for (const client of [gateway.admin, owner.client])
      expect(await walk(client, "filter: {}")).toEqual(await expected({}));
    const types = { filter: '{ jobType: "common" }', where: { jobType: "common" } };
    expect(await walk(gateway.admin, `filter: ${types.filter}`)).toEqual(await expected(types.where));
    const { jobs } = await rest("?limit=10&offset=5&status=failed");
    expect(jobs).toEqual((await expected({ teamId: team.id, status: "FAILED" })).slice(5, 15));
    async function rest(query: string) {
      const { jobs: found } = await gateway.rest(team.secret).ok("GET", `/api/teams/${team.id}/jobs${query}`);
      return { jobs: found.map((job: { job_id: string }) => job.job_id) };
    }
  });

  it("the lists of several teams are read and counted as well as those of one", async () => {
    const jobs = (part: string) => `jobs(first: 20) { ${part} } failed: jobs(filter: { status: [FAILED] }) { ${part} }`;
    const listsOf = (part: string) => () => gateway.admin.data(`{ teams { nodes { ${jobs(part)} } } }`);
    await readsAtMost(TEAMS * PAGE_ROWS, listsOf(PAGE));
    await readsAtMost(TEAMS * COUNT_MAX, listsOf("totalCount"));
  });

  it("a team's ledger is counted exactly, without reading its entries", async () => {
    const query = `query ($id: ID!) { team(id: $id) { creditEntries(first: 20) { totalCount ${PAGE} } } }`;
    await readsAtMost(50, async () => {
      const { team: read } = await team.client.data(query, { id: team.id });
      expect(read.creditEntries.totalCount).toBe(1 + 2 * JOBS + RARE_JOBS);
    });
  });

  it("an audit reads no more in a statement than its bound", async () => {
    const query = "query ($id: ID!) { ledgerAudit(teamId: $id, first: 20000) { isComplete entryCount } }";
    await readsAtMost(5_000 + 2 * TEAMS, async () => {
      const { ledgerAudit } = await team.client.data(query, { id: team.id });
      expect(ledgerAudit).toEqual({ isComplete: false, entryCount: 20_000 });
    });
  });

  it("an audit of a ledger that is too long for one request goes on where it ended, until it is complete", async () => {
    const query = `query ($id: ID!, $after: String) { ledgerAudit(teamId: $id, first: 13000, after: $after) {
      isComplete isSound endCursor entryCount jobCount differences { figure } recorded { available } recomputed { available } } }`;
    const parts = [];
    let after: string | null = null;
    do {
      const { ledgerAudit }: { ledgerAudit: AuditPart } = await team.client.data(query, { id: team.id, after });
      parts.push(ledgerAudit);
      after = ledgerAudit.endCursor;
    } while (after !== null);
    const entries = 1 + 2 * JOBS + RARE_JOBS;
    const jobs = JOBS + RARE_JOBS;
    expect(parts.map(({ entryCount, jobCount }) => [entryCount, jobCount])).toEqual([
      [13_000, 0],
      [26_000, 0],
      [entries, 39_000 - entries],
      [entries, jobs],
    ]);
    expect(parts.map(({ isComplete, isSound }) => [isComplete, isSound])).toEqual([
      [false, false],
      [false, false],
      [false, false],
      [true, true],
    ]);
    const last = parts.at(-1);
    expect(last?.recomputed).toEqual(last?.recorded);
  });

  it("a secret is found in an index with its team and organization, also an old one, and an organization's keys page by page", async () => {
    const rotate = "mutation ($id: ID!) { rotateVirtualKey(id: $id, graceSeconds: 600) { virtualKey } }";
    const { rotateVirtualKey } = await gateway.admin.data(rotate, { id: team.keyId });
    for (const secret of [team.secret, rotateVirtualKey.virtualKey])
      await readsAtMost(3, () => gateway.client(secret).data("{ viewer { __typename } }"));
    const page = "{ organizations { nodes { virtualKeys(first: 20) { nodes { id } } } } }";
    await readsAtMost(2 * 21 + TEAMS, () => owner.client.data(page));
  });

  describe("a round of a background task", () => {
    const run = (name: string) => {
      const task = gateway.app.tasks.find((each) => each.name === name);
      if (!task) throw new Error(`There is no task ${name}.`);
      return task.run();
    };

    it("with nothing to do reads no row, whichever task it is", async () => {
      // What the tests before have left is done first.
      await runTasks(gateway.app);
      const scans: string[] = [];
      for (const task of gateway.app.tasks) {
        const sent = await gateway.database.sentBy(async () => expect(await task.run()).toBe("done"));
        for (const statement of sent) {
          const read = await rowsRead(gateway.database.db, statement);
          expect(read.rows, `${task.name}: ${read.scans.join(", ")}`).toBe(0);
          scans.push(...read.scans);
        }
      }
      // The tasks that look for work have been heard.
      expect(scans.length).toBeGreaterThan(4);
    });

    it("with a backlog reads a batch: forget content", async () => {
      await gateway.database.db.$executeRaw`UPDATE llm_calls SET finished_at = finished_at - interval '31 days'
        WHERE id IN (SELECT id FROM llm_calls LIMIT 1000)`;
      // A batch is found, then changed, then returned.
      await readsAtMost(300, async () => expect(await run("forget content")).toBe("more"));
    });

    it("with a backlog reads a batch: forget keys", async () => {
      await gateway.database.db.$executeRaw`UPDATE idempotency_keys SET created_at = now() - interval '25 hours'
        WHERE ctid IN (SELECT ctid FROM idempotency_keys LIMIT 1000)`;
      await readsAtMost(300, async () => expect(await run("forget keys")).toBe("more"));
    });
  });
});

interface AuditPart {
  readonly isComplete: boolean;
  readonly isSound: boolean;
  readonly endCursor: string | null;
  readonly entryCount: number;
  readonly jobCount: number;
  readonly recorded: object;
  readonly recomputed: object;
}
