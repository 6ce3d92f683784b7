import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { type EndpointFragment, UpdateWebhookDocument } from "../../api/graphql";
import { FormDialog } from "../../ui/dialogs/form-dialog";
import { ChoicesField, TextField } from "../../ui/fields";
import { EVENTS, eventsOf } from "./events";

/** Changes where events are posted to, and which. */
export function EditWebhookDialog({ webhook, onClose }: { readonly webhook: EndpointFragment; onClose(): void }) {
  const [update] = useMutation(UpdateWebhookDocument);
  const [url, setUrl] = useState(webhook.url);
  const [chosen, setChosen] = useState<readonly string[]>(webhook.events);

  async function submit() {
    await update({ variables: { input: { id: webhook.id, url: url.trim(), events: eventsOf(chosen) } } });
    onClose();
  }

  return (
    <FormDialog title="Edit the webhook" act="Save" isReady={chosen.length > 0} onCancel={onClose} onSubmit={submit}>
      <TextField label="Address" hint="Events are posted to it." type="url" isRequired value={url} onChange={setUrl} />
      <ChoicesField label="Events" hint="At least one." values={chosen} options={EVENTS} onChange={setChosen} />
    </FormDialog>
  );
}
