import DataLoader from "dataloader";
import { batchLoader } from "../../lib/async/batch-loader.js";
import { groupBy } from "../../lib/group-by.js";
import type { RequestContext, Services } from "../context.js";
import { perRequest } from "./per-request.js";

/** A loader joins what is asked for at the same time. It keeps nothing, so that no answer is older than its mutation. */
const BATCH_ONLY = { cache: false };
/** The most ids of one statement. */
const IDS_MAX = 1_000;

type LoaderOf<Key, Value> = (context: RequestContext) => DataLoader<Key, Value>;

/** Makes a loader of single rows by id, which all requests share. If there is no row for an id, it returns null. */
export function loaderById<Row>(
  fetch: (services: Services, ids: readonly string[]) => Promise<Row[]>,
  idOf: (row: Row) => string,
): LoaderOf<string, Row | null> {
  return shared((services) => async (ids) => {
    const rows = new Map((await fetch(services, distinct(ids))).map((row) => [idOf(row), row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

/** Makes a loader of all rows of each parent, which all requests share. */
export function loaderOfChildren<Row>(
  fetch: (services: Services, parentIds: readonly string[]) => Promise<Row[]>,
  parentOf: (row: Row) => string,
): LoaderOf<string, Row[]> {
  return shared((services) => async (parentIds) => {
    const rows = groupBy(await fetch(services, distinct(parentIds)), parentOf);
    return parentIds.map((id) => rows.get(id) ?? []);
  });
}

/** Makes a loader for all requests of a process, so that those that wait at the same time share a statement. */
function shared<Value>(
  make: (services: Services) => (ids: readonly string[]) => Promise<Value[]>,
): LoaderOf<string, Value> {
  const loaders = new WeakMap<Services, DataLoader<string, Value>>();
  return ({ services }) => {
    const known = loaders.get(services);
    if (known) return known;
    const loader = batchLoader(make(services), IDS_MAX);
    loaders.set(services, loader);
    return loader;
  };
}

interface ListKey<Args> {
  readonly parentId: string;
  readonly args: Args;
}

/** Makes a loader of lists that take arguments, for one request. Parents whose arguments are equal share one statement. */
export function loaderOfLists<Args, Result>(
  fetch: (context: RequestContext, parentIds: readonly string[], args: Args) => Promise<Result[]>,
): LoaderOf<ListKey<Args>, Result> {
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
