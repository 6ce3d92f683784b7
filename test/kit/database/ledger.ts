import { expect } from "vitest";
import type { Db } from "../../../src/db/client.js";

/** What must hold of every team's credits at any moment, reckoned anew from the entries and the jobs. */
export async function expectSoundLedger(db: Db): Promise<void> {
  const teams = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT team_id, allocated, used, held, available, COALESCE(sum_credits, 0)::integer AS sum_credits,
      COALESCE(sum_held, 0)::integer AS sum_held, COALESCE(posts, 0)::integer AS posts, COALESCE(given, 0)::integer AS given,
      (SELECT count(*)::integer FROM jobs WHERE jobs.team_id = credit_balances.team_id AND status = 'COMPLETED') AS completed,
      (SELECT count(*)::integer FROM jobs WHERE jobs.team_id = credit_balances.team_id AND completed_at IS NULL) AS open
    FROM credit_balances LEFT JOIN (
      SELECT team_id, sum(credits) AS sum_credits, sum(held_credits) AS sum_held, count(*) FILTER (WHERE kind = 'POST') AS posts,
        sum(credits) FILTER (WHERE kind IN ('GRANT', 'ADJUST')) AS given
      FROM credit_entries GROUP BY team_id) AS entries USING (team_id)`;
  for (const team of teams) {
    expect(team, `credits of ${team.team_id}`).toMatchObject({
      available: team.sum_credits,
      held: team.sum_held,
      used: team.posts,
      allocated: team.given,
      completed: team.posts,
      open: team.held,
    });
  }
}
