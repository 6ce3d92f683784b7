import type { Sql } from "../../db/statement.js";
import { AuditService } from "./audit.service.js";
import { AuditCheckService } from "./audit-check.service.js";
import { AuditKeys } from "./audit-keys.js";
import { AuditTrail } from "./audit-trail.js";

/** Builds what writes the audit, reads it and checks it. The first of the keys is the one that new lines are made with. */
export function createAudit(sql: Sql, auditKeys: readonly string[]) {
  const keys = new AuditKeys(auditKeys);
  const services = { audit: new AuditService(sql), auditCheck: new AuditCheckService(sql, keys) };
  return { trail: new AuditTrail(keys), services };
}
