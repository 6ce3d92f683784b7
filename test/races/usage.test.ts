import { EventEmitter, once } from "node:events";
import { describe, expect, it } from "vitest";
import type { Db } from "../../src/db/client.js";
import { hasPostgres } from "../kit/database/database.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { answer, error } from "../kit/upstream/upstream-behaviours.js";
import { expectCountedUsage } from "../kit/usage/expect-counted.js";
import { USAGE } from "../kit/usage/report.js";
import { name, RUN_LLM_CALL } from "../kit/world.js";

const ENDS = ["COMPLETED", "FAILED", "CANCELLED"];

describe.runIf(hasPostgres())("two processes that count usage at once", { timeout: 120_000 }, () => {
  const { one, other } = useTwoGateways();
  const ask = (gateway: typeof one) => {
    const input = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000), granularity: "ALL" };
    return gateway.admin.data(USAGE, { input });
  };

  it("count each call and each job once, while calls settle and jobs end", async () => {
    const [broken, steady] = [name("broken"), name("steady")];
    one.upstream.on(broken, error(503));
    one.upstream.on(steady, answer({ headers: { "x-litellm-response-cost": "0.000012" } }));
    const teams = await Promise.all(
      [0, 12.5, 33].map((percent) =>
        one.world.team({
          models: [broken, steady],
          credits: 1_000,
          billing: { markupPercent: String(percent), creditPriceUsd: "0.1" },
        }),
      ),
    );
    let isOver = false;
    const work = teams.flatMap((team, index) =>
      [0, 1, 2].map(async (client) => {
        for (let count = 0; count < 8; count++) {
          const job = await team.job(`type-${client}`);
          await job.call();
          await job.call();
          if (count % 4 < 3) await job.complete({ status: ENDS[(count + index) % 3] });
          await team.client.data(RUN_LLM_CALL, { input: { ...job.callInput(), jobId: undefined } });
        }
      }),
    );
    const counting = [one, other].map(async (gateway) => {
      while (!isOver) await Promise.all([ask(gateway), ask(gateway), runTasks(gateway.app)]);
    });
    await Promise.all(work);
    isOver = true;
    await Promise.all(counting);
    await expectCountedUsage(other.admin, one.database.db);
  });

  it("go on counting if the database refuses one job, and count it when it no longer does", async () => {
    const { db } = one.database;
    const [good, bad] = [await one.world.team({ credits: 10 }), await one.world.team({ credits: 10 })];
    await db.$executeRawUnsafe(`ALTER TABLE usage_rollups ADD CONSTRAINT refused CHECK (team_id <> '${bad.id}')`);
    await (await bad.job()).complete();
    await (await good.job()).complete();
    const completedOf = async (teamId: string) => {
      const input = {
        from: new Date(Date.now() - 3_600_000),
        to: new Date(Date.now() + 3_600_000),
        filter: { teamIds: [teamId] },
      };
      const { usage } = await other.admin.data(USAGE, { input });
      return [usage.total.jobsCompleted, usage.isComplete];
    };
    await expect.poll(() => completedOf(good.id), { timeout: 30_000, interval: 10 }).toEqual([1, false]);
    expect(await completedOf(bad.id)).toEqual([0, false]);
    await db.$executeRawUnsafe("ALTER TABLE usage_rollups DROP CONSTRAINT refused");
    await expect.poll(() => completedOf(bad.id), { timeout: 30_000, interval: 10 }).toEqual([1, true]);
    await expectCountedUsage(one.admin, db);
  });

  it("answer without what another one holds up, and take no job for one that cannot be counted", async () => {
    const { db } = one.database;
    const team = await one.world.team({ credits: 10 });
    const release = await holdLock(db);
    await (await team.job()).complete();
    // Each waits for two seconds. A process that is idle in a transaction for 15 seconds loses it.
    for (let rounds = 0; rounds < 4; rounds++) expect((await ask(one)).usage.isComplete).toBe(false);
    expect(await db.usagePending.count({ where: { isPostponed: true } })).toBe(0);
    await release();
    expect((await ask(one)).usage.isComplete).toBe(true);
    await expectCountedUsage(one.admin, db);
  });
});

/** Holds the lock of whoever counts usage, as a process does that is slow. */
async function holdLock(db: Db): Promise<() => Promise<void>> {
  const news = new EventEmitter();
  const held = once(news, "held");
  const over = once(news, "over");
  const holding = db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(72707370) IS NULL`;
      news.emit("held");
      await over;
    },
    { timeout: 60_000 },
  );
  await held;
  return () => {
    news.emit("over");
    return holding;
  };
}
