import { useMutation, useQuery } from "@apollo/client/react";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { OrganizationKeysDocument, type OwnKeyFragment, RevokeOrganizationKeyDocument } from "../../../api/graphql";
import { useSession } from "../../../session/session";
import { Button } from "../../../ui/button";
import { Card } from "../../../ui/card";
import { Chip } from "../../../ui/chip";
import { ConfirmDialog } from "../../../ui/dialogs/confirm-dialog";
import { Empty, Loaded, Skeleton } from "../../../ui/states";
import { type Column, DataTable } from "../../../ui/table/data-table";
import { Time } from "../../../ui/time";
import { NewOwnKeyDialog } from "./new-own-key-dialog";

interface Props {
  readonly organizationId: string;
  readonly isDeleted: boolean;
}

const nameOf = ({ name, prefix }: OwnKeyFragment): string => name ?? prefix;

/** The organization's own keys, with which it manages its teams. */
export function OwnKeysTab({ organizationId, isDeleted }: Props) {
  const session = useSession();
  const asked = useQuery(OrganizationKeysDocument, { variables: { id: organizationId } });
  const [revoke] = useMutation(RevokeOrganizationKeyDocument);
  const [isNew, setIsNew] = useState(false);
  const [revoked, setRevoked] = useState<OwnKeyFragment | null>(null);
  const mayRevoke = session.may("organizationKey.revoke");
  const columns = useMemo(() => columnsOf(mayRevoke ? setRevoked : null), [mayRevoke]);
  const create = !isDeleted && session.may("organizationKey.create") && (
    <Button tone="primary" onClick={() => setIsNew(true)}>
      <Plus size={14} aria-hidden /> New key
    </Button>
  );
  return (
    <Card title="Keys" note="with which the organization manages its teams" action={create}>
      <Loaded asked={asked} skeleton={<Skeleton lines={4} className="h-7" />}>
        {({ organization }) => (
          <DataTable
            label="Keys"
            columns={columns}
            rows={organization?.keys ?? []}
            rowId={({ id }) => id}
            empty={<Empty title="It has no key.">Its teams are managed by the admin alone.</Empty>}
          />
        )}
      </Loaded>
      {isNew && <NewOwnKeyDialog organizationId={organizationId} onClose={() => setIsNew(false)} />}
      <ConfirmDialog
        title={`Revoke ${revoked ? nameOf(revoked) : "the key"}`}
        follows="It is refused everywhere within a second, for ever, and its open streams end. The organization's teams and their keys stay."
        name={revoked ? nameOf(revoked) : ""}
        act="Revoke"
        isOpen={revoked !== null}
        onClose={() => setRevoked(null)}
        onConfirm={() => revoke({ variables: { id: revoked?.id ?? "" } })}
      />
    </Card>
  );
}

const TONES = { ACTIVE: "good", EXPIRED: "warn", REVOKED: "plain" } as const;

function columnsOf(onRevoke: ((key: OwnKeyFragment) => void) | null): readonly Column<OwnKeyFragment>[] {
  return [
    {
      id: "name",
      header: "Key",
      cell: ({ name, prefix }) => (
        <>
          {name ?? <span className="text-faint">no name</span>}{" "}
          <span className="ml-1 font-mono text-dim text-xs">{prefix}…</span>
        </>
      ),
    },
    { id: "status", header: "Status", cell: ({ status }) => <Chip tone={TONES[status]}>{status.toLowerCase()}</Chip> },
    { id: "used", header: "Last used", cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} /> },
    { id: "expires", header: "Expires", isExtra: true, cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
    { id: "created", header: "Since", isExtra: true, cell: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      id: "acts",
      header: "",
      isNumber: true,
      cell: (key) =>
        onRevoke &&
        key.status === "ACTIVE" && (
          <Button tone="quiet" aria-label={`Revoke ${nameOf(key)}`} onClick={() => onRevoke(key)}>
            Revoke
          </Button>
        ),
    },
  ];
}

function Moment({ at }: { readonly at: string | null }) {
  return at === null ? <span className="text-faint">never</span> : <Time at={at} className="text-dim" />;
}
