import { expect } from "vitest";
import type { Db } from "../../../src/db/client.js";

/** What must hold of all credits at any moment, reckoned anew from the entries, the grants and the jobs. */
export async function expectSoundLedger(db: Db): Promise<void> {
  const accounts = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT account_id, allocated, used, held, available, COALESCE(sum_credits, 0)::integer AS sum_credits,
      COALESCE(sum_held, 0)::integer AS sum_held, COALESCE(posted, 0)::integer AS posted, COALESCE(given, 0)::integer AS given,
      (SELECT COALESCE(sum(remaining), 0)::integer FROM credit_grants WHERE account_id = credit_balances.account_id) - used + used_of_grants AS left,
      (SELECT COALESCE(sum(posted_credits), 0)::integer FROM jobs WHERE team_id = account_id AND status = 'COMPLETED') AS of_completed,
      (SELECT COALESCE(sum(held_credits), 0)::integer FROM jobs WHERE team_id = account_id AND completed_at IS NULL) AS of_open
    FROM credit_balances LEFT JOIN (
      SELECT account_id, sum(credits) AS sum_credits, sum(held_credits) AS sum_held,
        -sum(credits + held_credits) FILTER (WHERE kind = 'POST') AS posted, sum(credits) FILTER (WHERE job_id IS NULL) AS given
      FROM credit_entries GROUP BY account_id) AS entries USING (account_id)`;
  for (const account of accounts) {
    expect(account, `credits of ${account.account_id}`).toMatchObject({
      available: account.sum_credits,
      held: account.sum_held,
      used: account.posted,
      allocated: account.given,
      left: Number(account.available) + Number(account.held),
      of_completed: account.posted,
      of_open: account.held,
    });
  }
  const [totals] = await db.$queryRaw<
    { sum: bigint }[]
  >`SELECT COALESCE(sum(credits), 0) AS sum FROM credit_entries WHERE transfer_id IS NOT NULL`;
  expect(Number(totals?.sum), "transfers give what they take").toBe(0);
}
