import { useQuery } from "@apollo/client/react";
import { getRouteApi, Link, Navigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { OrganizationsDocument, type OrganizationsQuery } from "../../api/graphql";
import { formatCount } from "../../format/numbers";
import { useSession } from "../../session/session";
import { AccountChip } from "../../ui/account-chip";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { PageHead } from "../../ui/page-head";
import { Segments } from "../../ui/segments";
import { Empty, Loaded, Skeleton } from "../../ui/states";
import { type Column, DataTable } from "../../ui/table/data-table";
import { Time } from "../../ui/time";
import { NewOrganizationDialog } from "./new-organization-dialog";

type Row = NonNullable<OrganizationsQuery["organizations"]>["edges"][number]["node"];

const route = getRouteApi("/organizations");

const STATES = [
  ["ALL", "All"],
  ["ACTIVE", "Active"],
  ["SUSPENDED", "Suspended"],
  ["DELETED", "Deleted"],
] as const;

/** All organizations. Whoever belongs to one comes to that one's own page. */
export function OrganizationsPage() {
  const { viewer } = useSession();
  if (viewer.organizationId !== null)
    return <Navigate to="/organizations/$id" params={{ id: viewer.organizationId }} replace />;
  return <OrganizationList />;
}

function OrganizationList() {
  const session = useSession();
  const navigate = route.useNavigate();
  const { status } = route.useSearch();
  const asked = useQuery(OrganizationsDocument, { variables: { status: status ?? null } });
  const [isNew, setIsNew] = useState(false);
  const create = session.may("organization.create") && (
    <Button tone="primary" onClick={() => setIsNew(true)}>
      <Plus size={14} aria-hidden /> New organization
    </Button>
  );
  return (
    <>
      <PageHead title="Organizations">
        <Segments
          label="Status"
          value={status ?? "ALL"}
          options={STATES}
          onChange={(next) => navigate({ search: next === "ALL" ? {} : { status: next } })}
        />
        {create}
      </PageHead>
      <Card>
        <Loaded asked={asked} skeleton={<Skeleton lines={8} className="h-7" />}>
          {({ organizations }) => (
            <DataTable
              label="Organizations"
              columns={COLUMNS}
              rows={organizations?.edges.map(({ node }) => node) ?? []}
              rowId={({ id }) => id}
              hasMore={organizations?.pageInfo.hasNextPage ?? false}
              onMore={() => asked.fetchMore({ variables: { after: organizations?.pageInfo.endCursor ?? null } })}
              empty={
                status ? (
                  <Empty title={`No organization is ${status.toLowerCase()}.`} />
                ) : (
                  <Empty title="There is no organization yet.">
                    <p className="mb-3">An organization is a customer. It owns teams, which do the work.</p>
                    {create}
                  </Empty>
                )
              }
            />
          )}
        </Loaded>
      </Card>
      {isNew && <NewOrganizationDialog onClose={() => setIsNew(false)} />}
    </>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "organization",
    header: "Organization",
    cell: ({ id, name }) => (
      <Link to="/organizations/$id" params={{ id }} className="hover:underline">
        {name} {name !== id && <span className="ml-1 font-mono text-dim text-xs">{id}</span>}
      </Link>
    ),
  },
  { id: "status", header: "Status", cell: ({ status }) => status && <AccountChip status={status} /> },
  { id: "teams", header: "Teams", isNumber: true, cell: ({ teams }) => formatCount(teams.totalCount) },
  {
    id: "available",
    header: "In the pool",
    isNumber: true,
    cell: ({ credits }) => credits && formatCount(credits.available),
  },
  {
    id: "granted",
    header: "Granted",
    isNumber: true,
    isExtra: true,
    cell: ({ credits }) => <span className="text-dim">{credits && formatCount(credits.granted)}</span>,
  },
  {
    id: "created",
    header: "Since",
    isExtra: true,
    cell: ({ createdAt }) => createdAt && <Time at={createdAt} className="text-dim" />,
  },
];
