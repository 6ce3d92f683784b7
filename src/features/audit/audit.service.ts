import { authorize, reachOf } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import { type Condition, fetchPage, fetchPages, type Page } from "../../db/page.js";
import { ofOrganizationInReach } from "../../db/reach-condition.js";
import type { Sql } from "../../db/statement.js";
import type { AuditEntry as Row } from "../../generated/prisma/client.js";
import type { PageWindow } from "../../input/page-window.js";
import { validate } from "../../input/validate.js";
import type { JsonObject } from "../../lib/json/json.js";
import type { AuditFilter } from "./audit.input.js";
import { auditEntries, auditEntriesToExport, auditEntryRow, fits } from "./audit-entry.sql.js";

export type { Row as AuditEntryRow };

/** Lines that an export holds at once. */
const PART_MAX = 100;

type EntriesRequest = PageWindow & { readonly filter?: AuditFilter | null };

/** Reads the audit. */
export class AuditService {
  constructor(private readonly sql: Sql) {}

  /** Lists the lines in the viewer's reach, newest first. */
  async list(viewer: Viewer, { filter, ...window }: EntriesRequest): Promise<Page<Row>> {
    return fetchPage(this.sql, auditEntries, window, { all: this.conditions(viewer, filter) });
  }

  /** For loaders: a page of the lines of each organization that the viewer has reached, newest first. */
  async listByOrganizations(
    viewer: Viewer,
    organizationIds: readonly string[],
    { filter, ...window }: EntriesRequest,
  ): Promise<Page<Row>[]> {
    const all = this.conditions(viewer, filter);
    return fetchPages(this.sql, auditEntries, organizationIds, window, { all });
  }

  /**
   * Reads all lines in the viewer's reach, oldest first, in parts. The next part is read when it is asked for, by where the
   * last one ended, so that neither memory nor a transaction is held while a client reads slowly. Lines that are written
   * meanwhile come too. Refusals are thrown before the first part.
   */
  export(viewer: Viewer, filter: AuditFilter): AsyncIterable<readonly Row[]> {
    return this.parts(this.conditions(viewer, filter));
  }

  private async *parts(conditions: readonly Condition[]): AsyncGenerator<readonly Row[]> {
    let sequence = 0n;
    for (;;) {
      const part = await this.sql.query(auditEntriesToExport(sequence, conditions, PART_MAX), auditEntryRow);
      if (part.length > 0) yield part;
      const last = part.at(-1);
      if (!last || part.length < PART_MAX) return;
      sequence = last.sequence;
    }
  }

  private conditions(viewer: Viewer, filter: AuditFilter | null | undefined): Condition[] {
    authorize(viewer, "audit.read");
    return [...ofOrganizationInReach(reachOf(viewer)), ...fits(filter ? validate(filter, "filter") : {})];
  }
}

/** What a line says of its subject. */
export const shownOf = (text: string | null): JsonObject | null => (text === null ? null : JSON.parse(text));
