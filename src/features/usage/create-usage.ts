import type { Sql } from "../../db/statement.js";
import type { Logger } from "../../lib/log.js";
import type { Task } from "../../lib/task.js";
import { CallHours } from "./call-hours.js";
import { foldUsageTask } from "./rollup/fold-usage.task.js";
import { UsageFolding } from "./rollup/usage-folding.js";
import { UsageService } from "./usage.service.js";

/** Builds the parts of usage, and returns what others may see of them. */
export function createUsage({ sql, log }: { readonly sql: Sql; readonly log: Logger }) {
  const folding = new UsageFolding(sql, log);
  const tasks: readonly Task[] = [foldUsageTask(folding)];
  return { services: { usage: new UsageService(sql, folding) }, callHours: new CallHours(sql, folding), tasks };
}
