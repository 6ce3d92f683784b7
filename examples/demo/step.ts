import { Interrupted } from "./interruption.js";
import type { Progress } from "./progress.js";

/** Says where it happened, in front of what happened. */
export class StepFailed extends Error {}

/** Prints what begins, and puts its name in front of whatever goes wrong in it. */
export async function step<T>(progress: Progress, title: string, work: () => Promise<T>): Promise<T> {
  progress.say(`${title}...`);
  try {
    return await work();
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new StepFailed(`${title.trim()}: ${message}`, { cause: error });
  }
}
