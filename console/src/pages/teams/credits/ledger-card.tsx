import { useQuery } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { TeamLedgerDocument, type TeamLedgerQuery } from "../../../api/graphql";
import { formatCount } from "../../../format/numbers";
import { Card } from "../../../ui/card";
import { Empty, Loaded, Skeleton } from "../../../ui/states";
import { type Column, DataTable } from "../../../ui/table/data-table";
import { Time } from "../../../ui/time";
import { LedgerProof } from "./ledger-proof";

type Entry = NonNullable<TeamLedgerQuery["team"]>["creditEntries"]["edges"][number]["node"];

/** The entries of the ledger as they are, and the proof that they add up. */
export function LedgerCard({ teamId }: { readonly teamId: string }) {
  const asked = useQuery(TeamLedgerDocument, { variables: { id: teamId } });
  return (
    <Card title="Ledger" note="newest first" action={<LedgerProof teamId={teamId} />}>
      <Loaded asked={asked} skeleton={<Skeleton lines={8} className="h-7" />}>
        {({ team }) => (
          <DataTable
            label="Ledger"
            columns={COLUMNS}
            rows={team?.creditEntries.edges.map(({ node }) => node) ?? []}
            rowId={({ id }) => id}
            hasMore={team?.creditEntries.pageInfo.hasNextPage ?? false}
            onMore={() => asked.fetchMore({ variables: { after: team?.creditEntries.pageInfo.endCursor ?? null } })}
            empty={<Empty title="The ledger is empty.">Its first entry comes with the first credits.</Empty>}
          />
        )}
      </Loaded>
    </Card>
  );
}

/** A movement of credits with its sign. */
const signed = (credits: number): string => `${credits > 0 ? "+" : ""}${formatCount(credits)}`;

const COLUMNS: readonly Column<Entry>[] = [
  { id: "when", header: "When", cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    id: "entry",
    header: "Entry",
    cell: ({ kind, job, reason }) => (
      <>
        <span className="font-mono text-[12.5px]">{kind}</span>{" "}
        {job ? (
          <Link to="/jobs/$id" params={{ id: job.id }} className="text-dim hover:underline">
            {job.jobType}
          </Link>
        ) : (
          <span className="text-dim">{reason}</span>
        )}
      </>
    ),
  },
  { id: "credits", header: "Credits", isNumber: true, cell: ({ credits }) => signed(credits) },
  {
    id: "held",
    header: "Held",
    isNumber: true,
    cell: ({ heldCredits }) => <span className="text-dim">{signed(heldCredits)}</span>,
  },
  { id: "after", header: "Available after", isNumber: true, cell: ({ availableAfter }) => formatCount(availableAfter) },
  {
    id: "by",
    header: "By",
    isExtra: true,
    cell: ({ actor }) => <span className="font-mono text-dim text-xs">{shortActor(actor)}</span>,
  },
];

/** Ids are long. Their beginning tells them apart. */
const shortActor = (actor: string): string => actor.replace(/([0-9a-f]{8})-[0-9a-f-]{27}/, "$1…");
