import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPostgres } from "../kit/database/database.js";
import { expectSoundLedger } from "../kit/database/ledger.js";
import type { PostgresServer } from "../kit/database/postgres.js";
import { usePostgres } from "../kit/database/use-postgres.js";
import { type Gateway, startGateway } from "../kit/gateway/gateway.js";
import { buildGateway, type GatewayProcess, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { Load } from "../kit/load.js";
import { type Random, seededRandom } from "../kit/random.js";
import { report } from "../kit/report.js";
import type { ScriptedUpstream } from "../kit/upstream/upstream.js";
import { answer, type Behaviour, error } from "../kit/upstream/upstream-behaviours.js";
import { cutStream, streamed } from "../kit/upstream/upstream-streams.js";
import { expectCountedUsage } from "../kit/usage/expect-counted.js";
import { name, type TestTeam } from "../kit/world.js";

const { FAULT_SEED, FAULT_CLIENTS, FAULT_KILLS, FAULT_CRASHES } = process.env;
const SEED = Number(FAULT_SEED ?? 20);
const PROCESSES = 2;
const CLIENTS = Number(FAULT_CLIENTS ?? 8);
const KILLS_OF_PROCESS = Number(FAULT_KILLS ?? 10);
/** How often the database crashes meanwhile. */
const CRASHES = Number(FAULT_CRASHES ?? 1);
const CREDITS = 1_000_000;
/** A kill takes about a second, and what is sent again waits for the database. */
const TIMEOUT_MS = 300_000 + (KILLS_OF_PROCESS + 5 * CRASHES) * 5_000;

describe.runIf(hasPostgres())("processes that are killed at any moment, under load", { timeout: TIMEOUT_MS }, () => {
  const postgres = usePostgres();
  /** Never killed: it builds the world, runs the background tasks at the end, and holds the upstream and the database. */
  let witness: Gateway;
  let team: TestTeam;
  const slots: Slot[] = [];
  beforeAll(async () => {
    buildGateway();
    const databaseUrl = postgres.url;
    // It runs no calls, so its lease may be the default.
    witness = await startGateway({ databaseUrl, upstream: "scripted" });
    const [steady, broken, cutting] = [name("steady"), name("broken"), name("cutting")];
    witness.upstream.on(steady, taking(answer(), streamed(["Yes", ", sir."])));
    witness.upstream.on(broken, error(503));
    witness.upstream.on(cutting, taking(answer(), cutStream(["No"])));
    // What is limited in USD needs models with a price.
    for (const model of [steady, broken, cutting])
      await witness.admin.data(
        `mutation ($model: String!) {
          setModelPrice(input: { model: $model, inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "1" }) { model } }`,
        { model },
      );
    const groups = [[steady], [broken, steady], [cutting, steady]].map((models) => witness.world.modelGroup(models));
    // Limits and budgets are on, and none of them is reached.
    const limits = { requestsPerMinute: 1_000_000, tokensPerMinute: 1_000_000_000, concurrentCalls: 10_000 };
    const billing = { mode: "TOKENS", tokensPerCredit: 10, unpaidCostUsdPerDay: "1000" };
    team = await witness.world.team({ credits: CREDITS, groups: await Promise.all(groups), billing, limits });
    const env = { DATABASE_URL: databaseUrl, UPSTREAM_URL: witness.upstream.url, CALL_LEASE_MS: "1000" };
    for (let count = 0; count < PROCESSES; count++) slots.push(await Slot.start(env));
  }, 300_000);
  afterAll(async () => {
    await Promise.all(slots.map(({ process }) => process.kill()));
    await witness?.close();
  });

  it("lose nothing that they acknowledged, charge nothing twice, and leave nothing open", async () => {
    const load = new Load(slots, team, await groupsOf(team));
    const clients = Array.from({ length: CLIENTS }, (_, index) => load.work(seededRandom(SEED * 1_000 + index)));
    const working = Promise.all(clients);
    const breaking = Promise.all([
      ...slots.map((slot, index) => killAgainAndAgain(slot, load, seededRandom(SEED + index))),
      crashAgainAndAgain(postgres, slots, load),
    ]);
    await Promise.race([breaking, working]);
    load.isOver = true;
    await working;
    await expect.poll(nothingLeftOpen, { timeout: 60_000, interval: 100 }).toBe(true);

    const { db } = witness.database;
    const calls = await db.llmCall.findMany({ include: { attempts: true } });
    const jobs = new Map((await db.job.findMany()).map((job) => [job.id, job]));
    const byTag = new Map(calls.map((call) => [(call.metadata as { tag: string }).tag, call]));
    expect(byTag.size, "each request made one call, however often it was sent").toBe(calls.length);
    for (const [id, status] of load.jobs)
      expect(jobs.get(id)?.status, `job ${id}`).toEqual(status ?? expect.any(String));
    for (const [id, status] of load.calls)
      expect(calls.find((call) => call.id === id)?.status, `call ${id}`).toEqual(
        status ?? expect.not.stringMatching("RUNNING"),
      );
    expect([...jobs.values()].filter((job) => job.runningCalls > 0)).toEqual([]);

    const asked = requestsByTag(witness.upstream);
    for (const tag of asked.keys())
      expect(byTag.has(tag), `a row of the call ${tag}, which reached the upstream`).toBe(true);
    const orphans = calls.filter((call) => call.errorCode === "GATEWAY_RESTARTED");
    for (const call of calls) {
      const requests = asked.get((call.metadata as { tag: string }).tag) ?? 0;
      const attempts = call.attempts.length;
      // Nobody knows how far a killed process had come: it has one attempt, of unknown usage, which the job's summary counts.
      if (orphans.includes(call)) expect(call.attempts).toMatchObject([{ usageSource: "UNKNOWN", costNanoUsd: null }]);
      // A cancelled attempt may not have reached the upstream any more.
      else if (call.status === "CANCELLED") expect([requests, requests + 1]).toContain(attempts);
      else expect(attempts, `attempts of call ${call.id}`).toBe(requests);
    }

    const { allocated } = await team.credits();
    expect(allocated - CREDITS - load.granted).toBe(0);
    await expectSoundLedger(db);
    await expectCountedUsage(witness.admin, db);
    expect(await unresolvedHoldsOfEndedJobs()).toBe(0);
    const replays = await load.replay(witness);
    expect(witness.upstream.requests.length, "a replay asks nobody").toBe(sum([...asked.values()]));
    report("Killed under load", {
      seed: SEED,
      kills: sum(slots.map(({ kills }) => kills)),
      crashesOfDatabase: CRASHES,
      acknowledgedAnswers: load.answers,
      requestsSentAgain: load.repeats,
      jobs: jobs.size,
      calls: calls.length,
      attempts: sum(calls.map(({ attempts }) => attempts.length)),
      upstreamRequests: sum([...asked.values()]),
      orphansSettled: orphans.length,
      replays,
      grants: load.granted,
    });
    expect(sum(slots.map(({ kills }) => kills))).toBe(PROCESSES * KILLS_OF_PROCESS);
    expect(orphans.length).toBeGreaterThan(5);
  });

  async function nothingLeftOpen(): Promise<boolean> {
    await runTasks(witness.app);
    return (await witness.database.db.llmCall.count({ where: { status: "RUNNING" } })) === 0;
  }

  async function unresolvedHoldsOfEndedJobs(): Promise<number> {
    const [row] = await witness.database.db.$queryRaw<[{ count: number }]>`
      SELECT count(*)::integer AS count FROM credit_entries hold JOIN jobs ON jobs.id = hold.job_id
        LEFT JOIN credit_entries resolution ON resolution.job_id = hold.job_id AND resolution.job_held_after = 0
      WHERE hold.kind = 'HOLD' AND (resolution.id IS NULL) = (jobs.completed_at IS NOT NULL)`;
    return row.count;
  }
});

/** Takes a while, so that most kills meet calls under way. */
function taking(plain: Behaviour, stream: Behaviour): Behaviour {
  return (exchange) => {
    setTimeout(() => exchange.response.destroyed || (exchange.request.body.stream ? stream : plain)(exchange), 30);
  };
}

async function groupsOf(team: TestTeam): Promise<[string, ...string[]]> {
  const { team: found } = await team.client.data("query ($id: ID!) { team(id: $id) { modelGroups { name } } }", {
    id: team.id,
  });
  return found.modelGroups.map((group: { name: string }) => group.name);
}

function requestsByTag({ requests }: ScriptedUpstream): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { body } of requests)
    counts.set(body.messages[0].content, (counts.get(body.messages[0].content) ?? 0) + 1);
  return counts;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** A gateway that is killed and started again on the same database. */
