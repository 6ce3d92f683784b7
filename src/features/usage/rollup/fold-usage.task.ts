import type { Task } from "../../../lib/task.js";
import type { UsageFolding } from "./usage-folding.js";

const EVERY_MS = 2_000;

/** Counts what calls and jobs have used since they were settled or ended. */
export const foldUsageTask = (folding: UsageFolding): Task => ({
  name: "fold usage",
  everyMs: EVERY_MS,
  run: () => folding.round(),
});
