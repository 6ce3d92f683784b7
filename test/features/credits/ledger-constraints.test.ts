import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import {
  type Account,
  type EntryOptions,
  type Row,
  refused,
  useConstrainedDatabase,
} from "../../kit/database/constraints.js";

const database = useConstrainedDatabase();
const { insert, run } = database;
let account: Account;
beforeEach(async () => {
  account = await database.openAccount();
});

describe("credit_entries", () => {
  it("takes the next grant, hold, post, void and expiry", async () => {
    await insert("credit_entries", account.entry());
    await insert("credit_entries", account.hold({ sequence: 4, availableBefore: 2, allocatedBefore: 3 }));
    const post = { sequence: 5, availableBefore: 1, heldBefore: 2, allocatedBefore: 3 };
    await insert("credit_entries", account.post(post));
    const other = await database.openAccount();
    await insert("credit_entries", other.post({ kind: "VOID", credits: 1 }));
    const third = await database.openAccount();
    await insert("credit_entries", third.post({ kind: "EXPIRE", credits: 1 }));
  });

  it("takes a hold of more than one credit, a further hold of a job, and a post that gives a part back", async () => {
    await insert("credit_entries", account.entry({ credits: 9 }));
    const more = { sequence: 4, availableBefore: 10, allocatedBefore: 11, credits: -4, held: 4 };
    await insert("credit_entries", account.hold({ ...more, jobId: account.jobId, jobSequence: 2, jobHeldBefore: 1 }));
    const end = {
      sequence: 5,
      availableBefore: 6,
      heldBefore: 5,
      allocatedBefore: 11,
      jobSequence: 3,
      jobHeldBefore: 5,
    };
    await insert("credit_entries", account.post({ ...end, credits: 2, held: -5 }));
  });

  it("takes a post of more than was held", async () => {
    await insert("credit_entries", account.post({ credits: -1 }));
  });

  it("refuses an entry that does not start at the figures with which the last one ended", async () => {
    await refused("credit_entries_previous_fkey", insert("credit_entries", account.entry({ availableBefore: 2 })));
    await refused("credit_entries_previous_fkey", insert("credit_entries", account.entry({ heldBefore: 0 })));
    await refused("credit_entries_previous_fkey", insert("credit_entries", account.entry({ allocatedBefore: 3 })));
    await refused("credit_entries_previous_fkey", insert("credit_entries", account.entry({ sequence: 4 })));
  });

  it("refuses a second entry of one sequence, a gap, and a first entry that starts from something", async () => {
    await insert("credit_entries", account.entry());
    await refused("credit_entries_account_id_sequence_key", insert("credit_entries", account.entry()));
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
    await refused("credit_entries_sum_check", insert("credit_entries", account.entry({ allocated_after: 2 })));
    await refused("credit_entries_sum_check", insert("credit_entries", account.hold({ allocated_after: 3 })));
  });

  it("refuses an entry that leaves less than nothing available or held", async () => {
    const adjust = { kind: "ADJUST", credits: -2 };
    await refused("credit_entries_not_negative_check", insert("credit_entries", account.entry(adjust)));
    await insert("credit_entries", account.post());
    const second = account.post({ sequence: 4, heldBefore: 0, jobId: account.nextJobId, jobSequence: 2 });
    await refused("credit_entries_not_negative_check", insert("credit_entries", second));
  });

  it("refuses a grant of nothing or less, and any kind with another kind's movement", async () => {
    const wrong: EntryOptions[] = [
      { kind: "GRANT", credits: -1 },
      { kind: "GRANT", credits: 0 },
      { kind: "GRANT", held: 1 },
      { kind: "ADJUST", credits: 0 },
      { kind: "LAPSE", credits: 1, about_entry_id: account.holdId },
      { kind: "TRANSFER_IN", credits: -1, transfer_id: newId() },
      { kind: "TRANSFER_OUT", credits: 1, transfer_id: newId() },
    ];
    for (const row of wrong) await refused("credit_entries_kind_check", insert("credit_entries", account.entry(row)));
    await refused("credit_entries_kind_check", insert("credit_entries", account.hold({ credits: 0 })));
    await refused("credit_entries_kind_check", insert("credit_entries", account.hold({ held: 2 })));
    await refused("credit_entries_kind_check", insert("credit_entries", account.post({ credits: 1 })));
    await refused("credit_entries_kind_check", insert("credit_entries", account.post({ credits: 2 })));
    await refused("credit_entries_kind_check", insert("credit_entries", account.post({ kind: "VOID", credits: 0 })));
    await refused("credit_entries_kind_check", insert("credit_entries", account.post({ kind: "EXPIRE", credits: 2 })));
  });

  it("refuses a second first hold of a job", async () => {
    const row = account.hold({ jobId: account.jobId });
    await refused("credit_entries_job_id_job_sequence_key", insert("credit_entries", row));
  });

  it("refuses a second end of a job, of the same kind or another, and a hold after the end", async () => {
    await insert("credit_entries", account.hold());
    await insert("credit_entries", account.post({ sequence: 4, availableBefore: 0, heldBefore: 2 }));
    const next = { sequence: 5, availableBefore: 0, heldBefore: 1 };
    await refused("credit_entries_job_id_job_sequence_key", insert("credit_entries", account.post(next)));
    for (const kind of ["VOID", "EXPIRE"]) {
      const row = account.post({ ...next, kind, credits: 1 });
      await refused("credit_entries_job_id_job_sequence_key", insert("credit_entries", row));
    }
    const third = account.post({ ...next, jobSequence: 3 });
    await refused("credit_entries_previous_of_job_fkey", insert("credit_entries", third));
    const emptied = account.post({ ...next, jobSequence: 3, jobHeldBefore: 0, job_held_after: 0 });
    await refused("credit_entries_job_", insert("credit_entries", emptied));
    await insert("credit_entries", account.entry(next));
    const again = { sequence: 6, availableBefore: 1, heldBefore: 1, allocatedBefore: 3 };
    const hold = account.hold({ ...again, jobId: account.jobId, jobSequence: 3, jobHeldBefore: 0 });
    await refused("credit_entries_job_first_check", insert("credit_entries", hold));
  });

  it("refuses an end of a job that holds nothing, or another amount, and an end that leaves something held", async () => {
    const { nextJobId } = account;
    const chain = "credit_entries_previous_of_job_fkey";
    await refused("credit_entries_job_first_check", insert("credit_entries", account.post({ jobSequence: 1 })));
    await refused(chain, insert("credit_entries", account.post({ jobId: nextJobId })));
    await insert("credit_entries", account.hold());
    const next = { sequence: 4, availableBefore: 0, heldBefore: 2 };
    await refused(chain, insert("credit_entries", account.post({ ...next, held: -2, jobHeldBefore: 2 })));
    await insert("credit_entries", account.entry({ ...next, credits: 1 }));
    const more = { sequence: 5, availableBefore: 1, heldBefore: 2, allocatedBefore: 3 };
    await insert("credit_entries", account.hold({ ...more, jobId: account.jobId, jobSequence: 2, jobHeldBefore: 1 }));
    const end = {
      sequence: 6,
      availableBefore: 0,
      heldBefore: 3,
      allocatedBefore: 3,
      jobSequence: 3,
      jobHeldBefore: 2,
    };
    await refused("credit_entries_job_sum_check", insert("credit_entries", account.post(end)));
    await insert("credit_entries", account.post({ ...end, credits: 1, held: -2 }));
  });

  it("refuses a hold without a job, and a grant with a job", async () => {
    await refused(
      "credit_entries_job_check",
      insert("credit_entries", account.hold({ job_id: null, allocated_after: 1 })),
    );
    const grant = account.entry({ jobId: account.nextJobId, jobSequence: 1, jobHeldBefore: 0, allocated_after: 2 });
    await refused("credit_entries_job_", insert("credit_entries", grant));
    await refused("credit_entries_job_check", insert("credit_entries", account.entry({ job_sequence: 1 })));
  });

  it("refuses a lapse of no entry's credits, and an entry about another one that is neither a lapse nor a correction", async () => {
    await refused(
      "credit_entries_about_check",
      insert("credit_entries", account.entry({ kind: "LAPSE", credits: -1 })),
    );
    const about = { about_entry_id: account.holdId };
    await refused("credit_entries_about_check", insert("credit_entries", account.entry(about)));
    await insert("credit_entries", account.entry({ kind: "LAPSE", credits: -1, ...about }));
  });

  it("refuses one side of a transfer alone, and two sides that differ", async () => {
    const other = await database.openAccount();
    const transfer_id = newId();
    const out = account.entry({ kind: "TRANSFER_OUT", credits: -1, transfer_id });
    const into = other.entry({ kind: "TRANSFER_IN", credits: 1, transfer_id });
    await refused("credit_entries_transfer_sum", insert("credit_entries", out));
    await refused("credit_entries_transfer_check", insert("credit_entries", { ...out, transfer_id: null }));
    const both = (rows: Row[]) =>
      run(
        "INSERT INTO credit_entries SELECT * FROM json_populate_recordset(NULL::credit_entries, $1::json)",
        JSON.stringify(rows),
      );
    const more = other.entry({ kind: "TRANSFER_IN", credits: 2, transfer_id });
    await refused("credit_entries_transfer_sum", both([out, more]));
    await both([out, into]);
    const third = other.entry({
      kind: "TRANSFER_OUT",
      sequence: 4,
      availableBefore: 2,
      allocatedBefore: 3,
      credits: -1,
    });
    await refused("credit_entries_transfer_key", insert("credit_entries", { ...third, transfer_id }));
  });

  it("refuses the job of another team", async () => {
    const other = await database.openAccount();
    await refused(
      "credit_entries_job_id_account_id_fkey",
      insert("credit_entries", account.hold({ jobId: other.nextJobId })),
    );
  });

  it("refuses to be changed, shortened or emptied", async () => {
    const message = "credit_entries is append-only";
    await refused(message, run("UPDATE credit_entries SET reason = 'changed' WHERE account_id = $1", account.teamId));
    await refused(message, run("DELETE FROM credit_entries WHERE account_id = $1", account.teamId));
    await refused(message, run("TRUNCATE credit_entries CASCADE"));
    expect(await database.db.creditEntry.count({ where: { accountId: account.teamId } })).toBe(2);
  });
});
