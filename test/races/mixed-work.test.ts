import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { runTasks, unsettledCalls } from "../kit/gateway/tasks.js";
import { MixedWork } from "../kit/mixed/mixed-work.js";
import { expectSoundRows, expectTruthTold } from "../kit/mixed/sound-work.js";
import { untold } from "../kit/mixed/untold.js";
import { type Random, seededRandom } from "../kit/random.js";
import { answer, type Behaviour, error } from "../kit/upstream/upstream-behaviours.js";
import { expectCountedUsage } from "../kit/usage/expect-counted.js";
import { name, type TestTeam } from "../kit/world.js";

/** Other work is done with another seed; how it mixes is never the same. */
const SEED = Number(process.env.MIXED_SEED ?? 1);
/** How much each client does. */
const DEEDS = Number(process.env.MIXED_DEEDS ?? 40);
const CLIENTS = 40;
const CALLS_OF_JOB_MAX = 4;
const PROCESSES = 3;
const TEAMS = 4;
const ANSWERS_BETWEEN_TROUBLES = 60;

/** What happens to the database meanwhile, on a connection of its own. */
type Trouble = (beside: Client, teamId: string, work: MixedWork, random: Random) => Promise<unknown>;

const TROUBLES: Readonly<Record<string, Trouble>> = {
  "nothing else": async () => undefined,
  // It waits until they are gone, so that nobody comes upon one of them after the work.
  "connections that break": (beside) =>
    beside.query(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.2`),
  "rows that are locked": async (beside, teamId, work, random) => {
    const [table, id] = random.pick([
      ["credit_balances", "team_id"],
      ["jobs", "id"],
    ]);
    await beside.query("BEGIN");
    await beside.query(`SELECT FROM ${table} WHERE team_id = $1 ORDER BY ${id} FOR UPDATE`, [teamId]);
    await work.answered(30);
    await beside.query("ROLLBACK");
  },
};

describe.runIf(hasPostgres())("clients of four teams do everything at once on three gateways, with", () => {
  let gateways: [Gateway, ...Gateway[]];
  let beside: Client;
  beforeAll(async () => {
    const databaseUrl = await createPostgresUrl();
    const env = { JOB_MAX_CALLS: String(CALLS_OF_JOB_MAX) };
    gateways = [await startGateway({ databaseUrl, env, upstream: "scripted" })];
    const [{ upstream }] = gateways;
    while (gateways.length < PROCESSES)
      gateways.push(await startGateway({ databaseUrl, env: { ...env, UPSTREAM_URL: upstream.url } }));
    beside = new Client({ connectionString: databaseUrl });
    await beside.connect();
  });
  afterAll(async () => {
    await beside?.end();
    for (const gateway of gateways) await gateway.close();
  });

  it.each(Object.keys(TROUBLES))(
    `%s: all of it adds up, and everyone was told the truth (seed ${SEED})`,
    async (kind) => {
      const [{ database, upstream, world }] = gateways;
      const { db } = database;
      const [works, fails] = [name("model"), name("model")];
      const slow = answersLater();
      upstream.on(works, slow.behaviour);
      upstream.on(fails, error(400));
      const groups = [await world.modelGroup([works]), await world.modelGroup([fails])] as const;
      const organization = await world.organization();
      const team = () => organization.team({ credits: 6, groups: [...groups] });
      const teams: [TestTeam, ...TestTeam[]] = [await team()];
      while (teams.length < TEAMS) teams.push(await team());

      const untoldBefore = await untold(gateways);
      const random = seededRandom(SEED);
      const work = new MixedWork(gateways, teams, [...groups], random, kind);
      const done = work.run(CLIENTS, DEEDS, slow.release);
      while (!work.isDone) {
        await work.answered(ANSWERS_BETWEEN_TROUBLES);
        await TROUBLES[kind]?.(beside, random.pick(teams).id, work, random);
      }
      await done;
      await expect.poll(() => gateways.map(({ app }) => unsettledCalls(app)), { timeout: 30_000 }).toEqual([0, 0, 0]);
      // Calls whose admission was cut off, so that no process runs them, have to wait for their leases.
      await beside.query("UPDATE llm_calls SET lease_until = 'epoch' WHERE status = 'RUNNING'");
      for (const { app } of gateways) await runTasks(app);
      if (process.env.MIXED_SEED) process.stdout.write(`${kind} ${JSON.stringify(work.codes)}\n`);
      expect(work.unexpected).toEqual([]);
      expect(work.codes.OVERLOADED).toBeUndefined();
      await expectSoundRows(db, CALLS_OF_JOB_MAX);
      await expectCountedUsage(gateways[0].admin, db);
      await expectTruthTold(db, work.acknowledged, work.refused);
      const untoldAfter = await untold(gateways);
      // If a connection breaks, nobody may know what was written with it. Nothing is ever counted twice.
      if (kind !== "connections that break") expect(untoldAfter).toEqual(untoldBefore);
      for (const [what, count] of Object.entries(untoldAfter))
        expect(count, what).toBeGreaterThanOrEqual(untoldBefore[what] ?? 0);
    },
  );
});

/** Answers a request when the next one comes, or when it is told to. */
function answersLater(): { readonly behaviour: Behaviour; readonly release: () => void } {
  let last: (() => void) | undefined;
  const release = () => last?.();
  const behaviour: Behaviour = (exchange) => {
    release();
    last = () => {
      last = undefined;
      answer()(exchange);
    };
  };
  return { behaviour, release };
}
