import { useQuery } from "@apollo/client/react";
import { AuditLinesDocument, type AuditLinesQuery, OrganizationAuditLinesDocument } from "../../api/graphql";
import type { Range } from "../../period/period";
import type { Asked } from "../../ui/states";
import { type AuditSearch, auditFilterOf } from "./audit-search";

type Lines = NonNullable<AuditLinesQuery["auditEntries"]>;

/** The lines of the audit that are in reach, or those of one organization with its teams. */
export function useAuditLines(
  search: AuditSearch,
  range: Range,
): readonly [asked: Asked<Lines>, more: () => Promise<unknown>] {
  const { organization } = search;
  const filter = auditFilterOf(search, range);
  const all = useQuery(AuditLinesDocument, { variables: { filter }, skip: organization !== undefined });
  const one = useQuery(OrganizationAuditLinesDocument, {
    variables: { id: organization ?? "", filter },
    skip: organization === undefined,
  });
  const asked = organization === undefined ? all : one;
  const lines = organization === undefined ? all.data?.auditEntries : one.data?.organization?.auditEntries;
  const { error } = asked;
  return [
    { data: lines ?? undefined, error, refetch: () => asked.refetch() },
    () => asked.fetchMore({ variables: { after: lines?.pageInfo.endCursor ?? null } }),
  ];
}
