import type { Budget } from "../../auth/budget.js";

/** A budget that has refused something, and whose it is. */
export interface ExceededBudget {
  readonly budget: Budget;
  readonly teamId: string;
  /** The key, if the budget is a key's. */
  readonly keyId: string | null;
  /** The job, if the budget is a job's. */
  readonly jobId: string | null;
  /** The day of it, UTC, such as "2026-12-01". */
  readonly day: string;
}

/** So many are kept until they are told. Those beyond are forgotten: the next refusal notes them again. */
const NOTED_MAX = 10_000;

/** What budgets have refused, until a task tells webhooks of it, so that no call waits for that. */
export class ExceededBudgets {
  private readonly noted = new Map<string, ExceededBudget>();

  note(exceeded: ExceededBudget): void {
    const { budget, teamId, keyId, jobId, day } = exceeded;
    const key = [budget, jobId ?? keyId ?? teamId, day].join("/");
    if (this.noted.size < NOTED_MAX) this.noted.set(key, exceeded);
  }

  /** Returns at most `max` of them, and forgets them. */
  take(max: number): ExceededBudget[] {
    const some = [...this.noted].slice(0, max);
    for (const [key] of some) this.noted.delete(key);
    return some.map(([, exceeded]) => exceeded);
  }
}
