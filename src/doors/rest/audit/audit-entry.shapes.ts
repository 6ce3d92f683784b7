import type { Static } from "typebox";
import { type AuditEntryRow, shownOf } from "../../../features/audit/audit.service.js";
import { EXAMPLE } from "../example.js";
import { answer, freeObject, integer, orNull, text, time } from "../schemas.js";

export const AuditEntry = answer(
  "AuditEntry",
  {
    audit_entry_id: text("A UUID."),
    sequence: integer("The number of the line among all lines: 1, 2, 3 ... without a gap."),
    created_at: time("When it was done. Never before the time of the line before it."),
    actor: text(
      'Whose credential it was: "admin", "orgkey:<id>", "key:<id>" or "person:<id>". It is "gateway" if the gateway did it by itself.',
    ),
    request_id: text("The id of the request, which its answer had in the header x-request-id."),
    operation: text("What was done, by the name of its mutation in GraphQL, such as createTeam."),
    subject_type: text("The type of what it was done to, such as Team."),
    subject_id: text("The id of what it was done to. Of a model group or a price it is the name."),
    organization_id: orNull(text("The organization whose keys see the line. Null if only the admin sees it.")),
    before: orNull(freeObject("What the act has changed, as it was before. Null if the subject is new.")),
    after: orNull(freeObject("The same as it was after the act. Null if the subject is not there any more.")),
    key_fingerprint: orNull(text("Which AUDIT_KEY the hash was made with. Null if it was made without one.")),
    previous_hash: text("The hash of the line before it. Of the first line it is 64 zeros."),
    hash: text("The hash of this line, which holds the hash of the one before it."),
  },
  {
    audit_entry_id: "2b7c1f0e-5d3a-4c8b-9e1f-6a7b8c9d0e1f",
    sequence: 1,
    created_at: EXAMPLE.created,
    actor: "admin",
    request_id: "8f14e45f-ceea-4a7b-9c1d-2e3f4a5b6c7d",
    operation: "updateTeam",
    subject_type: "Team",
    subject_id: EXAMPLE.teamId,
    organization_id: EXAMPLE.organizationId,
    before: { alias: EXAMPLE.teamId },
    after: { alias: "Engineering" },
    key_fingerprint: null,
    previous_hash: "0".repeat(64),
    hash: "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
  },
);

export const auditEntryShape = (entry: AuditEntryRow): Static<typeof AuditEntry> => ({
  audit_entry_id: entry.id,
  sequence: Number(entry.sequence),
  created_at: entry.createdAt,
  actor: entry.actor,
  request_id: entry.requestId,
  operation: entry.operation,
  subject_type: entry.subjectType,
  subject_id: entry.subjectId,
  organization_id: entry.organizationId,
  before: shownOf(entry.before),
  after: shownOf(entry.after),
  key_fingerprint: entry.keyFingerprint,
  previous_hash: entry.previousHash,
  hash: entry.hash,
});
