import { describe, expect, it } from "vitest";
import { hasPostgres } from "../../../kit/database/database.js";
import { MORE_MEMORY_MB_MAX, useExporter } from "../../../kit/rest/use-exporter.js";

const CALLS = Number(process.env.CSV_CALLS ?? 120_000);
/** So many are made by one statement. */
const PART = 60_000;

describe.runIf(hasPostgres())("a long list of calls as CSV", { timeout: 300_000 }, () => {
  const exported = useExporter(async ({ world, database }) => {
    const team = await world.team();
    const job = await team.job();
    for (let made = 0; made < CALLS; made += PART)
      await database.db.$transaction(
        async (tx) => {
          await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
          await tx.$executeRaw`INSERT INTO llm_calls (id, job_id, team_id, status, model_group, model, metadata, content, latency_ms, created_at, finished_at)
            SELECT gen_random_uuid(), ${job.id}::uuid, ${team.id}, 'SUCCEEDED', 'grown', 'gpt-4o', json_build_object('text', repeat('x', 300)), repeat('y', 1000), 1,
              now() - number * interval '1 s', now() FROM generate_series(${made + 1}::int4, ${Math.min(made + PART, CALLS)}::int4) AS number`;
        },
        { timeout: 60_000 },
      );
  });

  it("takes no more memory than a part of it, and has every call once", async () => {
    const { lines, characters, moreMb } = await exported({ path: "/api/llm-calls", accept: "text/csv" });
    expect(lines).toBe(CALLS + 1);
    expect(characters).toBeGreaterThan(MORE_MEMORY_MB_MAX * 1_000_000);
    expect(moreMb).toBeLessThan(MORE_MEMORY_MB_MAX);
  });
});
