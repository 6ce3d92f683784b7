import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import type { TestTeam } from "../../kit/world.js";

const AUDIT = `query ($teamId: ID!) { ledgerAudit(teamId: $teamId) { teamId isSound entryCount jobCount
  recorded { allocated used held remaining available } recomputed { allocated used held remaining available }
  differences { figure entryId jobId recorded recomputed } } }`;

describe("an audit of the ledger", () => {
  const gateway = useGateway();

  it("adds up to the balance, to the admin and to the team itself", async () => {
    const team = await gateway.world.team({ credits: 10 });
    for (const status of ["COMPLETED", "FAILED", "CANCELLED"]) await (await team.job()).complete({ status });
    await team.job();
    await gateway.admin.data(
      `mutation ($id: ID!) { adjustCredits(input: { teamId: $id, credits: -2, reason: "Test" }) { id } }`,
      { id: team.id },
    );
    const balance = { allocated: 8, used: 1, held: 1, remaining: 7, available: 6 };
    const sound = { teamId: team.id, isSound: true, entryCount: 9, jobCount: 4, differences: [] };
    for (const client of [gateway.admin, team.client]) {
      const { ledgerAudit } = await client.data(AUDIT, { teamId: team.id });
      expect(ledgerAudit).toEqual({ ...sound, recorded: balance, recomputed: balance });
    }
  });

  it("of a team without entries is sound", async () => {
    const team = await gateway.world.team({ credits: 0 });
    const { ledgerAudit } = await team.client.data(AUDIT, { teamId: team.id });
    expect(ledgerAudit).toMatchObject({ isSound: true, entryCount: 0, recomputed: { allocated: 0, remaining: 0 } });
  });

  it("of another team, or of a team that does not exist, is not found", async () => {
    const [team, other] = [await gateway.world.team(), await gateway.world.team()];
    await team.client.refusal("NOT_FOUND", AUDIT, { teamId: other.id });
    await gateway.admin.refusal("NOT_FOUND", AUDIT, { teamId: "nobody" });
    await gateway.admin.refusal("NOT_FOUND", AUDIT, { teamId: "no id" });
    await gateway.anonymous.refusal("UNAUTHENTICATED", AUDIT, { teamId: team.id });
  });
});

describe("an audit that is done in parts", () => {
  const gateway = useGateway();
  const PART = `query ($teamId: ID!, $first: Int, $after: String) { ledgerAudit(teamId: $teamId, first: $first, after: $after) {
    isComplete isSound endCursor entryCount jobCount recorded { available } recomputed { available } } }`;

  it("goes on while the ledger does: what has been added up stays true", async () => {
    const team = await gateway.world.team({ credits: 10 });
    const job = await team.job();
    const ask = async (first: number, after: string | null) =>
      (await team.client.data(PART, { teamId: team.id, first, after })).ledgerAudit;
    const one = await ask(2, null);
    expect(one).toMatchObject({ isComplete: false, isSound: false, entryCount: 2, jobCount: 0 });
    await job.complete();
    await team.job();
    const two = await ask(3, one.endCursor);
    expect(two).toMatchObject({ isComplete: false, isSound: false, entryCount: 4, jobCount: 1 });
    const three = await ask(3, two.endCursor);
    const balance = { available: 8 };
    expect(three).toEqual({
      isComplete: true,
      isSound: true,
      endCursor: null,
      entryCount: 4,
      jobCount: 2,
      recorded: balance,
      recomputed: balance,
    });
  });

  it("takes only a cursor of this team's audit, and a first from 1 to 100,000", async () => {
    const [team, other] = [await gateway.world.team(), await gateway.world.team()];
    const { ledgerAudit } = await other.client.data(PART, { teamId: other.id, first: 1 });
    const state = JSON.parse(Buffer.from(ledgerAudit.endCursor, "base64url").toString());
    const forged = (changes: object) =>
      Buffer.from(JSON.stringify({ teamId: team.id, state: { ...state.state, ...changes } })).toString("base64url");
    const cursors = [
      "",
      "x",
      ledgerAudit.endCursor,
      forged({ sequence: -1 }),
      forged({ jobId: "x" }),
      forged({ recorded: 1 }),
    ];
    for (const after of cursors) {
      const error = await team.client.refusal("INVALID_INPUT", PART, { teamId: team.id, after });
      expect(error.extensions.field).toBe("after");
    }
    for (const first of [0, -1, 100_001]) await team.client.refusal("INVALID_INPUT", PART, { teamId: team.id, first });
  });
});

