import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { type LimitsFieldsFragment, UpdateTeamDocument } from "../../../api/graphql";
import { formatCount, formatCounted } from "../../../format/numbers";
import { Button } from "../../../ui/button";
import { Card } from "../../../ui/card";
import { FormDialog } from "../../../ui/dialogs/form-dialog";
import { Facts } from "../../../ui/facts";
import { CheckField, TextField } from "../../../ui/fields";
import { Note } from "../../../ui/note";
import { Time } from "../../../ui/time";

interface Props {
  readonly title: string;
  readonly note: string;
  readonly teamId: string;
  /** Which limits of the team these are. */
  readonly field: "limits" | "defaultKeyLimits";
  readonly limits: LimitsFieldsFragment;
  readonly mayChange: boolean;
}

const shown = (limit: number | null): string => (limit === null ? "no limit" : formatCount(limit));

/** What calls may use, and the form that changes it. */
export function LimitsCard({ title, note, teamId, field, limits, mayChange }: Props) {
  const [isEdited, setIsEdited] = useState(false);
  return (
    <Card
      title={title}
      note={note}
      action={
        mayChange && (
          <Button aria-label={`Change: ${title}`} onClick={() => setIsEdited(true)}>
            Change
          </Button>
        )
      }
    >
      <Facts
        facts={[
          ["Calls a minute", shown(limits.requestsPerMinute)],
          ["Tokens a minute", shown(limits.tokensPerMinute)],
          ["Calls at once", shown(limits.concurrentCalls)],
        ]}
      />
      {limits.override && (
        <p className="mt-2 text-dim text-xs">
          Other figures hold until <Time at={limits.override.until} />.
        </p>
      )}
      {!limits.isEnforced && (
        <div className="mt-3">
          <Note tone="warn">
            They are not enforced: {formatCounted(limits.wouldRefuse, "call")} would have been refused.
          </Note>
        </div>
      )}
      {isEdited && (
        <LimitsDialog title={title} teamId={teamId} field={field} limits={limits} onClose={() => setIsEdited(false)} />
      )}
    </Card>
  );
}

type DialogProps = Pick<Props, "title" | "teamId" | "field" | "limits"> & { onClose(): void };

const textOf = (limit: number | null): string => (limit === null ? "" : String(limit));
const limitOf = (text: string): number | null => (text.trim() === "" ? null : Number(text));

function LimitsDialog({ title, teamId, field, limits, onClose }: DialogProps) {
  const [requests, setRequests] = useState(textOf(limits.requestsPerMinute));
  const [tokens, setTokens] = useState(textOf(limits.tokensPerMinute));
  const [calls, setCalls] = useState(textOf(limits.concurrentCalls));
  const [isEnforced, setIsEnforced] = useState(limits.isEnforced);
  const [update] = useMutation(UpdateTeamDocument);

  async function submit() {
    const changed = {
      requestsPerMinute: limitOf(requests),
      tokensPerMinute: limitOf(tokens),
      concurrentCalls: limitOf(calls),
      isEnforced,
    };
    await update({ variables: { input: { id: teamId, [field]: changed } } });
    onClose();
  }

  return (
    <FormDialog
      title={title}
      description="An empty field means no limit."
      act="Save"
      onCancel={onClose}
      onSubmit={submit}
    >
      <TextField label="Calls a minute" type="number" value={requests} onChange={setRequests} />
      <TextField
        label="Tokens a minute"
        hint="Prompts and answers together."
        type="number"
        value={tokens}
        onChange={setTokens}
      />
      <TextField label="Calls at once" type="number" value={calls} onChange={setCalls} />
      <CheckField
        label="Refuse calls beyond them"
        hint="Otherwise they are let through, and counted."
        isChecked={isEnforced}
        onChange={setIsEnforced}
      />
    </FormDialog>
  );
}
