import { roundOf, type Task } from "../../../lib/task.js";
import type { KeyHolders } from "./key-holders.js";

/** How much later than its use a key says that it was used. */
const EVERY_MS = 1_000;
/** Keys noted in one round, so that a round stays short. */
const BATCH_MAX = 1_000;

/** Notes when keys were last used. */
export const noteUsesTask = (keyHolders: KeyHolders): Task => ({
  name: "note uses of keys",
  everyMs: EVERY_MS,
  run: async () => roundOf(await keyHolders.noteUses(BATCH_MAX), BATCH_MAX),
});
