import DataLoader from "dataloader";
import { groupBy } from "../../lib/group-by.js";
import type { RequestContext } from "../context.js";
import { perRequest } from "./per-request.js";

/**
 * Loaders join what one tick asks for into one statement. They keep nothing after that, so that the answer of a
 * mutation is never older than the mutation.
 */
const BATCH_ONLY = { cache: false };

type PerRequestLoader<Key, Value> = (context: RequestContext) => DataLoader<Key, Value>;

/** Makes a loader of single rows by id. If `fetch` returns no row for an id, the loader returns null. */
export function loaderById<Row>(
  fetch: (context: RequestContext, ids: readonly string[]) => Promise<Row[]>,
  idOf: (row: Row) => string,
): PerRequestLoader<string, Row | null> {
  return perRequest(
    (context) =>
      new DataLoader<string, Row | null>(async (ids) => {
        const rows = new Map((await fetch(context, distinct(ids))).map((row) => [idOf(row), row]));
        return ids.map((id) => rows.get(id) ?? null);
      }, BATCH_ONLY),
  );
}

/** Makes a loader of all rows of each parent. */
export function loaderOfChildren<Row>(
  fetch: (context: RequestContext, parentIds: readonly string[]) => Promise<Row[]>,
  parentOf: (row: Row) => string,
): PerRequestLoader<string, Row[]> {
  return perRequest(
    (context) =>
      new DataLoader<string, Row[]>(async (parentIds) => {
        const rows = groupBy(await fetch(context, distinct(parentIds)), parentOf);
        return parentIds.map((id) => rows.get(id) ?? []);
      }, BATCH_ONLY),
  );
}

interface ListKey<Args> {
  readonly parentId: string;
  readonly args: Args;
}

/** Makes a loader of lists that take arguments. Parents whose arguments are equal share one statement. */
export function loaderOfLists<Args, Result>(
  fetch: (context: RequestContext, parentIds: readonly string[], args: Args) => Promise<Result[]>,
): PerRequestLoader<ListKey<Args>, Result> {
  return perRequest(
    (context) =>
      new DataLoader<ListKey<Args>, Result>(async (keys) => {
        const groups = [...groupBy(keys, (key) => JSON.stringify(key.args)).values()];
        const results = await Promise.all(
          groups.map((group) => loadGroup(group, (ids, args) => fetch(context, ids, args))),
        );
        const byKey = new Map(results.flat());
        return keys.map((key) => byKey.get(key) as Result | Error);
      }, BATCH_ONLY),
  );
}

/** Returns one group's result for each of its keys. If the group fails, only these keys fail. */
async function loadGroup<Args, Result>(
  keys: ListKey<Args>[],
  fetch: (parentIds: readonly string[], args: Args) => Promise<Result[]>,
): Promise<[ListKey<Args>, Result | Error][]> {
  const ids = distinct(keys.map((key) => key.parentId));
  const [first] = keys as [ListKey<Args>];
  const lists = await fetch(ids, first.args).catch((error: Error) => error);
  return keys.map((key) => [key, lists instanceof Error ? lists : (lists[ids.indexOf(key.parentId)] as Result)]);
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