class Slot {
  kills = 0;

  private constructor(
    public process: GatewayProcess,
    private readonly env: Record<string, string>,
  ) {}

  static async start(env: Record<string, string>): Promise<Slot> {
    return new Slot(await startGatewayProcess(env), env);
  }

  async killAndRestart(): Promise<void> {
    await this.process.kill();
    this.kills += 1;
    this.process = await startedBySupervisor(this.env);
  }
}

/** A start ends if the database goes away in the middle of it, and whoever looks after processes starts it again. */
async function startedBySupervisor(env: Record<string, string>): Promise<GatewayProcess> {
  for (;;) {
    const started = await startGatewayProcess(env).catch(() => undefined);
    if (started) return started;
  }
}

/** Crashes are spread over the kills. */
async function crashAgainAndAgain(postgres: PostgresServer, slots: readonly Slot[], load: Load): Promise<void> {
  const killsBetween = (PROCESSES * KILLS_OF_PROCESS) / (CRASHES + 1);
  for (let crashes = 1; crashes <= CRASHES; crashes++) {
    while (sum(slots.map(({ kills }) => kills)) < crashes * killsBetween) await load.answered(1);
    await postgres.stop();
    await postgres.start();
  }
}

/** Each time after so many more acknowledged answers, and a moment. */
async function killAgainAndAgain(slot: Slot, load: Load, random: Random): Promise<void> {
  while (slot.kills < KILLS_OF_PROCESS) {
    await load.answered(1 + random.below(25));
    await sleep(random.below(60));
    await slot.killAndRestart();
  }
}
