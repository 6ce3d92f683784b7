import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import {
  DeleteModelGroupDocument,
  type GroupFragment,
  ModelGroupsDocument,
  UpdateModelGroupDocument,
} from "../../../api/graphql";
import { formatCount } from "../../../format/numbers";
import { useSession } from "../../../session/session";
import { Button } from "../../../ui/button";
import { Card } from "../../../ui/card";
import { ConfirmDialog } from "../../../ui/dialogs/confirm-dialog";
import { Failed } from "../../../ui/states";
import type { Circuit, FiguresRow } from "../model-state";
import { reordered } from "./model-lines";
import { ModelOrder } from "./model-order";

interface Props {
  readonly group: GroupFragment;
  /** Null for whoever may not see them. */
  readonly circuits: readonly Circuit[] | null;
  readonly rows: readonly FiguresRow[];
  onEdit(): void;
}

/** A group with its models. Their order is changed by dragging them. */
export function GroupCard({ group, circuits, rows, onEdit }: Props) {
  const session = useSession();
  const [update, updating] = useMutation(UpdateModelGroupDocument);
  const [remove] = useMutation(DeleteModelGroupDocument, { refetchQueries: [ModelGroupsDocument] });
  const [order, setOrder] = useState<readonly string[] | null>(null);
  const [isDeleting, setIsDeleting] = useState(false);
  const { name, displayName, description, maxOutputTokens, allowedOptions, models } = group;

  /** The new order is shown at once. If it is refused, the old one comes back. */
  async function reorder(names: readonly string[]) {
    setOrder(names);
    await update({ variables: { input: { name, models: reordered(models, names) } } }).catch(() => undefined);
    setOrder(null);
  }

  return (
    <Card
      title={displayName}
      note={displayName === name ? undefined : <span className="font-mono">{name}</span>}
      action={
        <span className="flex gap-1">
          {session.may("modelGroup.update") && (
            <Button tone="quiet" aria-label={`Edit ${name}`} onClick={onEdit}>
              Edit
            </Button>
          )}
          {session.may("modelGroup.delete") && (
            <Button tone="quiet" aria-label={`Delete ${name}`} onClick={() => setIsDeleting(true)}>
              Delete
            </Button>
          )}
        </span>
      }
    >
      {description && <p className="mb-2 text-dim">{description}</p>}
      {updating.error && <Failed error={updating.error} />}
      <ModelOrder
        group={name}
        names={order ?? models.map((model) => model.name)}
        weights={new Map(models.map((model) => [model.name, model.weight]))}
        circuits={circuits}
        rows={rows}
        onOrder={session.may("modelGroup.update") && models.length > 1 ? reorder : null}
      />
      {(maxOutputTokens !== null || allowedOptions.length > 0) && (
        <p className="mt-2 text-faint text-xs">
          {[
            maxOutputTokens !== null && `An answer has at most ${formatCount(maxOutputTokens)} tokens.`,
            allowedOptions.length > 0 && `Calls may also pass on ${allowedOptions.join(", ")}.`,
          ]
            .filter(Boolean)
            .join(" ")}
        </p>
      )}
      <ConfirmDialog
        title={`Delete ${name}`}
        follows="Teams cannot call it any more, and it is taken from their lists. Calls of the past keep its name."
        name={name}
        act="Delete"
        isOpen={isDeleting}
        onClose={() => setIsDeleting(false)}
        onConfirm={() => remove({ variables: { name } })}
      />
    </Card>
  );
}
