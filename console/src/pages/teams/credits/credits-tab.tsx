import { useQuery } from "@apollo/client/react";
import { useState } from "react";
import { TeamGrantsDocument, type TeamGrantsQuery } from "../../../api/graphql";
import { formatCount } from "../../../format/numbers";
import { useSession } from "../../../session/session";
import { Button } from "../../../ui/button";
import { Card } from "../../../ui/card";
import { Empty, Loaded, Skeleton } from "../../../ui/states";
import { type Column, DataTable } from "../../../ui/table/data-table";
import { Time } from "../../../ui/time";
import { AddCreditsDialog } from "./add-credits-dialog";
import { AdjustCreditsDialog } from "./adjust-credits-dialog";
import { LedgerCard } from "./ledger-card";

type Grant = NonNullable<TeamGrantsQuery["team"]>["creditGrants"]["edges"][number]["node"];

/** What the team was given, and every entry of its ledger. */
export function CreditsTab({ teamId }: { readonly teamId: string }) {
  const session = useSession();
  const asked = useQuery(TeamGrantsDocument, { variables: { id: teamId } });
  const [act, setAct] = useState<"add" | "adjust" | null>(null);
  const close = () => setAct(null);
  return (
    <div className="grid gap-3.5 xl:grid-cols-[1.75fr_1fr]">
      <LedgerCard teamId={teamId} />
      <Card
        title="Grants"
        note="newest first"
        className="self-start"
        action={
          <span className="flex gap-2">
            {session.may("credits.add") && <Button onClick={() => setAct("add")}>Add credits</Button>}
            {session.may("credits.adjust") && <Button onClick={() => setAct("adjust")}>Adjust</Button>}
          </span>
        }
      >
        <Loaded asked={asked} skeleton={<Skeleton lines={4} className="h-7" />}>
          {({ team }) => (
            <DataTable
              label="Grants"
              columns={GRANTS}
              rows={team?.creditGrants.edges.map(({ node }) => node) ?? []}
              rowId={({ id }) => id}
              empty={<Empty title="Nothing was given yet." />}
            />
          )}
        </Loaded>
      </Card>
      {act === "add" && <AddCreditsDialog teamId={teamId} onClose={close} />}
      {act === "adjust" && <AdjustCreditsDialog teamId={teamId} onClose={close} />}
    </div>
  );
}

const GRANTS: readonly Column<Grant>[] = [
  { id: "when", header: "When", cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    id: "what",
    header: "Kind",
    cell: ({ category, reference }) => <span className="text-dim">{reference ?? category.toLowerCase()}</span>,
  },
  { id: "credits", header: "Credits", isNumber: true, cell: ({ credits }) => formatCount(credits) },
  { id: "left", header: "Left", isNumber: true, cell: ({ remaining }) => formatCount(remaining) },
  {
    id: "expires",
    header: "Expires",
    cell: ({ expiresAt }) => (expiresAt ? <Time at={expiresAt} /> : <span className="text-faint">never</span>),
  },
];
