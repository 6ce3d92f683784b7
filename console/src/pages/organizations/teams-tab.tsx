import { useQuery } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { OrganizationTeamsDocument, type OrganizationTeamsQuery } from "../../api/graphql";
import { formatCount } from "../../format/numbers";
import { AccountChip } from "../../ui/account-chip";
import { Card } from "../../ui/card";
import { Empty, Loaded, Skeleton } from "../../ui/states";
import { type Column, DataTable } from "../../ui/table/data-table";

type Row = NonNullable<OrganizationTeamsQuery["organization"]>["teams"]["edges"][number]["node"];

/** The teams of the organization, which have pages of their own. */
export function TeamsTab({ organizationId }: { readonly organizationId: string }) {
  const asked = useQuery(OrganizationTeamsDocument, { variables: { id: organizationId } });
  const all = (
    <Link to="/teams" search={{ organization: organizationId }} className="hover:underline">
      Open in Teams →
    </Link>
  );
  return (
    <Card title="Teams" action={all}>
      <Loaded asked={asked} skeleton={<Skeleton lines={4} className="h-7" />}>
        {({ organization }) => (
          <DataTable
            label="Teams"
            columns={COLUMNS}
            rows={organization?.teams.edges.map(({ node }) => node) ?? []}
            rowId={({ id }) => id}
            hasMore={organization?.teams.pageInfo.hasNextPage ?? false}
            onMore={() => asked.fetchMore({ variables: { after: organization?.teams.pageInfo.endCursor ?? null } })}
            empty={
              <Empty title="It has no team yet.">A team does the work: it has credits, keys and model groups.</Empty>
            }
          />
        )}
      </Loaded>
    </Card>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "team",
    header: "Team",
    cell: ({ id, alias }) => (
      <Link to="/teams/$id" params={{ id }} className="hover:underline">
        {alias} {alias !== id && <span className="ml-1 font-mono text-dim text-xs">{id}</span>}
      </Link>
    ),
  },
  { id: "status", header: "Status", cell: ({ status }) => <AccountChip status={status} /> },
  { id: "available", header: "Available", isNumber: true, cell: ({ credits }) => formatCount(credits.available) },
  {
    id: "held",
    header: "Held",
    isNumber: true,
    isExtra: true,
    cell: ({ credits }) => <span className="text-dim">{formatCount(credits.held)}</span>,
  },
  {
    id: "used",
    header: "Used",
    isNumber: true,
    isExtra: true,
    cell: ({ credits }) => <span className="text-dim">{formatCount(credits.used)}</span>,
  },
];