// The database refuses all of this; it is told not to look.
describe("an audit of a ledger that was tampered with", () => {
  const gateway = useGateway({ mayEndUnsound: true });

  async function tamper(...statements: string[]): Promise<void> {
    const { db } = gateway.database;
    await db.$executeRawUnsafe("SET session_replication_role = replica");
    for (const statement of statements) await db.$executeRawUnsafe(statement);
    await db.$executeRawUnsafe("SET session_replication_role = DEFAULT");
  }

  async function differences(team: TestTeam) {
    const { ledgerAudit } = await gateway.admin.data(AUDIT, { teamId: team.id });
    expect(ledgerAudit.isSound).toBe(ledgerAudit.differences.length === 0);
    return ledgerAudit.differences;
  }

  it("reports a balance that was changed", async () => {
    const team = await gateway.world.team({ credits: 5 });
    await tamper(`UPDATE credit_balances SET allocated = 7, available = 7 WHERE team_id = '${team.id}'`);
    expect(await differences(team)).toEqual([
      { figure: "ALLOCATED", entryId: null, jobId: null, recorded: 7, recomputed: 5 },
      { figure: "AVAILABLE", entryId: null, jobId: null, recorded: 7, recomputed: 5 },
    ]);
  });

  it("reports the entry that does not follow from those before it", async () => {
    const team = await gateway.world.team({ credits: 5 });
    await team.job();
    await tamper(
      `UPDATE credit_entries SET available_after = 9, available_before = 10 WHERE account_id = '${team.id}' AND sequence = 2`,
    );
    expect(await differences(team)).toEqual([
      { figure: "AVAILABLE", entryId: expect.any(String), jobId: null, recorded: 9, recomputed: 4 },
    ]);
  });

  it("reports an entry that is gone, in the balance, in what follows it and in its job", async () => {
    const team = await gateway.world.team({ credits: 5 });
    const job = await team.job();
    await job.complete();
    await tamper(`DELETE FROM credit_entries WHERE account_id = '${team.id}' AND sequence = 2`);
    const found = (await differences(team)).map(
      ({ figure, entryId, jobId, recorded, recomputed }: Difference) =>
        `${figure} of ${entryId ? "entry" : jobId === job.id ? "job" : "balance"}: ${recorded}, not ${recomputed}`,
    );
    expect(found).toEqual([
      "HELD of balance: 0, not -1",
      "AVAILABLE of balance: 4, not 5",
      "SEQUENCE of entry: 3, not 2",
      "AVAILABLE of entry: 4, not 5",
      "HELD of entry: 0, not -1",
      "HELD of job: -1, not 0",
      "AVAILABLE of job: 0, not -1",
    ]);
  });

  it("in parts, is not sound at its end if there was a difference in an earlier part", async () => {
    const team = await gateway.world.team({ credits: 5 });
    await team.job();
    await tamper(
      `UPDATE credit_entries SET available_after = 9, available_before = 10 WHERE account_id = '${team.id}' AND sequence = 2`,
    );
    const query = `query ($teamId: ID!, $after: String) { ledgerAudit(teamId: $teamId, first: 2, after: $after) {
      isComplete isSound endCursor differences { figure } } }`;
    const one = (await gateway.admin.data(query, { teamId: team.id })).ledgerAudit;
    expect(one).toMatchObject({ isComplete: false, isSound: false, differences: [{ figure: "AVAILABLE" }] });
    const two = (await gateway.admin.data(query, { teamId: team.id, after: one.endCursor })).ledgerAudit;
    expect(two).toEqual({ isComplete: true, isSound: false, endCursor: null, differences: [] });
  });

  it("reports a job that says it took what the ledger gave back", async () => {
    const team = await gateway.world.team({ credits: 5 });
    const job = await team.job();
    await job.complete({ status: "FAILED" });
    await tamper(
      `UPDATE jobs SET status = 'COMPLETED', credit_applied = true, posted_credits = 1 WHERE id = '${job.id}'`,
    );
    expect(await differences(team)).toEqual([
      { figure: "USED", entryId: null, jobId: job.id, recorded: 0, recomputed: 1 },
      { figure: "AVAILABLE", entryId: null, jobId: job.id, recorded: 0, recomputed: -1 },
    ]);
  });
});

interface Difference {
  figure: string;
  entryId: string | null;
  jobId: string | null;
  recorded: number;
  recomputed: number;
}
