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

/** The part of Prisma's client that statements need. Its transactions have it too. */
interface RawClient {
  $queryRawUnsafe<Rows>(text: string, ...values: unknown[]): PromiseLike<Rows>;
}

/** Makes the runner of statements for Prisma's client, or for one of its transactions. */
export function sqlOn(client: RawClient): Sql {
  return {
    async run<Params extends Columns, Row extends Columns>(
      { params, text, row: columns }: Statement<Params, Row>,
      values: ValuesOf<Params>,
    ): Promise<ValuesOf<Row>[]> {
      const given = Object.entries(params).map(([name, type]) => encode(type, values[name]));
      const rows = await client.$queryRawUnsafe<Record<string, unknown>[]>(text, ...given);
      return rows.map((row) => readRow(row, columns) as ValuesOf<Row>);
    },
  };
}

function encode(type: string, value: unknown): unknown {
  if (value === null) return null;
  if (type.startsWith("jsonb")) return JSON.stringify(value);
  return type.startsWith("safeint") ? BigInt(value as number) : value;
}
