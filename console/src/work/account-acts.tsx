import { type ReactNode, useState } from "react";
import type { AccountStatus } from "../api/graphql";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/dialogs/confirm-dialog";
import { Failed } from "../ui/states";

interface Props {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  readonly status: AccountStatus | null;
  readonly may: { readonly edit: boolean; readonly suspend: boolean; readonly delete: boolean };
  /** Whatever ends something says what follows. */
  readonly suspendingDoes: string;
  readonly deletingDoes: string;
  /** Called when a person is about to suspend or delete it: what follows is to be found out. */
  onThreat(): void;
  /** Each rejects with the error if the gateway refuses. */
  onSuspend(): Promise<unknown>;
  onResume(): Promise<unknown>;
  onDelete(): Promise<unknown>;
  editor(close: () => void): ReactNode;
}

/** What can be done with a team, or with an organization, as a whole. */
export function AccountActs(props: Props) {
  const { id, name, status, may, onThreat } = props;
  const [act, setAct] = useState<"edit" | "suspend" | "delete" | null>(null);
  const close = () => setAct(null);

  function threaten(next: "suspend" | "delete") {
    onThreat();
    setAct(next);
  }

  if (status === "DELETED") return null;
  return (
    <>
      {may.edit && <Button onClick={() => setAct("edit")}>Edit</Button>}
      {may.suspend && status === "ACTIVE" && (
        <Button tone="danger" onClick={() => threaten("suspend")}>
          Suspend
        </Button>
      )}
      {may.suspend && status !== "ACTIVE" && <Resume onResume={props.onResume} />}
      {may.delete && (
        <Button tone="danger" onClick={() => threaten("delete")}>
          Delete
        </Button>
      )}
      {act === "edit" && props.editor(close)}
      <ConfirmDialog
        title={`Suspend ${name}`}
        follows={props.suspendingDoes}
        name={id}
        act="Suspend"
        isOpen={act === "suspend"}
        onClose={close}
        onConfirm={props.onSuspend}
      />
      <ConfirmDialog
        title={`Delete ${name}`}
        follows={props.deletingDoes}
        name={id}
        act="Delete"
        isOpen={act === "delete"}
        onClose={close}
        onConfirm={props.onDelete}
      />
    </>
  );
}

function Resume({ onResume }: Pick<Props, "onResume">) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function resume() {
    setIsBusy(true);
    setError(null);
    await onResume().catch(setError);
    setIsBusy(false);
  }

  return (
    <>
      {error !== null && <Failed error={error} />}
      <Button disabled={isBusy} onClick={() => void resume()}>
        Resume
      </Button>
    </>
  );
}
