import { describe, expect, it } from "vitest";
import { hasPostgres } from "../../kit/database/database.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";

const MANY = 20_000;
const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { id } }";
const TRANSFER = "mutation ($input: TransferCreditsInput!) { transferCredits(input: $input) { toTeam { id } } }";

describe.runIf(hasPostgres())("an account with very many grants", { timeout: 120_000 }, () => {
  const clock = new FakeClock();
  const gateway = useGateway({ clock, engine: "postgres" });

  /** Gives a team grants of one credit each, all of which expire in a second. */
  async function giveMany(teamId: string): Promise<void> {
    const expiresAt = new Date(clock.now().getTime() + 1_000);
    await gateway.database.db.$executeRawUnsafe(
      `WITH given AS (
        INSERT INTO credit_entries (id, account_id, sequence, kind, credits, held_credits, available_after, held_after, allocated_after,
          previous_sequence, available_before, held_before, allocated_before, actor, created_at)
        SELECT gen_random_uuid(), $1, n, 'GRANT', 1, 0, n, 0, n, NULLIF(n - 1, 0), n - 1, 0, n - 1, 'admin', tollgate_now()
        FROM generate_series(1, $2::int4) AS n RETURNING id
      ), grants AS (
        INSERT INTO credit_grants (id, entry_id, account_id, credits, remaining, expires_at, created_at)
        SELECT gen_random_uuid(), id, $1, 1, 1, $3::timestamptz, tollgate_now() FROM given
      ) UPDATE credit_balances SET allocated = $2::int4, available = $2::int4, last_sequence = $2::int4 WHERE account_id = $1`,
      teamId,
      MANY,
      expiresAt,
    );
  }

  it("can give all of them to another team", async () => {
    const organization = await gateway.world.organization();
    const [from, to] = [await organization.team({ credits: 0 }), await organization.team({ credits: 0 })];
    await giveMany(from.id);
    const input = { fromTeamId: from.id, toTeamId: to.id, credits: MANY, reason: "All" };
    await gateway.admin.data(TRANSFER, { input });
    expect(await to.credits()).toMatchObject({ available: MANY });
  });

  it("loses them when they expire, and can be given new ones", async () => {
    const team = await gateway.world.team({ credits: 0 });
    await giveMany(team.id);
    await clock.advance(1_000);
    await runTasks(gateway.app).catch(() => undefined);
    await gateway.admin.data(ADD, { input: { teamId: team.id, credits: 1 } });
    expect(await team.credits()).toMatchObject({ available: 1 });
  });
});
