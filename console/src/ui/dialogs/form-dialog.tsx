import { type ReactNode, useState } from "react";
import { Button } from "../button";
import { Failed } from "../states";
import { Dialog } from "./dialog";

interface Props {
  readonly title: string;
  readonly description?: ReactNode;
  /** What the button says, such as "Save". */
  readonly act: string;
  /** Whether the act ends something for ever. */
  readonly isDanger?: boolean;
  /** Whether the act may be done yet. */
  readonly isReady?: boolean;
  /** What the button says that does not act. */
  readonly instead?: string;
  onCancel(): void;
  /** Rejects with the error if the gateway refuses. Otherwise it takes the dialog away, or shows another. */
  onSubmit(): Promise<unknown>;
  readonly children: ReactNode;
}

/** A form over the page. It stays, and says why, if the gateway refuses. */
export function FormDialog({
  title,
  description,
  act,
  isDanger = false,
  isReady = true,
  instead = "Cancel",
  onCancel,
  onSubmit,
  children,
}: Props) {
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit() {
    setIsBusy(true);
    setError(null);
    try {
      await onSubmit();
    } catch (refusal) {
      setError(refusal);
      setIsBusy(false);
    }
  }

  // What is on its way cannot be called back, and its answer may be a secret that is told once.
  const cancel = () => !isBusy && onCancel();

  return (
    <Dialog title={title} description={description} isOpen onClose={cancel}>
      <form
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {error !== null && <Failed error={error} />}
        {children}
        <div className="flex justify-end gap-2">
          <Button disabled={isBusy} onClick={cancel}>
            {instead}
          </Button>
          <Button type="submit" tone={isDanger ? "danger" : "primary"} disabled={!isReady || isBusy}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
