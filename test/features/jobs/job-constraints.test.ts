import { beforeEach, describe, it } from "vitest";
import { type Account, NOW, type Row, refused, useConstrainedDatabase } from "../../kit/database/constraints.js";

const database = useConstrainedDatabase();
const { insert } = database;
let account: Account;
beforeEach(async () => {
  account = await database.openAccount();
});

describe("jobs", () => {
  const insertJob = (row: Row) => insert("jobs", account.job(row));
  const COMPLETED = {
    status: "COMPLETED",
    completed_at: NOW,
    credits_remaining: 1,
    credit_applied: true,
    held_credits: 0,
    posted_credits: 1,
  };
  const UNPAID = { credit_applied: false, posted_credits: 0 };

  it("takes open and ended jobs", async () => {
    await insertJob({ status: "IN_PROGRESS", started_at: NOW, total_calls: 1, running_calls: 1 });
    await insertJob(COMPLETED);
    for (const status of ["FAILED", "CANCELLED", "EXPIRED"]) await insertJob({ ...COMPLETED, status, ...UNPAID });
    await insertJob({ held_credits: 3 });
    await insertJob({ ...COMPLETED, posted_credits: 3 });
  });

  it("refuses a completed job that took no credit, and any other that took one", async () => {
    await refused("jobs_terminal_check", insertJob({ ...COMPLETED, credit_applied: false }));
    await refused("jobs_terminal_check", insertJob({ ...COMPLETED, posted_credits: 0 }));
    for (const status of ["FAILED", "CANCELLED", "EXPIRED"])
      for (const took of [{}, { ...UNPAID, credit_applied: true }, { ...UNPAID, posted_credits: 1 }])
        await refused("jobs_terminal_check", insertJob({ ...COMPLETED, status, ...took }));
    await refused("jobs_terminal_check", insertJob({ credit_applied: true }));
    await refused("jobs_terminal_check", insertJob({ posted_credits: 1 }));
  });

  it("refuses an open job that holds nothing, one that is over and holds something, and one without an entry", async () => {
    await refused("jobs_terminal_check", insertJob({ held_credits: 0 }));
    await refused("jobs_terminal_check", insertJob({ ...COMPLETED, held_credits: 1 }));
    await refused("jobs_entry_count_check", insertJob({ entry_count: 0 }));
  });

  it("refuses an ended job with running calls, without its end or its remaining credits, or still closing", async () => {
    await refused("jobs_terminal_check", insertJob({ ...COMPLETED, total_calls: 1, running_calls: 1 }));
    await refused("jobs_terminal_check", insertJob({ ...COMPLETED, completed_at: null }));
    await refused("jobs_terminal_check", insertJob({ ...COMPLETED, credits_remaining: null }));
    await refused("jobs_terminal_check", insertJob({ ...COMPLETED, closing_as: "FAILED" }));
  });

  it("refuses an open job that has ended, that closes as COMPLETED, or whose start and calls do not fit", async () => {
    await refused("jobs_terminal_check", insertJob({ completed_at: NOW }));
    await refused("jobs_terminal_check", insertJob({ credits_remaining: 1 }));
    await refused("jobs_closing_check", insertJob({ closing_as: "COMPLETED" }));
    await refused("jobs_started_check", insertJob({ started_at: NOW }));
    await refused("jobs_started_check", insertJob({ total_calls: 1, running_calls: 1 }));
    await refused("jobs_started_check", insertJob({ status: "IN_PROGRESS" }));
  });

  it("refuses a second call of a job that was opened for one", async () => {
    const begun = { status: "IN_PROGRESS", started_at: NOW, of_one_call: true };
    await insertJob({ ...begun, total_calls: 1, running_calls: 1 });
    await refused("jobs_of_one_call_check", insertJob({ ...begun, total_calls: 2, running_calls: 2 }));
  });

  it("refuses counts that do not add up, totals below zero, and failed attempts dearer than the whole", async () => {
    const begun = { status: "IN_PROGRESS", started_at: NOW };
    await refused("jobs_calls_check", insertJob({ ...begun, total_calls: 2, successful_calls: 1 }));
    await refused("jobs_calls_check", insertJob({ ...begun, total_calls: 1, failed_calls: 1, cancelled_calls: 1 }));
    await refused("jobs_totals_check", insertJob({ ...begun, successful_calls: 1, running_calls: -1 }));
    for (const total of ["prompt_tokens", "completion_tokens", "cost_nano_usd", "latency_ms_total", "unpriced_calls"])
      await refused("jobs_totals_check", insertJob({ ...begun, [total]: -1 }));
    await refused(
      "jobs_totals_check",
      insertJob({ ...begun, cost_nano_usd: 1, cost_digits: 1, failed_attempts_cost_nano_usd: 2 }),
    );
  });

  it("refuses digits of the cost of an open job that are not those of its cost", async () => {
    const begun = { status: "IN_PROGRESS", started_at: NOW };
    await insertJob({ ...begun, cost_nano_usd: 1_234, cost_digits: 4 });
    await refused("jobs_cost_digits_check", insertJob({ ...begun, cost_nano_usd: 1_234, cost_digits: 3 }));
    await refused("jobs_cost_digits_check", insertJob({ ...begun, cost_nano_usd: 1_234 }));
    await refused("jobs_cost_digits_check", insertJob({ ...begun, cost_digits: 1 }));
  });
});
