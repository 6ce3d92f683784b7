import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { type Account, type EntryOptions, refused, useConstrainedDatabase } from "../../kit/database/constraints.js";

const database = useConstrainedDatabase();
const { insert, run } = database;
let account: Account;
beforeEach(async () => {
  account = await database.openAccount();
});

describe("credit_entries", () => {
  it("takes the next grant, hold, post, void and expiry", async () => {
    await insert("credit_entries", account.entry());
    await insert("credit_entries", account.hold({ sequence: 4, availableBefore: 2 }));
    await insert("credit_entries", account.post({ sequence: 5, availableBefore: 1, heldBefore: 2 }));
    const other = await database.openAccount();
    await insert("credit_entries", other.post({ kind: "VOID", credits: 1 }));
    const third = await database.openAccount();
    await insert("credit_entries", third.post({ kind: "EXPIRE", credits: 1 }));
  });

  it("refuses an entry that does not start at the figures with which the last one ended", async () => {
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

  it("refuses a hold without a job, and a grant with a job", async () => {
    await refused("credit_entries_job_check", insert("credit_entries", account.hold({ job_id: null })));
    await refused("credit_entries_job_check", insert("credit_entries", account.entry({ jobId: account.nextJobId })));
  });

  it("refuses the job of another team", async () => {
    const other = await database.openAccount();
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

  it("refuses a sum that is not what was allocated and not used", async () => {
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
