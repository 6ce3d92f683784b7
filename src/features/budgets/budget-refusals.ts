import { type Budget, budgetOf, type Failure } from "../../auth/budget.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError } from "../../lib/errors.js";
import type { Events } from "../../lib/observe/events.js";
import type { RefusalCounts } from "../limits/refusal-counts.js";
import type { ExceededBudgets } from "./exceeded-budgets.js";

/** Whose call or job it was. */
interface Holder {
  readonly teamId: string;
  readonly keyId: string;
}

interface BudgetRefusalsDeps {
  readonly events: Events;
  readonly clock: Clock;
  readonly counts: Pick<RefusalCounts, "add">;
  readonly exceeded: ExceededBudgets;
}

/** Counts what budgets refuse, and what those would have refused that are only measured. */
export class BudgetRefusals {
  constructor(private readonly deps: BudgetRefusalsDeps) {}

  /** To be called with the error of a call or of a job that was refused. Other errors than those of budgets are nothing. */
  refused(holder: Holder, refusal: unknown): void {
    if (!(refusal instanceof DomainError)) return;
    const budget = budgetOf(refusal);
    if (!budget) return;
    this.note(holder, budget, true);
    const { jobId } = refusal.data;
    this.exceed(holder, refusal, budget, typeof jobId === "string" ? jobId : null);
  }

  /** To be called with the budgets that would have refused what was let through. */
  overrun(holder: Holder, budgets: Partial<Record<Budget, boolean>>): void {
    for (const [budget, isOver] of Object.entries(budgets)) if (isOver) this.note(holder, budget as Budget, false);
  }

  /** To be called with the error of a call that ended. Its job's own limits may have ended it while it ran. */
  ended({ teamId, jobId }: { readonly teamId: string; readonly jobId: string }, error: Failure): void {
    const budget = budgetOf(error);
    if (!budget) return;
    this.deps.events.tell("budget", { budget, isEnforced: true });
    this.exceed({ teamId, keyId: null }, error, budget, jobId);
  }

  /** Notes a budget that is used up. One that cannot be counted, because a model has no price, is not. */
  private exceed(
    { teamId, keyId }: { readonly teamId: string; readonly keyId: string | null },
    { data }: Failure,
    budget: Budget,
    jobId: string | null,
  ): void {
    if (budget === "CREDITS" || "model" in data) return;
    const isJobs = budget === "JOB_COST" || budget === "JOB_TOKENS";
    if (isJobs && jobId === null) return;
    const day = this.deps.clock.now().toISOString().slice(0, 10);
    const owner = { keyId: budget === "JOB_ALLOWANCE" ? keyId : null, jobId: isJobs ? jobId : null };
    this.deps.exceeded.note({ budget, teamId, ...owner, day });
  }

  private note({ teamId, keyId }: Holder, budget: Budget, isEnforced: boolean): void {
    if (budget === "UNPAID_COST") this.deps.counts.add("UNPAID_COST", teamId);
    if (budget === "JOB_ALLOWANCE") this.deps.counts.add("JOB_ALLOWANCE", keyId);
    this.deps.events.tell("budget", { budget, isEnforced });
  }
}
