import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPostgres } from "../../kit/database/database.js";
import { usePostgres } from "../../kit/database/use-postgres.js";
import { ADMIN_KEY, type Gateway, startGateway } from "../../kit/gateway/gateway.js";
import { buildGateway, type GatewayProcess, startGatewayProcess } from "../../kit/gateway/gateway-process.js";

const LINES = 120_000;
/** So many are made by one statement. */
const PART = 30_000;
/** All lines together are several times as long. */
const MORE_MEMORY_MB_MAX = 50;

describe.runIf(hasPostgres())("the export of a long audit", { timeout: 120_000 }, () => {
  const postgres = usePostgres();
  let witness: Gateway;
  let exporter: GatewayProcess;
  beforeAll(async () => {
    buildGateway();
    witness = await startGateway({ databaseUrl: postgres.url });
    await witness.database.db.$transaction(
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
    exporter = await startGatewayProcess({ DATABASE_URL: postgres.url, ADMIN_KEY }, "dist");
  }, 180_000);
  afterAll(async () => {
    await exporter?.kill();
    await witness?.close();
  });

  const open = (query = "") =>
    fetch(`${exporter.url}/api/audit-entries${query}`, {
      headers: { "x-admin-key": ADMIN_KEY, accept: "application/x-ndjson" },
    });

  it("takes no more memory than a part of it, and has every line once", async () => {
    const idle = exporter.memoryMb();
    let [lines, characters, most] = [0, 0, 0];
    const { body } = await open();
    for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      characters += piece.length;
      lines += piece.split("\n").length - 1;
      if (lines % 50 === 0) most = Math.max(most, exporter.memoryMb());
    }
    expect(lines).toBe(LINES);
    expect(characters).toBeGreaterThan(3 * MORE_MEMORY_MB_MAX * 1_000_000);
    expect(most - idle).toBeLessThan(MORE_MEMORY_MB_MAX);
  });
});
