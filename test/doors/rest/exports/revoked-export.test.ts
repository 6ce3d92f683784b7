import { beforeAll, describe, expect, it } from "vitest";
import { REVOKE, REVOKE_ORGANIZATION_KEY } from "../../../kit/credentials.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import type { TestTeam } from "../../../kit/world.js";

/** Together their exports are longer than all that waits between the gateway and a client that does not read. */
const ROWS = 10_000;
const TEXT = 4_000;

describe("an export whose key is revoked meanwhile", { timeout: 120_000 }, () => {
  const gateway = useGateway();
  let team: TestTeam;
  beforeAll(async () => {
    await gateway.server.background.stop();
    team = await gateway.world.team();
    const job = await team.job();
    const { db } = gateway.database;
    await db.$executeRaw`INSERT INTO llm_calls (id, job_id, team_id, status, model_group, metadata, latency_ms, created_at, finished_at)
      SELECT gen_random_uuid(), ${job.id}::uuid, ${team.id}, 'SUCCEEDED', 'grown', json_build_object('text', repeat('x', ${TEXT}::int4)), 1,
        now() - number * interval '1 ms', now() FROM generate_series(1, ${ROWS}::int4) AS number`;
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`INSERT INTO audit_entries (id, sequence, created_at, actor, request_id, operation, subject_type, subject_id,
          organization_id, after, previous_sequence, previous_hash, hash)
        SELECT gen_random_uuid(), number + 1000, now(), 'admin', 'r', 'updateTeam', 'Team', 't', ${team.organizationId},
          json_build_object('text', repeat('x', ${TEXT}::int4))::text, number + 999, repeat('a', 64), repeat('a', 64)
        FROM generate_series(1, ${ROWS}::int4) AS number`;
    });
  }, 120_000);

  /** Opens an export, lets `revoke` do its work when the first piece is here, and returns the lines that come all the same. */
  async function linesOf(
    path: string,
    secret: string,
    accept: string,
    revoke?: () => Promise<unknown>,
  ): Promise<number> {
    const { body } = await fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${secret}`, accept } });
    let lines = 0;
    for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (lines === 0) await revoke?.();
      lines += piece.split("\n").length - 1;
    }
    return lines;
  }

  it("breaks off, as CSV", async () => {
    const [path, accept] = ["/api/llm-calls", "text/csv"];
    expect(await linesOf(path, team.secret, accept)).toBe(ROWS + 1);
    const revoke = () => gateway.admin.data(REVOKE, { id: team.keyId });
    await expect(linesOf(path, team.secret, accept, revoke)).rejects.toThrow("terminated");
  });

  it("breaks off, as lines of JSON", async () => {
    const key = await gateway.world.organizationKey(team.organizationId);
    const [path, accept] = ["/api/audit-entries", "application/x-ndjson"];
    expect(await linesOf(path, key.secret, accept)).toBeGreaterThanOrEqual(ROWS);
    const revoke = () => gateway.admin.data(REVOKE_ORGANIZATION_KEY, { id: key.id });
    await expect(linesOf(path, key.secret, accept, revoke)).rejects.toThrow("terminated");
  });
});
