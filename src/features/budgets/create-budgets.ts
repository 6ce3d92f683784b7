import type { Db } from "../../db/client.js";
import type { Sql } from "../../db/statement.js";
import type { Clock } from "../../lib/clock.js";
import type { Logger } from "../../lib/log.js";
import type { Events } from "../../lib/observe/events.js";
import type { Task } from "../../lib/task.js";
import type { Ledger } from "../credits/ledger.js";
import type { RefusalCounts } from "../limits/refusal-counts.js";
import { BillingService } from "./billing.service.js";
import { BudgetRefusals } from "./budget-refusals.js";
import { ExceededBudgets } from "./exceeded-budgets.js";
import { grantMonthlyCreditsTask } from "./monthly/grant-monthly-credits.task.js";

interface BudgetsDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly log: Logger;
  readonly events: Events;
}

/** Builds the parts of budgets, and returns what others may see of them. */
export function createBudgets({ db, sql, clock, log, events }: BudgetsDeps, ledger: Ledger, counts: RefusalCounts) {
  const tasks: readonly Task[] = [grantMonthlyCreditsTask(db, sql, ledger, log)];
  const exceeded = new ExceededBudgets();
  const budgetRefusals = new BudgetRefusals({ events, clock, counts, exceeded });
  return { billing: new BillingService(sql, clock), budgetRefusals, exceeded, tasks };
}
