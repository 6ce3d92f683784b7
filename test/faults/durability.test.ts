import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, describe, expect, it } from "vitest";
import { openPGlite } from "../../src/db/embedded/pglite.js";
import { expectSoundLedger } from "../kit/database/ledger.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { type GatewayProcess, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { type TestJob, type TestTeam, World } from "../kit/world.js";

describe("a gateway that is killed at any moment", () => {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-kill-"));
  const gateways: GatewayProcess[] = [];
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.kill()));
    rmSync(folder, { recursive: true, force: true });
  });

  it("loses nothing that it acknowledged, and starts again on the same data", { timeout: 300_000 }, async () => {
    const acknowledged = new Acknowledged();
    let team: TestTeam | undefined;
    // Killed after so many acknowledged answers, while others are under way.
    for (const answers of [3, 11, 24, 40]) {
      const { client, kill } = await start();
      team ??= await new World(client(ADMIN_KEY), client).team({ credits: 1_000 });
      await workUntil(team.on(client), acknowledged, answers);
      await kill();
    }
    const { client, kill } = await start();
    const survivor = (team as TestTeam).on(client);
    for (const [id, status] of acknowledged.jobs) {
      const { job } = await survivor.client.data(`query ($id: ID!) { job(id: $id) { status } }`, { id });
      // What was acknowledged as ended has stayed so; what was open may have gone on unheard.
      if (status !== "PENDING") expect(job.status).toBe(status);
    }
    for (const id of acknowledged.calls) {
      const { llmCall } = await survivor.client.data(`query ($id: ID!) { llmCall(id: $id) { status content } }`, {
        id,
      });
      expect(llmCall).toMatchObject({ status: "SUCCEEDED", content: expect.stringMatching(/./) });
    }
    expect(acknowledged.jobs.size).toBeGreaterThan(10);
    expect(acknowledged.calls.length).toBeGreaterThan(10);
    const credits = await survivor.credits();
    const completed = [...acknowledged.jobs.values()].filter((status) => status === "COMPLETED").length;
    expect(credits.used).toBeGreaterThanOrEqual(completed);
    await kill();
    const database = await openPGlite(await PGlite.create(join(folder, "pglite")), "after");
    await expectSoundLedger(database.db);
    await database.close();
  });

  /** Starts a gateway process on the folder. */
  async function start(): Promise<GatewayProcess> {
    const gateway = await startGatewayProcess({ DATA_DIR: folder });
    gateways.push(gateway);
    return gateway;
  }
});

/** What the gateway said it had done. */
class Acknowledged {
  readonly jobs = new Map<string, string>();
  readonly calls: string[] = [];
  count = 0;
}

/** Four clients at work; returns with requests under way, as soon as so many have been answered. */
async function workUntil(team: TestTeam, acknowledged: Acknowledged, answers: number): Promise<void> {
  const target = acknowledged.count + answers;
  await new Promise<void>((resolve, reject) => {
    const answered = () => {
      acknowledged.count += 1;
      if (acknowledged.count >= target) resolve();
    };
    const work = async () => {
      while (acknowledged.count < target) await doJob(team, acknowledged, answered);
    };
    // After the kill their connections break, which is what is tested.
    for (let clients = 0; clients < 4; clients++)
      work().catch((error) => (acknowledged.count >= target ? resolve() : reject(error)));
  });
}

async function doJob(team: TestTeam, acknowledged: Acknowledged, answered: () => void): Promise<void> {
  const job: TestJob = await team.job();
  acknowledged.jobs.set(job.id, "PENDING");
  answered();
  acknowledged.calls.push((await job.call()).id);
  answered();
  await job.complete();
  acknowledged.jobs.set(job.id, "COMPLETED");
  answered();
}
