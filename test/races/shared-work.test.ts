import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Columns } from "../../src/db/column-type.js";
import type { Statement } from "../../src/db/statement.js";
import { forgetContent } from "../../src/features/calls/call.sql.js";
import { markExpired } from "../../src/features/closing/closing.sql.js";
import { forgetKeys } from "../../src/features/idempotency/idempotency-keys.sql.js";
import { forgetResponses } from "../../src/features/responses/response.sql.js";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { growTeam } from "../kit/database/grown.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";

const BATCH = 100;
const DUE = 250;
const DAY_MS = 86_400_000;

interface Duty {
  readonly task: string;
  readonly statement: Statement<Columns, Columns>;
  readonly values: readonly number[];
  /** Counts what is left to do. */
  readonly left: string;
}

const DUTIES: Duty[] = [
  {
    task: "forget content",
    statement: forgetContent,
    values: [30 * DAY_MS, BATCH],
    left: "SELECT count(*)::int AS count FROM llm_calls WHERE content IS NOT NULL",
  },
  {
    task: "forget responses",
    statement: forgetResponses,
    values: [30 * DAY_MS, BATCH],
    left: "SELECT count(*)::int AS count FROM responses",
  },
  {
    task: "forget keys",
    statement: forgetKeys,
    values: [DAY_MS, BATCH],
    left: "SELECT count(*)::int AS count FROM idempotency_keys",
  },
  {
    task: "expire jobs",
    statement: markExpired,
    values: [BATCH],
    left: "SELECT count(*)::int AS count FROM jobs WHERE completed_at IS NULL AND closing_as IS NULL",
  },
];

describe.runIf(hasPostgres())("a backlog", { timeout: 60_000 }, () => {
  let gateway: Gateway;
  let otherProcess: Client;
  beforeAll(async () => {
    const databaseUrl = await createPostgresUrl();
    gateway = await startGateway({ databaseUrl });
    await gateway.server.background.stop();
    const team = await gateway.world.team({ credits: 1_000 });
    const { db } = gateway.database;
    await growTeam(db, team, { jobs: DUE, failedAs: "FAILED", newestHoursAgo: 31 * 24 });
    await db.$executeRaw`INSERT INTO idempotency_keys (scope, family, key, input_hash, result_id, created_at)
      SELECT 'team', 'llm-call', 'k' || number, sha256('x'), gen_random_uuid(), now() - interval '25 hours'
      FROM generate_series(1, ${DUE}) AS number`;
    for (let count = 0; count < DUE; count += 50) await Promise.all(Array.from({ length: 50 }, () => team.job()));
    await db.job.updateMany({
      where: { completedAt: null },
      data: { createdAt: new Date(0), expiresAt: new Date(0) },
    });
    otherProcess = new Client({ connectionString: databaseUrl });
    await otherProcess.connect();
  });
  afterAll(async () => {
    await otherProcess?.end();
    await gateway?.close();
  });

  it.each(DUTIES)("is shared by the processes, without waiting for each other: $task", async (duty) => {
    const { statement, values, left } = duty;
    const task = gateway.app.tasks.find(({ name }) => name === duty.task);
    const leftNow = async () => (await gateway.database.db.$queryRawUnsafe<{ count: number }[]>(left))[0]?.count;
    expect(await leftNow()).toBe(DUE);
    await otherProcess.query("BEGIN");
    expect((await otherProcess.query(statement.text, [...values])).rowCount).toBe(BATCH);
    // The other process has not committed, so its rows are still to be seen, and are locked.
    expect(await task?.run()).toBe("more");
    expect(await leftNow()).toBe(DUE - BATCH);
    expect(await task?.run()).toBe("done");
    expect(await leftNow()).toBe(BATCH);
    await otherProcess.query("COMMIT");
    expect(await leftNow()).toBe(0);
  });
});
