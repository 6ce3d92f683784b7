import { useLazyQuery, useMutation } from "@apollo/client/react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  DeleteWebhookDocument,
  DeliveryCountDocument,
  type EndpointFragment,
  UpdateWebhookDocument,
} from "../../api/graphql";
import { formatCounted } from "../../format/numbers";
import { useSession } from "../../session/session";
import { Button } from "../../ui/button";
import { ConfirmDialog } from "../../ui/dialogs/confirm-dialog";
import { FormDialog } from "../../ui/dialogs/form-dialog";
import { Failed } from "../../ui/states";
import { EditWebhookDialog } from "./edit-webhook-dialog";
import { RotateSecretDialog } from "./rotate-secret-dialog";

/** What can be done with the webhook as a whole. */
export function WebhookActs({ webhook }: { readonly webhook: EndpointFragment }) {
  const { id, isEnabled } = webhook;
  const session = useSession();
  const [update, enabling] = useMutation(UpdateWebhookDocument);
  const [act, setAct] = useState<"edit" | "rotate" | "disable" | null>(null);
  const close = () => setAct(null);
  const change = (next: boolean) => update({ variables: { input: { id, isEnabled: next } } });

  if (!session.may("webhook.update")) return null;
  return (
    <>
      {enabling.error && !act && <Failed error={enabling.error} />}
      <Button onClick={() => setAct("edit")}>Edit</Button>
      <Button onClick={() => setAct("rotate")}>Rotate secret</Button>
      {isEnabled ? (
        <Button onClick={() => setAct("disable")}>Disable</Button>
      ) : (
        <Button disabled={enabling.loading} onClick={() => void change(true).catch(() => undefined)}>
          Enable
        </Button>
      )}
      {session.may("webhook.delete") && <DeleteButton webhook={webhook} />}
      {act === "edit" && <EditWebhookDialog webhook={webhook} onClose={close} />}
      {act === "rotate" && <RotateSecretDialog id={id} onClose={close} />}
      {act === "disable" && (
        <FormDialog
          title="Disable the webhook"
          description="It is told of nothing more until it is enabled again. What waits for it is given up within some seconds, and can be replayed."
          act="Disable"
          onCancel={close}
          onSubmit={() => change(false).then(close)}
        >
          {null}
        </FormDialog>
      )}
    </>
  );
}

function DeleteButton({ webhook: { id, url } }: { readonly webhook: EndpointFragment }) {
  const navigate = useNavigate();
  const [isAsked, setIsAsked] = useState(false);
  const [askCount, answer] = useLazyQuery(DeliveryCountDocument, { fetchPolicy: "no-cache" });
  const [remove] = useMutation(DeleteWebhookDocument);
  const count = answer.data?.webhook?.deliveries.totalCount;
  return (
    <>
      <Button
        tone="danger"
        onClick={() => {
          void askCount({ variables: { id } });
          setIsAsked(true);
        }}
      >
        Delete
      </Button>
      <ConfirmDialog
        title="Delete the webhook"
        follows={`Nothing more is sent to ${url}. ${count === undefined ? "Its deliveries are" : `Of it, ${formatCounted(count, "delivery is", "deliveries are")}`} deleted, too.`}
        name={new URL(url).host}
        act="Delete"
        isOpen={isAsked}
        onClose={() => setIsAsked(false)}
        onConfirm={async () => {
          await remove({
            variables: { id },
            // The page of what is gone is left before anything is asked anew.
            update: (cache) => {
              cache.evict({ fieldName: "webhooks" });
            },
          });
          await navigate({ to: "/webhooks" });
        }}
      />
    </>
  );
}
