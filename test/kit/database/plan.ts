import type { Db } from "../../../src/db/client.js";
import type { SentStatement } from "./database.js";

interface Node {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly Plans?: readonly Node[];
}

/** What a statement has done to the tables: how many rows it looked at, and through which scans. */
export interface RowsRead {
  readonly text: string;
  readonly rows: number;
  /** Such as "Index Scan of jobs by jobs_open_idx". */
  readonly scans: readonly string[];
}

/** Runs a statement once more, exactly as it was sent, and reads from its plan what it did. */
export async function rowsRead(db: Db, { text, values }: SentStatement): Promise<RowsRead> {
  const explain = `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`;
  const [answer] = await db.$queryRawUnsafe<{ "QUERY PLAN": [{ Plan: Node }] }[]>(explain, ...values);
  if (!answer) throw new Error("EXPLAIN gave no plan.");
  const scans = [...nodesOf(answer["QUERY PLAN"][0].Plan)].filter((node) => node["Relation Name"]);
  return {
    text,
    rows: scans.reduce((sum, node) => sum + rowsOf(node), 0),
    scans: scans.map((node) => `${node["Node Type"]} of ${node["Relation Name"]} by ${indexOf(node) ?? "nothing"}`),
  };
}

/** A bitmap of an index is a node of its own below the scan of the table. */
const indexOf = (node: Node): string | undefined =>
  node["Node Type"] === "Bitmap Heap Scan" ? node.Plans?.[0]?.["Index Name"] : node["Index Name"];

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const child of node.Plans ?? []) yield* nodesOf(child);
}

const rowsOf = (node: Node): number =>
  ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0)) *
  (node["Actual Loops"] ?? 0);
