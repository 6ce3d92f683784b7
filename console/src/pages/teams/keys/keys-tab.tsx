import { useMutation, useQuery } from "@apollo/client/react";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { type KeyFragment, RevokeKeyDocument, TeamKeysDocument } from "../../../api/graphql";
import { useSession } from "../../../session/session";
import { Button } from "../../../ui/button";
import { Card } from "../../../ui/card";
import { ConfirmDialog } from "../../../ui/dialogs/confirm-dialog";
import { Empty, Loaded, Skeleton } from "../../../ui/states";
import { DataTable } from "../../../ui/table/data-table";
import { columnsOf, nameOf } from "./key-columns";
import { NewKeyDialog } from "./new-key-dialog";
import { RotateKeyDialog } from "./rotate-key-dialog";

/** The team's keys, without their secrets. */
export function KeysTab({ teamId }: { readonly teamId: string }) {
  const session = useSession();
  const asked = useQuery(TeamKeysDocument, { variables: { id: teamId } });
  const [revoke] = useMutation(RevokeKeyDocument);
  const [isNew, setIsNew] = useState(false);
  const [rotated, setRotated] = useState<KeyFragment | null>(null);
  const [revoked, setRevoked] = useState<KeyFragment | null>(null);
  const mayChange = session.may("key.create");
  const columns = useMemo(
    () => columnsOf(mayChange ? { onRotate: setRotated, onRevoke: setRevoked } : null),
    [mayChange],
  );
  return (
    <Card
      title="Keys"
      action={
        mayChange && (
          <Button tone="primary" onClick={() => setIsNew(true)}>
            <Plus size={14} aria-hidden /> New key
          </Button>
        )
      }
    >
      <Loaded asked={asked} skeleton={<Skeleton lines={4} className="h-7" />}>
        {({ team }) => (
          <>
            <DataTable
              label="Keys"
              columns={columns}
              rows={team?.virtualKeys ?? []}
              rowId={({ id }) => id}
              empty={<Empty title="The team has no key.">Nobody can work for it.</Empty>}
            />
            {isNew && <NewKeyDialog teamId={teamId} groups={team?.modelGroups ?? []} onClose={() => setIsNew(false)} />}
          </>
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
