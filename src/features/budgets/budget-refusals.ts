import { type Budget, budgetOf, type Failure } from "../../auth/budget.js";
import { DomainError } from "../../lib/errors.js";
import type { Events } from "../../lib/observe/events.js";
import type { RefusalCounts } from "../limits/refusal-counts.js";

/** Whose call or job it was. */
interface Holder {
  readonly teamId: string;
  readonly keyId: string;
}

/** Counts what budgets refuse, and what those would have refused that are only measured. */
export class BudgetRefusals {
  constructor(
    private readonly events: Events,
    private readonly counts: Pick<RefusalCounts, "add">,
  ) {}

  /** To be called with the error of a call or of a job that was refused. Other errors than those of budgets are nothing. */
  refused(holder: Holder, refusal: unknown): void {
    const budget = refusal instanceof DomainError ? budgetOf(refusal) : undefined;
    if (budget) this.note(holder, budget, true);
  }

  /** To be called with the budgets that would have refused what was let through. */
  overrun(holder: Holder, budgets: Partial<Record<Budget, boolean>>): void {
    for (const [budget, isOver] of Object.entries(budgets)) if (isOver) this.note(holder, budget as Budget, false);
  }

  /** To be called with the error of a call that ended. Its job's own limits may have ended it while it ran. */
  ended(error: Failure): void {
    const budget = budgetOf(error);
    if (budget) this.events.tell("budget", { budget, isEnforced: true });
  }

  private note({ teamId, keyId }: Holder, budget: Budget, isEnforced: boolean): void {
    if (budget === "UNPAID_COST") this.counts.add("UNPAID_COST", teamId);
    if (budget === "JOB_ALLOWANCE") this.counts.add("JOB_ALLOWANCE", keyId);
    this.events.tell("budget", { budget, isEnforced });
  }
}
