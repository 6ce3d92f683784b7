import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { AuditLineFragment } from "../../api/graphql";
import { PeriodPicker } from "../../period/period-picker";
import { useRange } from "../../period/use-range";
import { useSession } from "../../session/session";
import { Card } from "../../ui/card";
import { PageHead } from "../../ui/page-head";
import { Empty, Loaded, Skeleton } from "../../ui/states";
import { type Column, DataTable } from "../../ui/table/data-table";
import { Time } from "../../ui/time";
import { AuditFilters } from "./audit-filters";
import { ChainCheck } from "./check/chain-check";
import { EntryDialog } from "./entry-dialog";
import { useAuditLines } from "./use-audit-lines";

const route = getRouteApi("/audit");

/** What was done by those who administer. */
export function AuditPage() {
  const session = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const range = useRange(search);
  const [asked, more] = useAuditLines(search, range);
  const [opened, setOpened] = useState<AuditLineFragment | null>(null);
  const columns = useMemo(() => columnsOf(setOpened), []);
  const { operation, actor, subject, organization, ...period } = search;
  const chosen = {
    ...(operation && { operation }),
    ...(actor && { actor }),
    ...(subject && { subject }),
    ...(organization && { organization }),
  };
  return (
    <>
      <PageHead title="Audit">
        <PeriodPicker value={period} onChange={(next) => navigate({ search: { ...chosen, ...next } })} />
        {session.may("audit.check") && <ChainCheck />}
      </PageHead>
      <Card>
        <AuditFilters
          hasOrganizations={session.viewer.organizationId === null}
          chosen={chosen}
          onChange={(next) => navigate({ search: { ...period, ...next } })}
        />
        <Loaded asked={asked} skeleton={<Skeleton lines={10} className="h-7" />}>
          {({ edges, pageInfo }) => (
            <DataTable
              label="Acts, newest first"
              columns={columns}
              rows={edges.map(({ node }) => node)}
              rowId={({ id }) => id}
              hasMore={pageInfo.hasNextPage}
              onMore={more}
              empty={
                <Empty title="No act fits.">
                  Each act of somebody who administers is a line here, such as a team that is made. Choose a longer
                  period, or fewer filters.
                </Empty>
              }
            />
          )}
        </Loaded>
      </Card>
      {opened && (
        <EntryDialog
          entry={opened}
          onFilter={(next) => {
            setOpened(null);
            void navigate({ search: { ...period, ...next } });
          }}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

const columnsOf = (onOpen: (entry: AuditLineFragment) => void): readonly Column<AuditLineFragment>[] => [
  {
    id: "operation",
    header: "Act",
    cell: (entry) => (
      <button type="button" className="text-left hover:underline" onClick={() => onOpen(entry)}>
        {entry.operation}
      </button>
    ),
  },
  { id: "when", header: "When", cell: ({ createdAt }) => <Time at={createdAt} className="text-dim" /> },
  {
    id: "subject",
    header: "On",
    cell: ({ subjectType, subjectId }) => (
      <>
        <span className="text-dim">{subjectType}</span>{" "}
        <span className="break-words font-mono text-xs">{subjectId}</span>
      </>
    ),
  },
  {
    id: "actor",
    header: "By",
    isExtra: true,
    cell: ({ actor }) => <span className="break-all font-mono text-xs">{actor}</span>,
  },
  {
    id: "request",
    header: "Request",
    isExtra: true,
    cell: ({ requestId }) => <span className="break-all font-mono text-dim text-xs">{requestId}</span>,
  },
  {
    id: "sequence",
    header: "Line",
    isExtra: true,
    isNumber: true,
    cell: ({ sequence }) => <span className="text-dim">{sequence}</span>,
  },
];
