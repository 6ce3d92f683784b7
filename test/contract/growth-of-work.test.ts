import { describe, expect, it } from "vitest";
import { JOBS, RARE_JOBS, TEAMS, useGrownGateway } from "../kit/database/grown-gateway.js";
import { rowsRead } from "../kit/database/plan.js";
import { runTasks } from "../kit/gateway/tasks.js";

describe("on a database that has grown", { timeout: 120_000 }, () => {
  const { gateway, grown, readsAtMost } = useGrownGateway();

  const PAGE = "nodes { id } edges { cursor }";

  it("a team's ledger is counted exactly, without reading its entries", async () => {
    const query = `query ($id: ID!) { team(id: $id) { creditEntries(first: 20) { totalCount ${PAGE} } } }`;
    await readsAtMost(50, async () => {
      const { team: read } = await grown.team.client.data(query, { id: grown.team.id });
      expect(read.creditEntries.totalCount).toBe(1 + 2 * JOBS + RARE_JOBS);
    });
  });

  it("an audit reads no more in a statement than its bound", async () => {
    const query = "query ($id: ID!) { ledgerAudit(teamId: $id, first: 20000) { isComplete entryCount } }";
    await readsAtMost(5_000 + 2 * TEAMS, async () => {
      const { ledgerAudit } = await grown.team.client.data(query, { id: grown.team.id });
      expect(ledgerAudit).toEqual({ isComplete: false, entryCount: 20_000 });
    });
  });

  it("an audit of a ledger that is too long for one request goes on where it ended, until it is complete", async () => {
    const query = `query ($id: ID!, $after: String) { ledgerAudit(teamId: $id, first: 13000, after: $after) {
      isComplete isSound endCursor entryCount jobCount differences { figure } recorded { available } recomputed { available } } }`;
    const parts = [];
    let after: string | null = null;
    do {
      const { ledgerAudit }: { ledgerAudit: AuditPart } = await grown.team.client.data(query, {
        id: grown.team.id,
        after,
      });
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
    const { rotateVirtualKey } = await gateway.admin.data(rotate, { id: grown.team.keyId });
    for (const secret of [grown.team.secret, rotateVirtualKey.virtualKey])
      await readsAtMost(3, () => gateway.client(secret).data("{ viewer { __typename } }"));
    const page = "{ organizations { nodes { virtualKeys(first: 20) { nodes { id } } } } }";
    await readsAtMost(2 * 21 + TEAMS, () => grown.owner.client.data(page));
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

    it("with a backlog reads a batch: forget responses", async () => {
      await gateway.database.db.$executeRaw`UPDATE llm_calls SET finished_at = finished_at - interval '31 days'
        WHERE id IN (SELECT call_id FROM responses ORDER BY created_at LIMIT 1000)`;
      await gateway.database.db.$executeRaw`UPDATE responses SET created_at = created_at - interval '31 days'
        WHERE call_id IN (SELECT call_id FROM responses ORDER BY created_at LIMIT 1000)`;
      // A batch is found with its calls, then deleted, then returned.
      await readsAtMost(400, async () => expect(await run("forget responses")).toBe("more"));
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
