import type { Gateway } from "./gateway/gateway.js";
import type { Behaviour } from "./upstream/upstream-behaviours.js";
import { name, type TestJob } from "./world.js";

/** A job whose group has one model for each behaviour, in this order. */
export async function scriptedJob(gateway: Gateway, ...behaviours: Behaviour[]): Promise<TestJob> {
  const models = behaviours.map(() => name("model"));
  for (const [index, behaviour] of behaviours.entries()) gateway.upstream.on(models[index] as string, behaviour);
  return (await gateway.world.team({ models })).job();
}
