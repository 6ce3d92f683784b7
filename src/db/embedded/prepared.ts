import { messages, type PGlite, protocol, types } from "@electric-sql/pglite";
import type { DriverRow } from "../rows/read-row.js";
import type { SendStatement } from "../statement.js";

/** What PostgreSQL says of a statement that it has prepared. */
interface Prepared {
  readonly paramTypes: readonly number[];
  readonly columns: readonly messages.Field[];
}

const { serialize } = protocol;

/** PostgreSQL forgets a statement that has this name when the next one comes. */
const UNNAMED = "";

/**
 * Sends statements to an embedded PostgreSQL, which reads and plans each named one once. PGlite's own `query` has it do
 * that each time, and that costs more than the execution. The statements wait for transactions of Prisma's, and those
 * for them.
 */
export function preparedOn(pglite: PGlite): SendStatement {
  const known = new Map<string, Prepared>();
  // PGlite by itself makes a number of a small int8, and a bigint of a great one.
  const parsers: PGlite["parsers"] = { ...pglite.parsers, [types.INT8]: BigInt };

  async function execute(name: string, text: string, values: unknown[]): Promise<DriverRow[]> {
    if (!pglite.ready) throw new Error("The embedded database is closed.");
    const prepared = known.get(name) ?? (await prepare(pglite, name, text));
    if (name !== UNNAMED) known.set(name, prepared);
    const given = values.map((value, index) => encode(value, pglite.serializers[prepared.paramTypes[index] ?? 0]));
    const bind = serialize.bind({ statement: name, values: given });
    const answer = await exchange(pglite, [bind, serialize.execute({}), serialize.sync()]);
    return answer.filter((message) => message instanceof messages.DataRowMessage).map(({ fields }) => decode(fields));

    function decode(fields: readonly (string | null)[]): DriverRow {
      const row: Record<string, unknown> = {};
      for (const [index, { name, dataTypeID }] of prepared.columns.entries()) {
        const field = fields[index] ?? null;
        const parse = parsers[dataTypeID];
        row[name] = field !== null && parse ? parse(field, dataTypeID) : field;
      }
      return row;
    }
  }

  return (name, text, values) =>
    pglite._runExclusiveTransaction(() => pglite._runExclusiveQuery(() => execute(name ?? UNNAMED, text, values)));
}

async function prepare(pglite: PGlite, name: string, text: string): Promise<Prepared> {
  const describe = serialize.describe({ type: "S", name });
  const answer = await exchange(pglite, [serialize.parse({ name, text }), describe, serialize.sync()]);
  const params = answer.find((message) => message instanceof messages.ParameterDescriptionMessage);
  const row = answer.find((message) => message instanceof messages.RowDescriptionMessage);
  return { paramTypes: params?.dataTypeIDs ?? [], columns: row?.fields ?? [] };
}

/** Sends messages, and returns the answers to all of them. Throws PostgreSQL's error if it refuses one. */
function exchange(pglite: PGlite, parts: Uint8Array[]): Promise<messages.BackendMessage[]> {
  return pglite.execProtocolStream(Buffer.concat(parts));
}

function encode(value: unknown, serializer: ((value: unknown) => string) | undefined): string | null {
  if (value === null || value === undefined) return null;
  return serializer ? serializer(value) : String(value);
}
