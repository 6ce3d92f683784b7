import { useQuery } from "@apollo/client/react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { TeamsDocument, type TeamsQuery } from "../../api/graphql";
import { formatCount } from "../../format/numbers";
import { useSession } from "../../session/session";
import { AccountChip } from "../../ui/account-chip";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { PageHead } from "../../ui/page-head";
import { Empty, Loaded, Skeleton } from "../../ui/states";
import { type Column, DataTable } from "../../ui/table/data-table";
import { Time } from "../../ui/time";
import { NewTeamDialog } from "./new-team-dialog";

type Row = NonNullable<TeamsQuery["teams"]>["edges"][number]["node"];

const route = getRouteApi("/teams");

/** All teams that the key reaches. */
export function TeamsPage() {
  const session = useSession();
  const { organization } = route.useSearch();
  const asked = useQuery(TeamsDocument, { variables: { organizationId: organization ?? null } });
  const [isNew, setIsNew] = useState(false);
  const create = session.may("team.create") && (
    <Button tone="primary" onClick={() => setIsNew(true)}>
      <Plus size={14} aria-hidden /> New team
    </Button>
  );
  return (
    <>
      <PageHead title="Teams" beside={organization && <span className="text-dim">of {organization}</span>}>
        {create}
      </PageHead>
      <Card>
        <Loaded asked={asked} skeleton={<Skeleton lines={8} className="h-7" />}>
          {({ teams }) => (
            <DataTable
              label="Teams"
              columns={COLUMNS}
              rows={teams?.edges.map(({ node }) => node) ?? []}
              rowId={({ id }) => id}
              hasMore={teams?.pageInfo.hasNextPage ?? false}
              onMore={() => asked.fetchMore({ variables: { after: teams?.pageInfo.endCursor ?? null } })}
              empty={
                <Empty title="There is no team yet.">
                  <p className="mb-3">A team does the work: it has credits, keys and model groups.</p>
                  {create}
                </Empty>
              }
            />
          )}
        </Loaded>
      </Card>
      {isNew && <NewTeamDialog organizationId={organization} onClose={() => setIsNew(false)} />}
    </>
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
    sortBy: ({ alias }) => alias,
  },
  {
    id: "organization",
    header: "Organization",
    isExtra: true,
    cell: ({ organization }) => <span className="text-dim">{organization.name}</span>,
    sortBy: ({ organization }) => organization.name,
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <AccountChip status={status} />,
    sortBy: ({ status }) => status,
  },
  {
    id: "available",
    header: "Available",
    isNumber: true,
    cell: ({ credits }) => formatCount(credits.available),
    sortBy: ({ credits }) => credits.available,
  },
  {
    id: "held",
    header: "Held",
    isNumber: true,
    isExtra: true,
    cell: ({ credits }) => <span className="text-dim">{formatCount(credits.held)}</span>,
    sortBy: ({ credits }) => credits.held,
  },
  {
    id: "used",
    header: "Used",
    isNumber: true,
    isExtra: true,
    cell: ({ credits }) => <span className="text-dim">{formatCount(credits.used)}</span>,
    sortBy: ({ credits }) => credits.used,
  },
  {
    id: "groups",
    header: "Model groups",
    isExtra: true,
    cell: ({ modelGroups }) => <span className="text-dim">{modelGroups.map(({ name }) => name).join(", ")}</span>,
  },
  {
    id: "created",
    header: "Since",
    isExtra: true,
    cell: ({ createdAt }) => <Time at={createdAt} className="text-dim" />,
    sortBy: ({ createdAt }) => createdAt,
  },
];
