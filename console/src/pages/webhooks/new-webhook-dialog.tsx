import { useMutation, useQuery } from "@apollo/client/react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { CreateWebhookDocument, WebhookOwnersDocument, WebhooksDocument } from "../../api/graphql";
import { useSession } from "../../session/session";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialogs/dialog";
import { FormDialog } from "../../ui/dialogs/form-dialog";
import { SecretOnce } from "../../ui/dialogs/secret-once";
import { ChoicesField, SelectField, TextField } from "../../ui/fields";
import { EVENTS, eventsOf } from "./events";

/** Makes a webhook, and shows what its requests are signed with. */
export function NewWebhookDialog({ onClose }: { onClose(): void }) {
  const { viewer } = useSession();
  const navigate = useNavigate();
  const isAdmin = viewer.kind === "admin";
  const { data } = useQuery(WebhookOwnersDocument, { skip: !isAdmin });
  const [create] = useMutation(CreateWebhookDocument, { refetchQueries: [WebhooksDocument] });
  const [url, setUrl] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [owner, setOwner] = useState("");
  const [teamId, setTeamId] = useState("");
  const [made, setMade] = useState<{ readonly id: string; readonly secret: string } | null>(null);
  const owners = data?.organizations?.edges.map(({ node }) => node).filter(({ status }) => status !== "DELETED") ?? [];

  async function submit() {
    const { data: answer } = await create({
      variables: {
        input: {
          url: url.trim(),
          events: eventsOf(chosen),
          ...(owner !== "" && { organizationId: owner }),
          ...(teamId.trim() !== "" && { teamId: teamId.trim() }),
        },
      },
    });
    const payload = answer?.createWebhook;
    setMade(payload ? { id: payload.webhook.id, secret: payload.secret } : null);
  }

  if (made)
    return (
      <Dialog title="The secret of the webhook" isOpen onClose={onClose}>
        <SecretOnce secret={made.secret} what="the secret" />
        <p className="text-dim">The receiver checks with it that a request comes from here.</p>
        <Button tone="primary" onClick={() => navigate({ to: "/webhooks/$id", params: { id: made.id } })}>
          Go to the webhook
        </Button>
      </Dialog>
    );
  return (
    <FormDialog
      title="New webhook"
      description="It is told of what happens from now on."
      act="Make it"
      isReady={chosen.length > 0}
      onCancel={onClose}
      onSubmit={submit}
    >
      <TextField label="Address" hint="Events are posted to it." type="url" isRequired value={url} onChange={setUrl} />
      <ChoicesField label="Events" hint="At least one." values={chosen} options={EVENTS} onChange={setChosen} />
      {isAdmin && (
        <SelectField
          label="Told of"
          value={owner}
          onChange={setOwner}
          options={[["", "Everything"], ...owners.map(({ id, name }) => [id, `All teams of ${name}`] as const)]}
        />
      )}
      <TextField
        label="Only this team"
        hint="The id of a team. Empty means all."
        isMono
        value={teamId}
        onChange={setTeamId}
      />
    </FormDialog>
  );
}
