import { type SpanStart, traced } from "../lib/observe/tracing.js";
import type { Columns, ValuesOf } from "./column-type.js";
import { type DriverRow, readRow } from "./rows/read-row.js";

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
  /** The same for SQL that was put together of parts, as that of a list is of its conditions. */
  query<Row extends Columns>(composed: Composed, row: Row): Promise<ValuesOf<Row>[]>;
}

/** SQL with `$1`, `$2` ... and its values, as Prisma.sql makes it. */
interface Composed {
  readonly text: string;
  readonly values: unknown[];
}

/**
 * Sends a statement and returns its rows. `name` is the statement's own, so that a database which keeps prepared
 * statements reads and plans each of them once for a connection. It is null if the statement was put together.
 */
export type SendStatement = (name: string | null, text: string, values: unknown[]) => Promise<readonly DriverRow[]>;

/** Makes the runner of statements on a way to send them. */
export function sqlOn(send: SendStatement): Sql {
  return {
    async run<Params extends Columns, Row extends Columns>(
      { name, params, text, row: columns }: Statement<Params, Row>,
      values: ValuesOf<Params>,
    ): Promise<ValuesOf<Row>[]> {
      const given = Object.entries(params).map(([param, type]) => encode(type, values[param]));
      const rows = await traced(spanOf(name), () => send(name, text, given));
      return rows.map((row) => readRow(row, columns));
    },
    async query<Row extends Columns>({ text, values }: Composed, columns: Row): Promise<ValuesOf<Row>[]> {
      const rows = await traced(spanOf("list"), () => send(null, text, values));
      return rows.map((row) => readRow(row, columns));
    },
  };
}

/** A statement in a trace. Statements of background work are in none. */
const spanOf = (name: string): SpanStart => ({
  name,
  kind: "client",
  attributes: { "db.system.name": "postgresql", "db.query.summary": name },
});

function encode(type: string, value: unknown): unknown {
  if (value === null) return null;
  if (type.startsWith("jsonb")) return JSON.stringify(value);
  return type.startsWith("safeint") ? BigInt(value as number) : value;
}
