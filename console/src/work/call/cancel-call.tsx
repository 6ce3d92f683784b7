import { useMutation } from "@apollo/client/react";
import { CancelCallDocument } from "../../api/graphql";
import { useSession } from "../../session/session";
import { Button } from "../../ui/button";
import { Failed } from "../../ui/states";

/** Ends a call that runs. */
export function CancelCall({ id, onDone }: { readonly id: string; onDone(): void }) {
  const session = useSession();
  const [cancel, { loading, error }] = useMutation(CancelCallDocument, { variables: { id } });
  if (!session.may("call.cancel")) return null;
  return (
    <div className="flex flex-col items-start gap-2">
      <Button tone="danger" disabled={loading} onClick={() => void cancel().then(onDone, () => undefined)}>
        Cancel the call
      </Button>
      {error && <Failed error={error} />}
    </div>
  );
}
