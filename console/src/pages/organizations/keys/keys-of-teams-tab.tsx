import { useMutation, useQuery } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { type KeyFragment, KeysOfTeamsDocument, type KeysOfTeamsQuery, RevokeKeyDocument } from "../../../api/graphql";
import { formatCount } from "../../../format/numbers";
import { useSession } from "../../../session/session";
import { Card } from "../../../ui/card";
import { ConfirmDialog } from "../../../ui/dialogs/confirm-dialog";
import { Empty, Loaded, Skeleton } from "../../../ui/states";
import { type Column, DataTable } from "../../../ui/table/data-table";
import { columnsOf, nameOf } from "../../teams/keys/key-columns";
import { RotateKeyDialog } from "../../teams/keys/rotate-key-dialog";
import type { KeysSearch } from "../organizations-search";
import { filterOf, KeysFilter } from "./keys-filter";

type Row = NonNullable<KeysOfTeamsQuery["organization"]>["virtualKeys"]["edges"][number]["node"];

interface Props {
  readonly organizationId: string;
  readonly search: KeysSearch;
  onChange(search: KeysSearch): void;
}

/** The keys of all its teams, to find those that nobody uses and those that nothing holds. */
export function KeysOfTeamsTab({ organizationId, search, onChange }: Props) {
  const session = useSession();
  const filter = filterOf(search, new Date());
  const asked = useQuery(KeysOfTeamsDocument, { variables: { id: organizationId, filter } });
  const [revoke] = useMutation(RevokeKeyDocument);
  const [rotated, setRotated] = useState<KeyFragment | null>(null);
  const [revoked, setRevoked] = useState<KeyFragment | null>(null);
  const mayChange = session.may("key.revoke");
  const columns = useMemo<readonly Column<Row>[]>(
    () => [TEAM, ...columnsOf(mayChange ? { onRotate: setRotated, onRevoke: setRevoked } : null)],
    [mayChange],
  );
  const isFiltered = Object.keys(filter).length > 0;
  const count = asked.data?.organization?.virtualKeys.totalCount;
  return (
    <Card title="Keys of its teams" note={count !== undefined && `${formatCount(count)}, newest first`}>
      <KeysFilter search={search} onChange={onChange} />
      <Loaded asked={asked} skeleton={<Skeleton lines={6} className="h-7" />}>
        {({ organization }) => (
          <DataTable
            label="Keys of its teams"
            columns={columns}
            rows={organization?.virtualKeys.edges.map(({ node }) => node) ?? []}
            rowId={({ id }) => id}
            hasMore={organization?.virtualKeys.pageInfo.hasNextPage ?? false}
            onMore={() =>
              asked.fetchMore({ variables: { after: organization?.virtualKeys.pageInfo.endCursor ?? null } })
            }
            empty={
              <Empty title={isFiltered ? "No key fits." : "Its teams have no key."}>
                {isFiltered ? "Ask for less." : "A team gets its first key when it is made."}
              </Empty>
            }
          />
        )}
      </Loaded>
      {rotated && <RotateKeyDialog keyOf={rotated} onClose={() => setRotated(null)} />}
      <ConfirmDialog
        title={`Revoke ${revoked ? nameOf(revoked) : "the key"}`}
        follows="It is refused everywhere within a second, for ever. Jobs that it opened stay open."
        name={revoked ? nameOf(revoked) : ""}
        act="Revoke"
        isOpen={revoked !== null}
        onClose={() => setRevoked(null)}
        onConfirm={() => revoke({ variables: { id: revoked?.id ?? "" } })}
      />
    </Card>
  );
}

const TEAM: Column<Row> = {
  id: "team",
  header: "Team",
  cell: ({ team }) => (
    <Link to="/teams/$id" params={{ id: team.id }} className="hover:underline">
      {team.alias}
    </Link>
  ),
};
