import { useMutation, useQuery } from "@apollo/client/react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { CreateTeamDocument, TeamChoicesDocument, TeamsDocument } from "../../api/graphql";
import { useSession } from "../../session/session";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialogs/dialog";
import { FormDialog } from "../../ui/dialogs/form-dialog";
import { SecretOnce } from "../../ui/dialogs/secret-once";
import { ChoicesField, SelectField, TextField } from "../../ui/fields";

interface Props {
  /** The organization that is chosen at first. */
  readonly organizationId: string | undefined;
  onClose(): void;
}

/** Makes a team, and shows its first key. */
export function NewTeamDialog({ organizationId, onClose }: Props) {
  const { viewer } = useSession();
  const navigate = useNavigate();
  const { data } = useQuery(TeamChoicesDocument, { variables: { isAdmin: viewer.kind === "admin" } });
  const [create] = useMutation(CreateTeamDocument, { refetchQueries: [TeamsDocument] });
  const [id, setId] = useState("");
  const [alias, setAlias] = useState("");
  const [owner, setOwner] = useState(organizationId ?? "");
  const [credits, setCredits] = useState("");
  const [groups, setGroups] = useState<readonly string[]>([]);
  const [secret, setSecret] = useState<string | null>(null);
  const organizations = data?.organizations?.edges.map(({ node }) => node) ?? [];

  async function submit() {
    const made = await create({
      variables: {
        input: {
          id: id.trim(),
          ...(alias.trim() !== "" && { alias: alias.trim() }),
          ...(owner !== "" && { organizationId: owner }),
          ...(credits.trim() !== "" && { creditsAllocated: Number(credits) }),
          modelGroups: groups,
        },
      },
    });
    setSecret(made.data?.createTeam?.virtualKey ?? null);
  }

  if (secret !== null)
    return (
      <Dialog title={`The key of ${id}`} isOpen isKept onClose={onClose}>
        <SecretOnce secret={secret} what="the key" />
        <Button tone="primary" onClick={() => navigate({ to: "/teams/$id", params: { id: id.trim() } })}>
          Go to the team
        </Button>
      </Dialog>
    );
  return (
    <FormDialog title="New team" act="Make it" onCancel={onClose} onSubmit={submit}>
      <TextField
        label="Id"
        hint="It is never changed, such as support."
        isRequired
        isMono
        value={id}
        onChange={setId}
      />
      <TextField label="Name for people" hint="Empty means the id." value={alias} onChange={setAlias} />
      {viewer.kind === "admin" && (
        <SelectField
          label="Organization"
          value={owner}
          onChange={setOwner}
          options={[
            ["", "The default organization, if there is one"],
            ...organizations.map((one) => [one.id, one.name] as const),
          ]}
        />
      )}
      <TextField
        label="Credits"
        hint={
          viewer.kind === "admin"
            ? "Given at once. Empty means none."
            : "Taken from the organization's pool. Empty means none."
        }
        type="number"
        value={credits}
        onChange={setCredits}
      />
      <ChoicesField
        label="Model groups"
        hint="Which its calls may name."
        options={data?.modelGroups?.edges.map(({ node }) => [node.name, node.displayName] as const) ?? []}
        values={groups}
        onChange={setGroups}
      />
    </FormDialog>
  );
}
