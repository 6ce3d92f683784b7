import { Interrupted } from "./interruption.js";
import type { Progress } from "./progress.js";

/** A step went wrong. The message begins with the name of the step. */
class StepFailed extends Error {}

/** Prints the title of a step and runs it. If it throws, the title is put in front of the message. */
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
