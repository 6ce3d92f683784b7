import { useMutation, useQuery } from "@apollo/client/react";
import { useState } from "react";
import {
  OrganizationTeamsDocument,
  type OrganizationTeamsQuery,
  TeamGrantsDocument,
  TeamLedgerDocument,
  TransferCreditsDocument,
} from "../../../api/graphql";
import { formatCount } from "../../../format/numbers";
import { FormDialog } from "../../../ui/dialogs/form-dialog";
import { SelectField, TextField } from "../../../ui/fields";

const WAYS = [
  ["out", "From the pool to a team"],
  ["back", "From a team to the pool"],
] as const;

/** Moves credits between the pool and a team. Sending it twice by a slip moves them once. */
export function TransferDialog({ organizationId, onClose }: { readonly organizationId: string; onClose(): void }) {
  const { data } = useQuery(OrganizationTeamsDocument, { variables: { id: organizationId } });
  const [way, setWay] = useState<"out" | "back">("out");
  const [teamId, setTeamId] = useState("");
  const [credits, setCredits] = useState("");
  const [reason, setReason] = useState("");
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [transfer] = useMutation(TransferCreditsDocument, { refetchQueries: [TeamLedgerDocument, TeamGrantsDocument] });

  async function submit() {
    const team = teamId.trim();
    const sides =
      way === "out"
        ? { fromOrganizationId: organizationId, toTeamId: team }
        : { fromTeamId: team, toOrganizationId: organizationId };
    await transfer({
      variables: { input: { ...sides, credits: Number(credits), reason: reason.trim(), idempotencyKey } },
    });
    onClose();
  }

  return (
    <FormDialog
      title="Transfer credits"
      description="They keep their kind, their expiry and their reference."
      act="Transfer"
      onCancel={onClose}
      onSubmit={submit}
    >
      <SelectField label="Way" value={way} options={WAYS} onChange={setWay} />
      <TeamField teams={data?.organization?.teams} isTaker={way === "out"} value={teamId} onChange={setTeamId} />
      <TextField label="Credits" type="number" isRequired value={credits} onChange={setCredits} />
      <TextField label="Reason" hint="It stands in the ledger." isRequired value={reason} onChange={setReason} />
    </FormDialog>
  );
}

interface TeamFieldProps {
  readonly teams: NonNullable<OrganizationTeamsQuery["organization"]>["teams"] | undefined;
  /** A team that is deleted can give, but not get. */
  readonly isTaker: boolean;
  readonly value: string;
  onChange(id: string): void;
}

/** A list to choose the team from, or if there are too many for a list, a field for its id. */
function TeamField({ teams, isTaker, value, onChange }: TeamFieldProps) {
  if (!teams || teams.pageInfo.hasNextPage)
    return <TextField label="Team" hint="Its id." isRequired isMono value={value} onChange={onChange} />;
  const possible = teams.edges.map(({ node }) => node).filter(({ status }) => !isTaker || status !== "DELETED");
  const words = possible.map(
    ({ id, alias, credits }) => [id, `${alias} (${formatCount(credits.available)} available)`] as const,
  );
  return <SelectField label="Team" value={value} options={[["", "Choose one"], ...words]} onChange={onChange} />;
}
