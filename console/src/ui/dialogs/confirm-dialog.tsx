import { type ReactNode, useState } from "react";
import { TextField } from "../fields";
import { FormDialog } from "./form-dialog";
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
export function ConfirmDialog({ isOpen, ...question }: Props) {
  return isOpen && <Question {...question} />;
}

function Question({ title, follows, name, act, onClose, onConfirm }: Omit<Props, "isOpen">) {
  const [typed, setTyped] = useState("");
  return (
    <FormDialog
      title={title}
      description={follows}
      act={act}
      isDanger
      isReady={isSameName(typed, name)}
      instead="Keep it"
      onCancel={onClose}
      onSubmit={() => onConfirm().then(onClose)}
    >
      <TextField label={`Type ${name} to go on`} value={typed} onChange={setTyped} isMono />
    </FormDialog>
  );
}
