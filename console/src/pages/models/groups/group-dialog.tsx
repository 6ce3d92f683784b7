import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import {
  CreateModelGroupDocument,
  type GroupFragment,
  ModelGroupsDocument,
  UpdateModelGroupDocument,
} from "../../../api/graphql";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialogs/dialog";
import { TextField } from "../../../ui/fields";
import { Failed } from "../../../ui/states";
import { linesOfModels, modelsOfLines } from "./model-lines";

interface Props {
  /** The group that is changed, or null for a new one. */
  readonly group: GroupFragment | null;
  onClose(): void;
}

/** Makes a group, or changes one. */
export function GroupDialog({ group, onClose }: Props) {
  const [name, setName] = useState(group?.name ?? "");
  const [displayName, setDisplayName] = useState(group?.displayName ?? "");
  const [description, setDescription] = useState(group?.description ?? "");
  const [models, setModels] = useState(group ? linesOfModels(group.models) : "");
  const [maxOutputTokens, setMaxOutputTokens] = useState(group?.maxOutputTokens?.toString() ?? "");
  const [create, creating] = useMutation(CreateModelGroupDocument, { refetchQueries: [ModelGroupsDocument] });
  const [update, updating] = useMutation(UpdateModelGroupDocument);

  async function save() {
    const shared = {
      name: name.trim(),
      ...(displayName.trim() !== "" && { displayName: displayName.trim() }),
      ...(description.trim() !== "" && { description: description.trim() }),
      models: modelsOfLines(models),
    };
    const most = maxOutputTokens.trim();
    if (group) await update({ variables: { input: { ...shared, maxOutputTokens: Number(most) } } });
    else await create({ variables: { input: { ...shared, ...(most !== "" && { maxOutputTokens: Number(most) }) } } });
    onClose();
  }

  const error = creating.error ?? updating.error;
  return (
    <Dialog title={group ? `Edit ${group.name}` : "New model group"} isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          void save().catch(() => undefined);
        }}
      >
        {error && <Failed error={error} />}
        {!group && (
          <TextField
            label="Name"
            hint="Calls give it as their model group. It is never changed."
            isRequired
            value={name}
            onChange={setName}
          />
        )}
        <TextField label="Name for people" hint="Empty means the name." value={displayName} onChange={setDisplayName} />
        <TextField label="What it is for" value={description} onChange={setDescription} lines={2} />
        <TextField
          label="Models"
          hint={
            'One a line, as "upstream/model". They are tried in this order. Neighbours with weights, such as "east/gpt-4o = 3", share the calls.'
          }
          isRequired
          isMono
          lines={4}
          value={models}
          onChange={setModels}
        />
        <TextField
          label="Most tokens of an answer"
          hint="Empty means no limit."
          type="number"
          value={maxOutputTokens}
          onChange={setMaxOutputTokens}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={creating.loading || updating.loading}>
            {group ? "Save" : "Make it"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
