import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { CreateKeyDocument, TeamKeysDocument } from "../../../api/graphql";
import { Dialog } from "../../../ui/dialogs/dialog";
import { FormDialog } from "../../../ui/dialogs/form-dialog";
import { SecretOnce } from "../../../ui/dialogs/secret-once";
import { CheckField, ChoicesField, TextField } from "../../../ui/fields";

interface Props {
  readonly teamId: string;
  readonly groups: readonly { readonly name: string; readonly displayName: string }[];
  onClose(): void;
}

/** Makes a key, and shows its secret. */
export function NewKeyDialog({ teamId, groups, onClose }: Props) {
  const [name, setName] = useState("");
  const [expires, setExpires] = useState("");
  const [isForAll, setIsForAll] = useState(true);
  const [only, setOnly] = useState<readonly string[]>([]);
  const [requests, setRequests] = useState("");
  const [jobs, setJobs] = useState("");
  const [secret, setSecret] = useState<string | null>(null);
  const [create] = useMutation(CreateKeyDocument, { refetchQueries: [TeamKeysDocument] });

  async function submit() {
    const { data } = await create({
      variables: {
        input: {
          teamId,
          ...(name.trim() !== "" && { name: name.trim() }),
          ...(expires !== "" && { expiresAt: new Date(expires).toISOString() }),
          ...(!isForAll && { modelGroups: only }),
          ...(requests !== "" && { limits: { requestsPerMinute: Number(requests) } }),
          ...(jobs !== "" && { jobAllowance: { jobs: Number(jobs), period: "MONTH" } }),
        },
      },
    });
    setSecret(data?.createVirtualKey?.virtualKey ?? null);
  }

  if (secret !== null)
    return (
      <Dialog title="The new key" isOpen isKept onClose={onClose}>
        <SecretOnce secret={secret} what="the key" />
      </Dialog>
    );
  return (
    <FormDialog title="New key" act="Make it" onCancel={onClose} onSubmit={submit}>
      <TextField label="Name" hint="Such as the program that uses it." value={name} onChange={setName} />
      <TextField
        label="Expires"
        hint="Your own time zone. Empty means never."
        type="datetime-local"
        value={expires}
        onChange={setExpires}
      />
      <TextField
        label="Calls a minute"
        hint="Empty means what the team has for its keys."
        type="number"
        value={requests}
        onChange={setRequests}
      />
      <TextField label="Jobs a month" hint="Empty means no limit." type="number" value={jobs} onChange={setJobs} />
      <CheckField
        label="All model groups of the team"
        hint="Also those that it gets later."
        isChecked={isForAll}
        onChange={setIsForAll}
      />
      {!isForAll && (
        <ChoicesField
          label="Only these model groups"
          options={groups.map((group) => [group.name, group.displayName] as const)}
          values={only}
          onChange={setOnly}
        />
      )}
    </FormDialog>
  );
}
