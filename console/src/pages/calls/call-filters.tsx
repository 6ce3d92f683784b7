import { useQuery } from "@apollo/client/react";
import { type ErrorCode, ModelGroupNamesDocument } from "../../api/graphql";
import { Button } from "../../ui/button";
import { CALL_STATUS_WORDS } from "../../work/call-status";
import { FilterChoices } from "../../work/filter-choices";
import { FilterSelect } from "../../work/filter-select";
import { FilterText } from "../../work/filter-text";
import { TeamPicker } from "../../work/team/team-picker";
import { withoutNothing } from "../../work/without-nothing";
import { CALL_ERRORS, CALL_STATUSES, type CallsSearch } from "./calls-search";

interface Props {
  readonly search: CallsSearch;
  onChange(search: CallsSearch): void;
}

const STATUSES = CALL_STATUSES.map((status) => [status, CALL_STATUS_WORDS[status]] as const);
const CODES = CALL_ERRORS.map((code) => [code, code] as const);

/** What the calls are filtered by. */
export function CallFilters({ search, onChange }: Props) {
  const groups = useQuery(ModelGroupNamesDocument).data?.modelGroups?.edges ?? [];
  const { status, code, model, group, team, type, error, call: _, ...period } = search;
  const isFiltered = [status, code, model, group, team, type, error].some((filter) => filter !== undefined);
  const change = (changes: { [Name in keyof CallsSearch]: CallsSearch[Name] | undefined }) =>
    onChange(withoutNothing({ ...search, ...changes }));
  return (
    <search className="mb-3.5 flex flex-wrap items-center gap-2">
      <FilterChoices
        label="Status"
        values={status ?? []}
        options={STATUSES}
        onChange={(chosen) => change({ status: chosen.length > 0 ? chosen : undefined })}
      />
      <TeamPicker value={team} onChange={(chosen) => change({ team: chosen })} />
      <FilterSelect
        label="Model group"
        all="All model groups"
        value={group}
        options={groups.map(({ node }) => [node.name, node.name])}
        onChange={(chosen) => change({ group: chosen })}
      />
      <FilterSelect
        label="Error code"
        all="All error codes"
        value={code?.length === 1 ? code[0] : undefined}
        options={CODES}
        onChange={(chosen) => change({ code: chosen ? [chosen as ErrorCode] : undefined })}
      />
      <FilterText label="Model" value={model ?? ""} onChange={(text) => change({ model: text })} />
      <FilterText label="Job type" value={type ?? ""} onChange={(text) => change({ type: text })} />
      <FilterText
        label="Words of the error"
        className="w-44"
        value={error ?? ""}
        onChange={(text) => change({ error: text })}
      />
      {isFiltered && (
        <Button tone="quiet" onClick={() => onChange(period)}>
          Show all
        </Button>
      )}
    </search>
  );
}
