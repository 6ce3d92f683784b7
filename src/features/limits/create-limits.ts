import type { Sql } from "../../db/statement.js";
import type { Task } from "../../lib/task.js";
import { CallLimits, type CallLimitsDeps } from "./call-limits.js";
import { LimitSettings } from "./limit-settings.js";
import { noteRefusalsTask, renewSlotsTask } from "./limits.task.js";
import { RefusalCounts } from "./refusal-counts.js";

/** Builds the parts of limits, and returns what others may see of them. */
export function createLimits(deps: Omit<CallLimitsDeps, "counts">, sql: Sql) {
  const counts = new RefusalCounts(sql);
  const callLimits = new CallLimits({ ...deps, counts });
  const tasks: readonly Task[] = [noteRefusalsTask(counts), renewSlotsTask(callLimits, deps.leaseMs)];
  return { limitSettings: new LimitSettings(deps.clock), callLimits, refusalCounts: counts, tasks };
}
