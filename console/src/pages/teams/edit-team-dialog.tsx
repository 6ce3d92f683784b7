import { useMutation, useQuery } from "@apollo/client/react";
import { useState } from "react";
import { TeamChoicesDocument, UpdateTeamDocument } from "../../api/graphql";
import { FormDialog } from "../../ui/dialogs/form-dialog";
import { ChoicesField, TextField } from "../../ui/fields";

interface Props {
  readonly team: {
    readonly id: string;
    readonly alias: string;
    readonly modelGroups: readonly { readonly name: string }[];
  };
  onClose(): void;
}

/** Changes a team's name and its model groups. */
export function EditTeamDialog({ team, onClose }: Props) {
  const { data } = useQuery(TeamChoicesDocument, { variables: { isAdmin: false } });
  const [update] = useMutation(UpdateTeamDocument);
  const [alias, setAlias] = useState(team.alias);
  const [groups, setGroups] = useState<readonly string[]>(team.modelGroups.map(({ name }) => name));
  const choices = data?.modelGroups?.edges.map(({ node }) => [node.name, node.displayName] as const) ?? [];

  async function submit() {
    await update({ variables: { input: { id: team.id, alias: alias.trim() || null, modelGroups: groups } } });
    onClose();
  }

  return (
    <FormDialog title={`Edit ${team.alias}`} act="Save" onCancel={onClose} onSubmit={submit}>
      <TextField label="Name for people" hint="Empty means the id." value={alias} onChange={setAlias} />
      <ChoicesField
        label="Model groups"
        hint="Which its calls may name."
        options={choices}
        values={groups}
        onChange={setGroups}
      />
    </FormDialog>
  );
}
