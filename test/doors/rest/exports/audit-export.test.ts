import { describe, expect, it } from "vitest";
import { hasPostgres } from "../../../kit/database/database.js";
import { MORE_MEMORY_MB_MAX, useExporter } from "../../../kit/rest/use-exporter.js";

const LINES = 120_000;
/** So many are made by one statement. */
const PART = 30_000;

describe.runIf(hasPostgres())("the export of a long audit", { timeout: 120_000 }, () => {
  const exported = useExporter(async ({ database }) => {
    await database.db.$transaction(
      async (tx) => {
        await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
        for (let made = 0; made < LINES; made += PART)
          await tx.$executeRaw`INSERT INTO audit_entries (id, sequence, created_at, actor, request_id, operation, subject_type, subject_id,
          after, previous_sequence, previous_hash, hash)
        SELECT gen_random_uuid(), number + 1, now(), 'admin', 'r', 'updateTeam', 'Team', 'team-' || number % 300,
          json_build_object('metadata', json_build_object('text', repeat('x', 1000)))::text, number, repeat('a', 64), repeat('a', 64)
        FROM generate_series(${made + 1}::int4, ${made + PART}::int4) AS number`;
      },
      { timeout: 60_000 },
    );
  });

  it("takes no more memory than a part of it, and has every line once", async () => {
    const { lines, characters, moreMb } = await exported({
      path: "/api/audit-entries",
      accept: "application/x-ndjson",
    });
    expect(lines).toBe(LINES);
    expect(characters).toBeGreaterThan(3 * MORE_MEMORY_MB_MAX * 1_000_000);
    expect(moreMb).toBeLessThan(MORE_MEMORY_MB_MAX);
  });
});
