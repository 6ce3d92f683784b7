import type { Columns, ValuesOf } from "./column-type.js";
import { readRow } from "./read-row.js";

/**
 * A named SQL statement. The call path and background work send only such statements to the database. `params` are in
 * the order of $1, $2 ...; `row` has the columns of the result by their field names. A test has the database check
 * both.
 */
export interface Statement<Params extends Columns, Row extends Columns> {
  /** Unique in the gateway, such as "renew-leases". */
  readonly name: string;
  readonly params: Params;
  readonly text: string;
  readonly row: Row;
}

/** Declares a statement. Its values and rows then have the types that it declares. */
export function statement<const Params extends Columns, const Row extends Columns>(
  declared: Statement<Params, Row>,
): Statement<Params, Row> {
  return declared;
}

/** Runs statements, either each on any free connection, or all on the connection of one transaction. */
export interface Sql {
  run<Params extends Columns, Row extends Columns>(
    statement: Statement<Params, Row>,
    values: ValuesOf<Params>,
  ): Promise<ValuesOf<Row>[]>;
}

/** A row as the database's driver gives it: the values of columns, by the names of the columns. */
type DriverRow = Readonly<Record<string, unknown>>;

/**
 * Sends a statement and returns its rows. `name` is the statement's own, so that a database which keeps prepared
 * statements reads and plans each of them once for a connection.
 */
export type SendStatement = (name: string, text: string, values: unknown[]) => Promise<readonly DriverRow[]>;

/** Makes the runner of statements on a way to send them. */
export function sqlOn(send: SendStatement): Sql {
  return {
    async run<Params extends Columns, Row extends Columns>(
      { name, params, text, row: columns }: Statement<Params, Row>,
      values: ValuesOf<Params>,
    ): Promise<ValuesOf<Row>[]> {
      const given = Object.entries(params).map(([param, type]) => encode(type, values[param]));
      const rows = await send(name, text, given);
      return rows.map((row) => readRow(row, columns) as ValuesOf<Row>);
    },
  };
}

function encode(type: string, value: unknown): unknown {
  if (value === null) return null;
  if (type.startsWith("jsonb")) return JSON.stringify(value);
  return type.startsWith("safeint") ? BigInt(value as number) : value;
}
