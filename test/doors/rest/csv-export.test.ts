import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPostgres } from "../../kit/database/database.js";
import { usePostgres } from "../../kit/database/use-postgres.js";
import { ADMIN_KEY, type Gateway, startGateway } from "../../kit/gateway/gateway.js";
import { buildGateway, type GatewayProcess, startGatewayProcess } from "../../kit/gateway/gateway-process.js";

const CALLS = Number(process.env.CSV_CALLS ?? 120_000);
/** So many are made by one statement. */
const PART = 60_000;
/** The whole file is at least as long. */
const MORE_MEMORY_MB_MAX = 50;

describe.runIf(hasPostgres())("a long list of calls as CSV", { timeout: 300_000 }, () => {
  const postgres = usePostgres();
  let witness: Gateway;
  let exporter: GatewayProcess;
  beforeAll(async () => {
    buildGateway();
    witness = await startGateway({ databaseUrl: postgres.url });
    const team = await witness.world.team();
    const job = await team.job();
    for (let made = 0; made < CALLS; made += PART)
      await witness.database.db.$transaction(
        async (tx) => {
          await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
          await tx.$executeRaw`INSERT INTO llm_calls (id, job_id, team_id, status, model_group, model, metadata, content, latency_ms, created_at, finished_at)
            SELECT gen_random_uuid(), ${job.id}::uuid, ${team.id}, 'SUCCEEDED', 'grown', 'gpt-4o', json_build_object('text', repeat('x', 300)), repeat('y', 1000), 1,
              now() - number * interval '1 s', now() FROM generate_series(${made + 1}::int4, ${Math.min(made + PART, CALLS)}::int4) AS number`;
        },
        { timeout: 60_000 },
      );
    exporter = await startGatewayProcess({ DATABASE_URL: postgres.url, ADMIN_KEY }, "dist");
  }, 300_000);
  afterAll(async () => {
    await exporter?.kill();
    await witness?.close();
  });

  const open = (query = "") =>
    fetch(`${exporter.url}/api/llm-calls${query}`, { headers: { "x-admin-key": ADMIN_KEY, accept: "text/csv" } });

  it("takes no more memory than a part of it, and has every call once", async () => {
    const idle = exporter.memoryMb();
    let [lines, characters, most, pieces] = [0, 0, 0, 0];
    const { body } = await open();
    for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      characters += piece.length;
      lines += piece.split("\n").length - 1;
      if (pieces++ % 20 === 0) most = Math.max(most, exporter.memoryMb());
    }
    expect(lines).toBe(CALLS + 1);
    expect(characters).toBeGreaterThan(MORE_MEMORY_MB_MAX * 1_000_000);
    expect(most - idle).toBeLessThan(MORE_MEMORY_MB_MAX);
  });
});
