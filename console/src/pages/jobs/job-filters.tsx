import { useQuery } from "@apollo/client/react";
import { KeysOfTeamDocument } from "../../api/graphql";
import { useSession } from "../../session/session";
import { Button } from "../../ui/button";
import { FilterChoices } from "../../work/filter-choices";
import { FilterSelect } from "../../work/filter-select";
import { FilterText } from "../../work/filter-text";
import { JOB_STATUS_WORDS } from "../../work/job-status";
import { TeamPicker } from "../../work/team/team-picker";
import { withoutNothing } from "../../work/without-nothing";
import { JOB_STATUSES, type JobsSearch, metadataOf } from "./jobs-search";

interface Props {
  readonly search: JobsSearch;
  onChange(search: JobsSearch): void;
}

const STATUSES = JOB_STATUSES.map((status) => [status, JOB_STATUS_WORDS[status]] as const);

/** What the jobs are filtered by. */
export function JobFilters({ search, onChange }: Props) {
  const { status, team, type, metadata, error, key: _, ...period } = search;
  const isFiltered = Object.keys(search).length > Object.keys(period).length;
  const change = (changes: { [Name in keyof JobsSearch]: JobsSearch[Name] | undefined }) =>
    onChange(withoutNothing({ ...search, ...changes }));
  return (
    <search className="mb-3.5 flex flex-wrap items-center gap-2">
      <FilterChoices
        label="Status"
        values={status ?? []}
        options={STATUSES}
        onChange={(chosen) => change({ status: chosen.length > 0 ? chosen : undefined })}
      />
      <TeamPicker value={team} onChange={(chosen) => change({ team: chosen, key: undefined })} />
      <KeyPicker search={search} onChange={(chosen) => change({ key: chosen })} />
      <FilterText label="Job type" value={type ?? ""} onChange={(text) => change({ type: text })} />
      <FilterText
        className="w-44"
        label="Words of the error"
        value={error ?? ""}
        onChange={(text) => change({ error: text })}
      />
      <FilterText
        label="Metadata"
        placeholder='Metadata: {"name": "value"}'
        className="w-60 font-mono text-[12.5px]"
        value={metadata ? JSON.stringify(metadata) : ""}
        problemOf={(text) => (metadataOf(text) ? null : 'Metadata is a JSON object, such as {"customer": "acme"}.')}
        onChange={(text) => change({ metadata: metadataOf(text) ?? undefined })}
      />
      {isFiltered && (
        <Button tone="quiet" onClick={() => onChange(period)}>
          Show all
        </Button>
      )}
    </search>
  );
}

interface KeyProps {
  readonly search: JobsSearch;
  onChange(key: string | undefined): void;
}

/** The keys of one team. Without a team there are too many to choose from. */
function KeyPicker({ search: { team, key }, onChange }: KeyProps) {
  const { viewer } = useSession();
  const id = team ?? viewer.teamId;
  const { data } = useQuery(KeysOfTeamDocument, { skip: !id, variables: { id: id ?? "" } });
  const keys = data?.team?.virtualKeys ?? [];
  if (!id && !key) return null;
  return (
    <FilterSelect
      label="Key"
      all="All keys"
      value={key}
      options={keys.map((node) => [node.id, node.name ? `${node.name} (${node.prefix}…)` : `${node.prefix}…`])}
      onChange={onChange}
    />
  );
}
