import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { startGateway } from "../kit/gateway/gateway.js";

const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { credits { available held } } }";
const AT = `query ($id: ID!, $at: DateTime!) {
  team(id: $id) { credits { available held } creditsAt(at: $at) { available held } } }`;

describe.runIf(hasPostgres())("where credits stood at a time", () => {
  it("is after the last entry, also if that one's transaction began before another's that was written first", async () => {
    const databaseUrl = await createPostgresUrl();
    const gateway = await startGateway({ databaseUrl });
    const other = new Client({ connectionString: databaseUrl });
    await other.connect();
    try {
      const team = await gateway.world.team({ credits: 5 });
      // Somebody else has the same idempotency key for a moment, so the transaction begins and waits.
      await other.query("BEGIN");
      await other.query(
        `INSERT INTO idempotency_keys (scope, family, key, input_hash, result_id, created_at)
         VALUES ('admin', 'add-credits', 'slow', decode(repeat('00', 32), 'hex'), gen_random_uuid(), now())`,
      );
      const adding = gateway.admin.data(ADD, { input: { teamId: team.id, credits: 10, idempotencyKey: "slow" } });
      await waiting(other);
      await team.job();
      await other.query("ROLLBACK");
      await adding;
      const at = new Date(Date.now() + 60_000).toISOString();
      const read = (await gateway.admin.data(AT, { id: team.id, at })).team;
      expect(read.creditsAt).toEqual(read.credits);
      expect(read.credits).toEqual({ available: 14, held: 1 });
    } finally {
      await other.end();
      await gateway.close();
    }
  });
});

/** Returns when a connection of this database waits for a lock. */
async function waiting(client: Client): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (rowCount) return;
  }
}
