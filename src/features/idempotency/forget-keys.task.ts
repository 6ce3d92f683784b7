import { roundOf, type Task } from "../../lib/task.js";
import type { IdempotencyKeys } from "./idempotency-keys.js";

const EVERY_MS = 5_000;
/** Keys forgotten in one round, so that a round stays short. */
const BATCH_MAX = 100;

/** Forgets idempotency keys that are older than 24 hours. */
export const forgetKeysTask = (idempotencyKeys: IdempotencyKeys): Task => ({
  name: "forget keys",
  everyMs: EVERY_MS,
  run: async () => roundOf(await idempotencyKeys.forgetOld(BATCH_MAX), BATCH_MAX),
});
