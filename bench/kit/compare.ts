import { type Checkout, checkoutsOf, type Options } from "./bench.js";
import { type Findings, type Row, ratiosOf, type Table } from "./report.js";

/**
 * Divides each row of a Tollgate by the row of a peer that has the same key. A ratio above 1 says that Tollgate has more of
 * it.
 */
export function besidePeer(table: Table, peer: string, keyOf: (labels: readonly string[]) => string): Table {
  const pairs = table.rows
    .filter(({ labels: [system] }) => system?.startsWith("Tollgate"))
    .map((of) => ({
      labels: of.labels,
      of,
      to: table.rows.find(({ labels }) => labels[0]?.startsWith(peer) && keyOf(labels) === keyOf(of.labels)),
    }));
  return ratiosOf(`${table.title}, divided by ${peer}'s`, table.heads, table.columns, pairs);
}

/** Divides each row of this checkout by the same row of each other checkout. */
export function besideCheckouts(table: Table, options: Options): Table[] {
  const [own, ...others] = checkoutsOf(options) as [Checkout, ...Checkout[]];
  return others.map((other) => {
    const twinOf = ({ labels: [system = "", ...rest] }: Row) => [system.replace(own.name, other.name), ...rest].join();
    const pairs = table.rows
      .filter(({ labels: [system = ""] }) => system === own.name || system.startsWith(`${own.name} on `))
      .map((of) => ({ labels: of.labels, of, to: table.rows.find(({ labels }) => labels.join() === twinOf(of)) }));
    return ratiosOf(`${table.title}, divided by those of ${other.name}`, table.heads, table.columns, pairs);
  });
}

/** Returns the tables that have rows. */
export const filled = (tables: readonly Table[]): Findings["ratios"] => tables.filter(({ rows }) => rows.length > 0);
