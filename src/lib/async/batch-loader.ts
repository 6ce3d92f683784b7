import DataLoader from "dataloader";
import { LoadTurns } from "./load-turns.js";

/** How many loads of one loader are under way at a time. What is asked for meanwhile forms the next. */
const LOADS_MAX = 2;
/** How long the next load waits for one that is not answered. The database may have fallen silent. */
const LOAD_WAIT_MS = 2_500;

/**
 * Makes a loader for all requests of a process, so that those that wait at the same time share a load of at most `idsMax`
 * ids. It keeps nothing, so that no answer is older than the question.
 */
export function batchLoader<Value>(
  load: (ids: readonly string[]) => Promise<Value[]>,
  idsMax: number,
): DataLoader<string, Value> {
  const turns = new LoadTurns(LOADS_MAX, LOAD_WAIT_MS);
  return new DataLoader((ids) => turns.run(() => load(ids)), {
    cache: false,
    maxBatchSize: idsMax,
    batchScheduleFn: (dispatch) => turns.next(dispatch),
  });
}
