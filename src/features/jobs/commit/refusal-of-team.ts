import { suspended } from "../../../auth/policy.js";
import { DomainError } from "../../../lib/errors.js";
import { noCredit } from "../../credits/ledger.js";

/** Says why a team may open no job at the moment: the verdict of a statement that opens jobs. */
export function refusalOfTeam(verdict: string, teamId: string): DomainError {
  if (verdict === "KEY_INVALID") return new DomainError("UNAUTHENTICATED", "The key is no longer valid.");
  if (verdict === "SUSPENDED_TEAM") return suspended("TEAM");
  if (verdict === "SUSPENDED_ORGANIZATION") return suspended("ORGANIZATION");
  if (verdict === "JOB_ALLOWANCE")
    return new DomainError("BUDGET_EXCEEDED", "The key has opened as many jobs as it may (jobAllowance).", {
      budget: verdict,
      of: "KEY",
    });
  if (verdict === "NO_CREDIT") return noCredit(teamId);
  // Whoever reads this as an error found the key taken, and forgotten a moment later.
  if (verdict === "KEY_TAKEN") return new DomainError("UNAVAILABLE", "The idempotency key has just run out.");
  throw new Error(`${verdict} is no verdict on a team.`);
}
