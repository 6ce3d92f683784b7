import { useState } from "react";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/fields";
import type { AuditSearch } from "./audit-search";

export type ChosenFilters = Pick<AuditSearch, "operation" | "actor" | "subject">;

interface Props {
  readonly chosen: ChosenFilters;
  onChange(chosen: ChosenFilters): void;
}

/** Narrows the list to one operation, one actor or one subject. Each is named as a line names it. */
export function AuditFilters({ chosen, onChange }: Props) {
  const [operation, setOperation] = useState(chosen.operation ?? "");
  const [actor, setActor] = useState(chosen.actor ?? "");
  const [subject, setSubject] = useState(chosen.subject ?? "");
  const address = JSON.stringify(chosen);
  const [shown, setShown] = useState(address);
  // The address changes also without the form, such as by going back.
  if (shown !== address) {
    setShown(address);
    setOperation(chosen.operation ?? "");
    setActor(chosen.actor ?? "");
    setSubject(chosen.subject ?? "");
  }
  return (
    <form
      className="mb-3 flex flex-wrap items-end gap-x-3 gap-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({
          ...(operation.trim() !== "" && { operation: operation.trim() }),
          ...(actor.trim() !== "" && { actor: actor.trim() }),
          ...(subject.trim() !== "" && { subject: subject.trim() }),
        });
      }}
    >
      <TextField label="Act" placeholder="createTeam" value={operation} onChange={setOperation} />
      <TextField label="By" placeholder="admin" value={actor} onChange={setActor} />
      <TextField label="On (an id)" placeholder="support" value={subject} onChange={setSubject} />
      <Button type="submit">Filter</Button>
      {Object.keys(chosen).length > 0 && (
        <Button tone="quiet" onClick={() => onChange({})}>
          Show all
        </Button>
      )}
    </form>
  );
}
