import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { createDatabase, type TestDatabase } from "../../kit/database.js";

// The database refuses wrong states by itself, whatever the code above it does: tried with plain SQL. Each refused row
// differs from one that is accepted only in what the test gives.

type Row = Readonly<Record<string, unknown>>;

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase("embedded");
  await insert("organizations", { id: "acme", name: "Acme", created_at: NOW, updated_at: NOW });
});
afterAll(() => database.close());

const NOW = "2026-03-01T12:00:00.000Z";

/** Columns that are not given take their defaults. */
async function insert(table: string, row: Row): Promise<void> {
  const columns = Object.keys(row).join(", ");
  await run(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_record(NULL::${table}, $1::json)`,
    JSON.stringify(row),
  );
}

function run(sql: string, ...parameters: unknown[]): Promise<number> {
  return database.db.$executeRawUnsafe(sql, ...parameters);
}

/** A team that was granted 2 credits, one of which is held for an open job; with the next job and entry it may have. */
class Account {
  readonly teamId = `team-${newId()}`;
  readonly jobId = newId();
  readonly nextJobId = newId();
  readonly holdId = newId();

  async open(): Promise<this> {
    const { teamId, jobId, nextJobId, holdId } = this;
    await insert("teams", { id: teamId, organization_id: "acme", alias: teamId, created_at: NOW, updated_at: NOW });
    for (const id of [jobId, nextJobId]) await insert("jobs", this.job({ id }));
    await insert(
      "credit_entries",
      this.entry({ kind: "GRANT", sequence: 1, credits: 2, availableBefore: 0, heldBefore: 0 }),
    );
    const hold = {
      id: holdId,
      kind: "HOLD",
      sequence: 2,
      credits: -1,
      held: 1,
      availableBefore: 2,
      heldBefore: 0,
      jobId,
    };
    await insert("credit_entries", this.entry(hold));
    await insert("credit_balances", {
      team_id: teamId,
      allocated: 2,
      used: 0,
      available: 1,
      held: 1,
      last_sequence: 2,
    });
    return this;
  }

  /** The team's third entry, which grants 1 credit. */
  entry({
    kind = "GRANT",
    sequence = 3,
    credits = 1,
    held = 0,
    availableBefore = 1,
    heldBefore = 1,
    jobId,
    holdId,
    ...rest
  }: EntryOptions = {}): Row {
    return {
      id: newId(),
      team_id: this.teamId,
      sequence,
      kind,
      credits,
      held_credits: held,
      available_after: availableBefore + credits,
      held_after: heldBefore + held,
      previous_sequence: sequence === 1 ? null : sequence - 1,
      available_before: availableBefore,
      held_before: heldBefore,
      job_id: jobId,
      hold_entry_id: holdId,
      actor: "admin",
      created_at: NOW,
      ...rest,
    };
  }

  post(row: EntryOptions = {}): Row {
    return this.entry({ kind: "POST", credits: 0, held: -1, jobId: this.jobId, holdId: this.holdId, ...row });
  }

  hold(row: EntryOptions = {}): Row {
    return this.entry({ kind: "HOLD", credits: -1, held: 1, jobId: this.nextJobId, ...row });
  }

  job(row: Row = {}): Row {
    return { id: newId(), team_id: this.teamId, job_type: "test", created_at: NOW, expires_at: NOW, ...row };
  }

  /** A running call of the job. */
  call(row: Row = {}): Row {
    return { id: newId(), job_id: this.jobId, model_group: "ChatFast", created_at: NOW, lease_until: NOW, ...row };
  }
}

interface EntryOptions extends Row {
  readonly kind?: string;
  readonly sequence?: number;
  readonly credits?: number;
  readonly held?: number;
  readonly availableBefore?: number;
  readonly heldBefore?: number;
  readonly jobId?: string;
  readonly holdId?: string;
}

let account: Account;
beforeEach(async () => {
  account = await new Account().open();
});

/** A refusal that names this constraint. */
async function refused(constraint: string, attempt: Promise<unknown>): Promise<void> {
  await expect(attempt).rejects.toThrow(constraint);
}

describe("credit_entries", () => {
  it("takes the next grant, hold, post, void and expiry", async () => {
    await insert("credit_entries", account.entry());
    await insert("credit_entries", account.hold({ sequence: 4, availableBefore: 2 }));
    await insert("credit_entries", account.post({ sequence: 5, availableBefore: 1, heldBefore: 2 }));
    const other = await new Account().open();
    await insert("credit_entries", other.post({ kind: "VOID", credits: 1 }));
    const third = await new Account().open();
    await insert("credit_entries", third.post({ kind: "EXPIRE", credits: 1 }));
  });

  it("refuses an entry that does not start from where the last one ended", async () => {
    await refused("credit_entries_previous_fkey", insert("credit_entries", account.entry({ availableBefore: 2 })));
    await refused("credit_entries_previous_fkey", insert("credit_entries", account.entry({ heldBefore: 0 })));
    await refused("credit_entries_previous_fkey", insert("credit_entries", account.entry({ sequence: 4 })));
  });

  it("refuses a second entry of one sequence, a gap, and a first entry that starts from something", async () => {
    await insert("credit_entries", account.entry());
    await refused("credit_entries_team_id_sequence_key", insert("credit_entries", account.entry()));
    await refused(
      "credit_entries_chain_check",
      insert("credit_entries", account.entry({ sequence: 4, previous_sequence: 2 })),
    );
    await refused("credit_entries_chain_check", insert("credit_entries", account.entry({ previous_sequence: null })));
    await refused(
      "credit_entries_chain_check",
      insert("credit_entries", account.entry({ sequence: 0, previous_sequence: -1 })),
    );
    const first = { sequence: 1, availableBefore: 5, heldBefore: 0 };
    await refused("credit_entries_first_check", insert("credit_entries", account.entry(first)));
  });

  it("refuses an entry whose figures do not add up", async () => {
    await refused("credit_entries_sum_check", insert("credit_entries", account.entry({ available_after: 3 })));
    await refused("credit_entries_sum_check", insert("credit_entries", account.entry({ held_after: 2 })));
  });

  it("refuses an entry that leaves less than nothing available or held", async () => {
    const adjust = { kind: "ADJUST", credits: -2 };
    await refused("credit_entries_not_negative_check", insert("credit_entries", account.entry(adjust)));
    await insert("credit_entries", account.post());
    const second = account.post({ sequence: 4, heldBefore: 0, jobId: account.nextJobId });
    await refused("credit_entries_not_negative_check", insert("credit_entries", second));
  });

  it("refuses a grant of nothing or less, and any kind with another kind's movement", async () => {
    const wrong: EntryOptions[] = [
      { kind: "GRANT", credits: -1 },
      { kind: "GRANT", credits: 0 },
      { kind: "GRANT", held: 1 },
      { kind: "ADJUST", credits: 0 },
    ];
    for (const row of wrong) await refused("credit_entries_kind_check", insert("credit_entries", account.entry(row)));
    await refused("credit_entries_kind_check", insert("credit_entries", account.hold({ credits: 0 })));
    await refused("credit_entries_kind_check", insert("credit_entries", account.hold({ held: 0 })));
    await refused("credit_entries_kind_check", insert("credit_entries", account.post({ credits: 1 })));
    await refused("credit_entries_kind_check", insert("credit_entries", account.post({ kind: "VOID", credits: 0 })));
    await refused(
      "credit_entries_kind_check",
      insert("credit_entries", account.post({ kind: "EXPIRE", held: 0, credits: 1 })),
    );
  });

  it("refuses a second hold of a job", async () => {
    await refused("credit_entries_job_id_kind_key", insert("credit_entries", account.hold({ jobId: account.jobId })));
  });

  it("refuses a second resolution of a hold, of the same kind or another", async () => {
    await insert("credit_entries", account.hold());
    await insert("credit_entries", account.post({ sequence: 4, availableBefore: 0, heldBefore: 2 }));
    const second = { sequence: 5, availableBefore: 0, heldBefore: 1 };
    await refused("credit_entries_job_id_kind_key", insert("credit_entries", account.post(second)));
    for (const kind of ["VOID", "EXPIRE"]) {
      const row = account.post({ ...second, kind, credits: 1 });
      await refused("credit_entries_hold_entry_id_key", insert("credit_entries", row));
    }
  });

  it("refuses a post without a hold, or with the hold of another job", async () => {
    const { nextJobId } = account;
    await refused("credit_entries_hold_check", insert("credit_entries", account.post({ hold_entry_id: null })));
    await refused("credit_entries_hold_fkey", insert("credit_entries", account.post({ holdId: newId() })));
    await refused("credit_entries_hold_fkey", insert("credit_entries", account.post({ jobId: nextJobId })));
    await refused("credit_entries_hold_check", insert("credit_entries", account.hold({ holdId: account.holdId })));
  });

  it("refuses a hold without a job, and a grant with one", async () => {
    await refused("credit_entries_job_check", insert("credit_entries", account.hold({ job_id: null })));
    await refused("credit_entries_job_check", insert("credit_entries", account.entry({ jobId: account.nextJobId })));
  });

  it("refuses the job of another team", async () => {
    const other = await new Account().open();
    await refused(
      "credit_entries_job_id_team_id_fkey",
      insert("credit_entries", account.hold({ jobId: other.nextJobId })),
    );
  });

  it("refuses to be changed, shortened or emptied", async () => {
    const message = "credit_entries is append-only";
    await refused(message, run("UPDATE credit_entries SET reason = 'changed' WHERE team_id = $1", account.teamId));
    await refused(message, run("DELETE FROM credit_entries WHERE team_id = $1", account.teamId));
    await refused(message, run("TRUNCATE credit_entries CASCADE"));
    expect(await database.db.creditEntry.count({ where: { teamId: account.teamId } })).toBe(2);
  });
});

describe("credit_balances", () => {
  const change = (set: string) => run(`UPDATE credit_balances SET ${set} WHERE team_id = $1`, account.teamId);

  it("refuses to differ from its last entry", async () => {
    await refused("credit_balances_last_entry_fkey", change("available = 2, allocated = 3"));
    await refused("credit_balances_last_entry_fkey", change("held = 0, used = 1"));
    await refused("credit_balances_last_entry_fkey", change("last_sequence = 3"));
    await insert("credit_entries", account.entry());
    await change("available = 2, allocated = 3, last_sequence = 3");
  });

  it("refuses less than nothing available, held, used or allocated", async () => {
    await refused("credit_balances_not_negative_check", change("available = -1, used = 2"));
    await refused("credit_balances_not_negative_check", change("held = -1, used = 2"));
    await refused("credit_balances_not_negative_check", change("used = -1, allocated = 1"));
    await refused("credit_balances_not_negative_check", change("allocated = -2, used = -4"));
  });

  it("refuses a sum other than what was allocated and not used", async () => {
    await refused("credit_balances_sum_check", change("allocated = 3"));
    await refused("credit_balances_sum_check", change("used = 1"));
  });

  it("refuses credits without an entry", async () => {
    await refused("credit_balances_first_entry_check", change("last_sequence = NULL"));
  });

  it("refuses to lose its team", async () => {
    await refused("credit_balances_team_id_fkey", run("DELETE FROM teams WHERE id = $1", account.teamId));
  });
});

describe("jobs", () => {
  const insertJob = (row: Row) => insert("jobs", account.job(row));
  const COMPLETED = { status: "COMPLETED", completed_at: NOW, credits_remaining: 1, credit_applied: true };

  it("takes open and ended jobs", async () => {
    await insertJob({ status: "IN_PROGRESS", started_at: NOW, total_calls: 1, running_calls: 1 });
    await insertJob(COMPLETED);
    for (const status of ["FAILED", "CANCELLED", "EXPIRED"])
      await insertJob({ ...COMPLETED, status, credit_applied: false });
  });

  it("refuses a completed job that took no credit, and any other that took one", async () => {
    await refused("jobs_terminal_check", insertJob({ ...COMPLETED, credit_applied: false }));
    for (const status of ["FAILED", "CANCELLED", "EXPIRED"])
      await refused("jobs_terminal_check", insertJob({ ...COMPLETED, status }));
    await refused("jobs_terminal_check", insertJob({ credit_applied: true }));
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

  it("refuses counts that do not add up, totals below zero, and failed attempts dearer than the whole", async () => {
    const begun = { status: "IN_PROGRESS", started_at: NOW };
    await refused("jobs_calls_check", insertJob({ ...begun, total_calls: 2, successful_calls: 1 }));
    await refused("jobs_calls_check", insertJob({ ...begun, total_calls: 1, failed_calls: 1, cancelled_calls: 1 }));
    await refused("jobs_totals_check", insertJob({ ...begun, successful_calls: 1, running_calls: -1 }));
    for (const total of ["prompt_tokens", "completion_tokens", "cost_nano_usd", "latency_ms_total", "unpriced_calls"])
      await refused("jobs_totals_check", insertJob({ ...begun, [total]: -1 }));
    await refused("jobs_totals_check", insertJob({ ...begun, cost_nano_usd: 1, failed_attempts_cost_nano_usd: 2 }));
  });
});

describe("llm_calls", () => {
  const insertCall = (row: Row) => insert("llm_calls", account.call(row));
  const SUCCEEDED = { status: "SUCCEEDED", finished_at: NOW, latency_ms: 1, lease_until: null };
  const FAILED = { ...SUCCEEDED, status: "FAILED", error_code: "UPSTREAM_FAILED", error_message: "It failed." };

  it("takes running and settled calls", async () => {
    await insertCall({});
    await insertCall(SUCCEEDED);
    await insertCall({ ...SUCCEEDED, usage_source: "REPORTED", prompt_tokens: 1, completion_tokens: 1 });
    await insertCall({ ...SUCCEEDED, cost_source: "PRICE_TABLE", cost_nano_usd: 1 });
    await insertCall({ ...SUCCEEDED, cost_source: "UNPRICED" });
    await insertCall(FAILED);
    await insertCall({ ...FAILED, status: "CANCELLED" });
  });

  it("refuses a running call without a lease, or with an outcome", async () => {
    await refused("llm_calls_settled_check", insertCall({ lease_until: null }));
    await refused("llm_calls_settled_check", insertCall({ finished_at: NOW }));
    await refused("llm_calls_settled_check", insertCall({ latency_ms: 1 }));
    await refused(
      "llm_calls_settled_check",
      insertCall({ error_code: "CANCELLED", error_message: "It was cancelled." }),
    );
  });

  it("refuses a settled call with a lease, or without its end", async () => {
    await refused("llm_calls_settled_check", insertCall({ ...SUCCEEDED, lease_until: NOW }));
    await refused("llm_calls_settled_check", insertCall({ ...SUCCEEDED, finished_at: null }));
    await refused("llm_calls_settled_check", insertCall({ ...SUCCEEDED, latency_ms: null }));
  });

  it("refuses a failed call without an error, a successful one with one, and half an error", async () => {
    await refused("llm_calls_error_check", insertCall({ ...FAILED, error_code: null, error_message: null }));
    await refused("llm_calls_error_check", insertCall({ ...FAILED, error_message: null }));
    await refused("llm_calls_error_check", insertCall({ ...FAILED, error_code: null }));
    await refused("llm_calls_error_check", insertCall({ ...FAILED, status: "SUCCEEDED" }));
  });

  it("refuses tokens without their source, a source without tokens, and figures below zero", async () => {
    const usage = { usage_source: "REPORTED", prompt_tokens: 1, completion_tokens: 1 };
    for (const column of Object.keys(usage))
      await refused("llm_calls_usage_check", insertCall({ ...SUCCEEDED, ...usage, [column]: null }));
    for (const column of ["prompt_tokens", "completion_tokens", "cached_prompt_tokens", "latency_ms"])
      await refused("llm_calls_usage_check", insertCall({ ...SUCCEEDED, ...usage, [column]: -1 }));
  });

  it("refuses a cost without its source, a source without a cost, an unpriced cost and one below zero", async () => {
    await refused("llm_calls_cost_check", insertCall({ ...SUCCEEDED, cost_nano_usd: 1 }));
    await refused("llm_calls_cost_check", insertCall({ ...SUCCEEDED, cost_source: "UPSTREAM" }));
    await refused("llm_calls_cost_check", insertCall({ ...SUCCEEDED, cost_source: "UNPRICED", cost_nano_usd: 1 }));
    await refused("llm_calls_cost_check", insertCall({ ...SUCCEEDED, cost_source: "UPSTREAM", cost_nano_usd: -1 }));
  });
});
