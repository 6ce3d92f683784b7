import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { invalid } from "../../../input/validate.js";
import { isUuid } from "../../../lib/ids.js";

const Count = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });
const Sum = Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER });
const Sums = Type.Object({ allocated: Sum, used: Sum, held: Sum, available: Sum });

const State = Type.Object({
  /** The sequence of the last entry that was added up, and what the entries came to up to there. */
  sequence: Count,
  entryCount: Count,
  recomputed: Sums,
  /** The balance at the moment when that entry was read. */
  recorded: Sums,
  /** Whether that entry was the team's last one. Then the balance must be what the entries came to, and jobs follow. */
  areEntriesRead: Type.Boolean(),
  /** The last job that was compared. */
  jobId: Type.Union([Type.String(), Type.Null()]),
  jobCount: Count,
  /** The differences that were found so far. */
  differenceCount: Count,
});

export type CreditSums = Static<typeof Sums>;

/** How far an audit has come, and what it has found. Entries never change, so what was added up once stays true. */
export type AuditState = Static<typeof State>;

const NOTHING: CreditSums = { allocated: 0, used: 0, held: 0, available: 0 };

export const BEGINNING: AuditState = {
  sequence: 0,
  entryCount: 0,
  recomputed: NOTHING,
  recorded: NOTHING,
  areEntriesRead: false,
  jobId: null,
  jobCount: 0,
  differenceCount: 0,
};

/** Makes the cursor with which an audit of this team goes on. */
export const writeCursor = (teamId: string, state: AuditState): string =>
  Buffer.from(JSON.stringify({ teamId, state })).toString("base64url");

/** Throws INVALID_INPUT if the text is not a cursor of an audit of this team. */
export function readCursor(teamId: string, cursor: string): AuditState {
  const read = parse(cursor);
  const isCursor = Value.Check(Cursor, read) && read.teamId === teamId;
  if (isCursor && (read.state.jobId === null || isUuid(read.state.jobId))) return read.state;
  throw invalid("after", "must be an endCursor of an audit of this team", cursor);
}

const Cursor = Type.Object({ teamId: Type.String(), state: State });

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
