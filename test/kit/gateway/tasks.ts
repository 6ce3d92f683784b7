import type { App } from "../../../src/app.js";
import { eachOf } from "../../../src/lib/async/each-of.js";

/** Runs each background task of an app once, in order, and throws what failed. */
export const runTasks = (app: App): Promise<void> => eachOf(app.tasks, (task) => task.run());

/** Calls of an app that are not settled yet: running, or kept until the database is back. */
export function unsettledCalls(app: App): number {
  const { runningCalls, unsettledCalls: late } = app.gauges();
  return runningCalls + late;
}
