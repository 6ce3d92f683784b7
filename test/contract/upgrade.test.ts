import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { startGateway } from "../kit/gateway/gateway.js";
import { TestJob, TestTeam } from "../kit/world.js";

// Databases that earlier versions left, if they are beside this project: a dump, and what a client reads from it.
const folder = fileURLToPath(new URL("../../../shared/upgrade/", import.meta.url));
const versions = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith(".sql"))
      .map((file) => file.replace(/\.sql$/, ""))
  : [];

interface KnownTeam {
  readonly team: string;
  readonly key: string;
  readonly group: string;
  readonly credits: object;
  readonly jobs: readonly { readonly id: string; readonly status: string }[];
}

const TEAM = `query ($id: ID!) { team(id: $id) { credits { allocated used held remaining available }
  jobs(first: 100) { nodes { id status costs { totalCalls totalTokens totalCostUsd creditApplied } llmCalls(first: 100) { nodes { id status content } } } } } }`;
/** The migration gives each call its team. Which key made it may not be known. */
const WORK = `query ($id: ID!) { team(id: $id) { jobs(first: 100) { nodes { key { id } llmCalls { nodes { team { id } key { id } } } } } } }`;
const AUDIT = "query ($id: ID!) { ledgerAudit(teamId: $id) { isSound } }";
const YEAR_MS = "31536000000";

describe.runIf(hasPostgres() && versions.length > 0)("a database of an earlier version", () => {
  it.each(versions)("goes on working: %s", { timeout: 120_000 }, async (version) => {
    const databaseUrl = await createPostgresUrl();
    await load(databaseUrl, `${folder}${version}.sql`);
    const known: KnownTeam[] = JSON.parse(readFileSync(`${folder}${version}.json`, "utf8"));
    const gateway = await startGateway({ databaseUrl, env: { JOB_TTL_MS: YEAR_MS, JOB_MAX_AGE_MS: YEAR_MS } });
    onTestFinished(() => gateway.close());
    let completed = 0;
    for (const { team: id, key, group, credits, jobs } of known) {
      const { team } = await gateway.admin.data(TEAM, { id });
      expect(team.credits).toEqual(credits);
      expect(team.jobs.nodes).toEqual(expect.arrayContaining([...jobs]));
      expect((await gateway.admin.data(AUDIT, { id })).ledgerAudit).toEqual({ isSound: true });
      for (const { llmCalls } of (await gateway.admin.data(WORK, { id })).team.jobs.nodes)
        for (const call of llmCalls.nodes) expect(call.team).toEqual({ id });
      expect(await gateway.database.db.llmCall.count({ where: { teamId: null } })).toBe(0);

      const { errors } = await gateway.client(key).send("{ viewer { __typename } }");
      if (errors) {
        expect(errors[0]?.extensions.code).toBe("TEAM_SUSPENDED");
        continue;
      }
      const owner = new TestTeam(id, "", group, key, "", gateway.client(key));
      const open = new TestJob(jobs.find(({ status }) => status === "IN_PROGRESS")?.id ?? "", owner);
      expect((await open.call()).status).toBe("SUCCEEDED");
      expect((await open.complete()).job.status).toBe("COMPLETED");
      expect((await gateway.admin.data(AUDIT, { id })).ledgerAudit).toEqual({ isSound: true });
      completed += 1;
    }
    expect(completed).toBeGreaterThan(0);
  });
});

/** Runs a dump of pg_dump. Lines that begin with a backslash are for psql. */
async function load(url: string, file: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(readFileSync(file, "utf8").replace(/^\\.*$/gm, ""));
  await client.end();
}
