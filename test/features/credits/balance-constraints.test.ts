import { beforeEach, describe, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { type Account, NOW, refused, useConstrainedDatabase } from "../../kit/database/constraints.js";

const database = useConstrainedDatabase();
const { insert, run } = database;
let account: Account;
beforeEach(async () => {
  account = await database.openAccount();
});

describe("credit_balances", () => {
  const change = (set: string) => run(`UPDATE credit_balances SET ${set} WHERE team_id = $1`, account.teamId);

  it("refuses to differ from its last entry", async () => {
    await refused("credit_balances_last_entry_fkey", change("available = 2, allocated = 3"));
    await refused("credit_balances_last_entry_fkey", change("held = 0, used = 1"));
    await refused("credit_balances_last_entry_fkey", change("last_sequence = 3"));
    await insert("credit_entries", account.entry());
    await refused(
      "credit_balances_last_entry_fkey",
      change("used = 1, allocated = 4, available = 2, last_sequence = 3"),
    );
    await change("available = 2, allocated = 3, last_sequence = 3");
  });

  it("refuses less than nothing available, held, used or allocated", async () => {
    await refused("credit_balances_not_negative_check", change("available = -1, used = 2"));
    await refused("credit_balances_not_negative_check", change("held = -1, used = 2"));
    await refused("credit_balances_not_negative_check", change("used = -1, used_of_grants = -1, allocated = 1"));
    await refused("credit_balances_not_negative_check", change("allocated = -2, used = -4, used_of_grants = -4"));
  });

  it("refuses a sum that is not what was allocated and not used", async () => {
    await refused("credit_balances_sum_check", change("allocated = 3"));
    await refused("credit_balances_sum_check", change("used = 1"));
  });

  it("refuses credits without an entry", async () => {
    await refused("credit_balances_first_entry_check", change("last_sequence = NULL"));
  });

  it("refuses to be of nobody, of two, or of another one than its id says", async () => {
    const check = "credit_balances_account_check";
    await refused(check, change("team_id = NULL"));
    await refused(check, change("organization_id = 'acme'"));
    await refused(check, change("account_id = 'other'"));
    await refused(check, insert("credit_balances", { account_id: "acme", organization_id: "acme" }));
    await insert("credit_balances", { account_id: "organization/acme", organization_id: "acme" });
  });

  it("refuses to have taken more from its grants than it has used", async () => {
    await refused("credit_balances_grants_check", change("used_of_grants = 1"));
  });

  it("refuses to lose its team", async () => {
    const id = newId();
    await insert("teams", { id, organization_id: "acme", alias: id, created_at: NOW, updated_at: NOW });
    await insert("credit_balances", { account_id: id, team_id: id });
    await refused("credit_balances_team_id_fkey", run("DELETE FROM teams WHERE id = $1", id));
  });
});
