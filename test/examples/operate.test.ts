import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { postgresPrograms } from "../kit/database/postgres.js";
import { readThrough } from "../kit/docs/session.js";
import { documents, proseOf, snippetsOf } from "../kit/docs/snippets.js";
import { freePort } from "../kit/free-port.js";
import { ADMIN_KEY, type Gateway, startGateway, useGateway } from "../kit/gateway/gateway.js";
import { buildGateway, startGatewayProcess } from "../kit/gateway/gateway-process.js";
import { alertRules, knownMetrics, metricNamesIn } from "../kit/telemetry/metric-names.js";
import { name, World } from "../kit/world.js";

const OPERATE = "docs/operate.md";
const NEW_KEY = "the-admin-key-after-the-rotation";

describe.runIf(hasPostgres())(OPERATE, () => {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-operate-"));
  let databaseUrl: string;
  let gateway: Gateway;
  beforeAll(async () => {
    buildGateway();
    databaseUrl = await createPostgresUrl();
    gateway = await startGateway({ databaseUrl });
  });
  afterAll(async () => {
    await gateway?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("backs up and restores both databases, and the ledgers still add up", { timeout: 300_000 }, async () => {
    const teams = [await busyTeam(gateway.world), await busyTeam(gateway.world)];
    const dataDir = join(folder, "embedded");
    const embedded = await startGatewayProcess({ DATA_DIR: dataDir });
    const embeddedTeam = await busyTeam(new World(embedded.client(ADMIN_KEY), embedded.client));
    embedded.signal("SIGTERM");
    expect(await embedded.ended).toBe(0);

    const trialPort = String(await freePort());
    const snippets = snippetsOf(OPERATE)
      .filter(({ language }) => language === "sh")
      .map((snippet) => ({ ...snippet, text: snippet.text.replaceAll("8004", trialPort) }));
    const printed = await readThrough(snippets, gateway.url, {
      PATH: `${postgresPrograms()}:${dirname(process.execPath)}:${process.env.PATH}`,
      ADMIN_KEY,
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      BACKUPS: folder,
      SIMULATED: "on",
    });
    for (const line of ["Configuration  ok", "Database       ok", "Upstream       ok"]) expect(printed).toContain(line);
    const audits = [...printed.matchAll(/\{"data":\{"ledgerAudit":(\{.*?\}\})/g)].map(([, json = ""]) =>
      JSON.parse(json),
    );
    const audit = (teamId: string) => ({
      teamId,
      isSound: true,
      // A grant, three holds, a post and a void.
      entryCount: 6,
      jobCount: 3,
      recomputed: { allocated: 10, used: 1, held: 1, available: 8 },
    });
    expect(audits).toHaveLength(3);
    expect(audits).toEqual(expect.arrayContaining([...teams, embeddedTeam].map(audit)));
    expect(printed).toMatch(/^401$/m);
  });

  it("rotates the admin key one process after the other", async () => {
    const next = await startGateway({ databaseUrl, env: { ADMIN_KEY: NEW_KEY } });
    try {
      const team = await gateway.world.team();
      const statuses = (key: string) => Promise.all([gateway, next].map(({ url }) => statusOf(url, key)));
      expect(await statuses(ADMIN_KEY)).toEqual([200, 401]);
      expect(await statuses(NEW_KEY)).toEqual([401, 200]);
      expect((await team.on(next.client).credits()).available).toBe(10);
    } finally {
      await next.close();
    }
  });
});

describe("What the documents tell to watch", () => {
  const gateway = useGateway();

  it.each(documents())("%s names only metrics that there are", async (file) => {
    const isKnown = await knownMetrics(gateway.url, ADMIN_KEY);
    expect(metricNamesIn(proseOf(file)).filter((metric) => !isKnown(metric))).toEqual([]);
  });

  it("The table of incidents has every alert, and no other.", () => {
    const named = new Set(readFileSync(OPERATE, "utf8").match(/\bTollgate[A-Z]\w+/g));
    expect([...named].sort()).toEqual(
      alertRules()
        .map(({ alert }) => alert)
        .sort(),
    );
  });
});

/** Jobs of each kind: one is completed, one has failed, one is open. Returns the team's id. */
async function busyTeam(world: Pick<World, "team">): Promise<string> {
  const team = await world.team({ id: name("busy"), credits: 10 });
  for (const status of ["COMPLETED", "FAILED", null]) {
    const job = await team.job();
    await job.call();
    if (status) await job.complete({ status });
  }
  return team.id;
}

async function statusOf(url: string, adminKey: string): Promise<number> {
  const { status } = await fetch(`${url}/api/organizations`, { headers: { "X-Admin-Key": adminKey } });
  return status;
}
