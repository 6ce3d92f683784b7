import type { AuditFilter } from "../../api/graphql";
import { type PeriodSearch, type Range, readPeriod } from "../../period/period";
import { textIn } from "../../search";

/** Which lines of the audit are listed, as the address says it. */
export interface AuditSearch extends PeriodSearch {
  readonly operation?: string;
  readonly actor?: string;
  /** The id of what was acted on. */
  readonly subject?: string;
}

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    ...readPeriod(search),
    ...textIn(search, "operation"),
    ...textIn(search, "actor"),
    ...textIn(search, "subject"),
  };
}

/** Returns the filter of the API. */
export const auditFilterOf = ({ operation, actor, subject }: AuditSearch, range: Range): AuditFilter => ({
  createdAfter: range.from.toISOString(),
  createdBefore: range.to.toISOString(),
  ...(operation && { operation }),
  ...(actor && { actor }),
  ...(subject && { subjectId: subject }),
});
