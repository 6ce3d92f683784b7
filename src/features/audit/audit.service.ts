import { authorize, reachOf } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Condition } from "../../db/lists/list.js";
import { fetchPage, fetchPages, type Page } from "../../db/page.js";
import { ofOrganizationInReach } from "../../db/reach-condition.js";
import type { Sql } from "../../db/statement.js";
import type { AuditEntry as Row } from "../../generated/prisma/client.js";
import type { PageWindow } from "../../input/page-window.js";
import { validate } from "../../input/validate.js";
import type { JsonObject } from "../../lib/json/json.js";
import type { AuditFilter } from "./audit.input.js";
import { fits, newestAuditEntries, oldestAuditEntries } from "./audit-entry.sql.js";

export type { Row as AuditEntryRow };

type EntriesRequest = PageWindow & { readonly filter?: AuditFilter | null };

/** Reads the audit. */
export class AuditService {
  constructor(private readonly sql: Sql) {}

  /** Lists the lines in the viewer's reach, newest first. */
  async list(viewer: Viewer, { filter, ...window }: EntriesRequest): Promise<Page<Row>> {
    return fetchPage(this.sql, newestAuditEntries, window, { all: this.conditions(viewer, filter) });
  }

  /** The same, oldest first: then lines that are written while the list is read page by page come at its end. */
  async listOldestFirst(viewer: Viewer, { filter, ...window }: EntriesRequest): Promise<Page<Row>> {
    return fetchPage(this.sql, oldestAuditEntries, window, { all: this.conditions(viewer, filter) });
  }

  /** For loaders: a page of the lines of each organization that the viewer has reached, newest first. */
  async listByOrganizations(
    viewer: Viewer,
    organizationIds: readonly string[],
    { filter, ...window }: EntriesRequest,
  ): Promise<Page<Row>[]> {
    const all = this.conditions(viewer, filter);
    return fetchPages(this.sql, newestAuditEntries, organizationIds, window, { all });
  }

  private conditions(viewer: Viewer, filter: AuditFilter | null | undefined): Condition[] {
    authorize(viewer, "audit.read");
    return [...ofOrganizationInReach(reachOf(viewer)), ...fits(filter ? validate(filter, "filter") : {})];
  }
}

/** What a line says of its subject. */
export const shownOf = (text: string | null): JsonObject | null => (text === null ? null : JSON.parse(text));
