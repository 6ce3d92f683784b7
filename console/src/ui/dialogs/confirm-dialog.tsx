import { type ReactNode, useState } from "react";
import { Button } from "../button";
import { TextField } from "../fields";
import { Failed } from "../states";
import { Dialog } from "./dialog";
import { isSameName } from "./same-name";

interface Props {
  readonly title: string;
  /** What follows, such as "2 open jobs are cancelled." */
  readonly follows: ReactNode;
  /** What the person has to type, so that nothing is ended by a slip. */
  readonly name: string;
  /** What the button says, such as "Revoke". */
  readonly act: string;
  readonly isOpen: boolean;
  onClose(): void;
  /** Rejects with the error if the gateway refuses. */
  onConfirm(): Promise<unknown>;
}

/** Asks for the name of what is about to be ended, and says what follows. */
export function ConfirmDialog({ title, follows, name, act, isOpen, onClose, onConfirm }: Props) {
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);

  function close() {
    setTyped("");
    setError(null);
    onClose();
  }

  async function confirm() {
    setIsBusy(true);
    setError(null);
    await onConfirm().then(close, setError);
    setIsBusy(false);
  }

  return (
    <Dialog title={title} description={follows} isOpen={isOpen} onClose={close}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        {error !== null && <Failed error={error} />}
        <TextField label={`Type ${name} to go on`} value={typed} onChange={setTyped} isMono />
        <div className="flex justify-end gap-2">
          <Button onClick={close}>Keep it</Button>
          <Button type="submit" tone="danger" disabled={!isSameName(typed, name) || isBusy}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
