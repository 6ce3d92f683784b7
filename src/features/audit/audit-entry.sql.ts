import type { RowOf } from "../../db/column-type.js";
import { columnsOf } from "../../db/field-names.js";
import { type Condition, list } from "../../db/lists/list.js";
import { statement } from "../../db/statement.js";
import { type AuditEntry, Prisma } from "../../generated/prisma/client.js";
import type { AuditFilter } from "./audit.input.js";

const auditEntryRow = {
  id: "uuid",
  sequence: "int8",
  createdAt: "timestamptz",
  actor: "text",
  requestId: "text",
  operation: "text",
  subjectType: "text",
  subjectId: "text",
  organizationId: "text?",
  before: "text?",
  after: "text?",
  keyFingerprint: "text?",
  previousSequence: "int8?",
  previousHash: "text",
  hash: "text",
} as const satisfies RowOf<AuditEntry>;

/** Locks the end of the chain until the transaction ends. A line that is written now is dated by `now`. */
export const lockAuditHead = statement({
  name: "lock-audit-head",
  params: {},
  text: `SELECT last_sequence, last_hash, seal, GREATEST(date_trunc('milliseconds', tollgate_now()), last_created_at) AS now
    FROM audit_head FOR NO KEY UPDATE`,
  row: { lastSequence: "int8?", lastHash: "text", seal: "text", now: "timestamptz" },
});

/** Writes a line behind the one at which the locked head stands, and moves the head there. */
export const appendAuditEntry = statement({
  name: "append-audit-entry",
  params: { ...auditEntryRow, seal: "text" },
  text: `WITH written AS (
      INSERT INTO audit_entries (${columnsOf(auditEntryRow)})
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    ) UPDATE audit_head SET last_sequence = $2, last_hash = $15, last_created_at = $3, seal = $16`,
  row: {},
});

/** Where the chain ends. */
export const findAuditHead = statement({
  name: "find-audit-head",
  params: {},
  text: "SELECT COALESCE(last_sequence, 0) AS last_sequence, last_hash, seal FROM audit_head",
  row: { lastSequence: "int8", lastHash: "text", seal: "text" },
});

/** The lines behind a sequence, oldest first. */
export const auditEntriesBehind = statement({
  name: "audit-entries-behind",
  params: { sequence: "int8", linesMax: "int4" },
  text: `SELECT ${columnsOf(auditEntryRow)} FROM audit_entries WHERE sequence > $1 ORDER BY sequence LIMIT $2::int4`,
  row: auditEntryRow,
});

export const findAuditEntry = statement({
  name: "find-audit-entry",
  params: { sequence: "int8" },
  text: `SELECT ${columnsOf(auditEntryRow)} FROM audit_entries WHERE sequence = $1`,
  row: auditEntryRow,
});

/** The last line that was made with a key. */
export const findLastKeyed = statement({
  name: "find-last-keyed",
  params: {},
  text: "SELECT sequence FROM audit_entries WHERE key_fingerprint IS NOT NULL ORDER BY sequence DESC LIMIT 1",
  row: { sequence: "int8" },
});

const table = { table: "audit_entries", row: auditEntryRow, order: ["sequence"] } as const;
export const newestAuditEntries = list({ ...table, parent: "organizationId", direction: "DESC" });
export const oldestAuditEntries = list({ ...table, direction: "ASC" });

/**
 * The conditions on a line that passes the filter. Times never go back from line to line, so that a time is a place in the
 * chain, and each of the other conditions is found in its index in the order of the chain.
 */
export function fits(filter: AuditFilter): Condition[] {
  const { actor, operation, subjectType, subjectId, createdAfter, createdBefore } = filter;
  const conditions: Condition[] = [];
  if (actor != null) conditions.push(Prisma.sql`actor = ${actor}`);
  if (operation != null) conditions.push(Prisma.sql`operation = ${operation}`);
  if (subjectType != null) conditions.push(Prisma.sql`subject_type = ${subjectType}`);
  if (subjectId != null) conditions.push(Prisma.sql`subject_id = ${subjectId}`);
  if (createdAfter) conditions.push(Prisma.sql`sequence >= ${firstFrom(createdAfter)}`);
  if (createdBefore) conditions.push(Prisma.sql`sequence < COALESCE(${firstFrom(createdBefore)}, ${LAST}::int8)`);
  return conditions;
}

const LAST = 9_223_372_036_854_775_807n;

const firstFrom = (time: Date): Prisma.Sql =>
  Prisma.sql`(SELECT timed.sequence FROM audit_entries AS timed WHERE timed.created_at >= ${time} ORDER BY timed.created_at, timed.sequence LIMIT 1)`;
