import { useQuery } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { ErrorGroupsDocument, type ErrorGroupsQuery, type LlmCallErrorsInput } from "../../api/graphql";
import { formatCount } from "../../format/numbers";
import { Card } from "../../ui/card";
import { Loaded, Skeleton } from "../../ui/states";
import { Time } from "../../ui/time";
import { ScrollFrame } from "../../work/scroll-frame";
import { withoutNothing } from "../../work/without-nothing";
import type { CallsSearch } from "./calls-search";

type Report = NonNullable<ErrorGroupsQuery["llmCallErrors"]>;
type Group = Report["groups"][number];

const RENEWED_EVERY_MS = 30_000;

/** The errors that calls ended with, by code and model. A click leaves only its calls in the list. */
export function ErrorGroups({ input, search }: { readonly input: LlmCallErrorsInput; readonly search: CallsSearch }) {
  const { previousData, ...asked } = useQuery(ErrorGroupsDocument, {
    variables: { input },
    pollInterval: RENEWED_EVERY_MS,
  });
  const report = (asked.data ?? previousData)?.llmCallErrors;
  if (report?.groups.length === 0) return null;
  return (
    <Card title="Errors" note={report && noteOf(report)} className="mb-3.5">
      <Loaded
        asked={{ ...asked, data: asked.data ?? (asked.error ? undefined : previousData) }}
        skeleton={<Skeleton lines={4} className="h-7" />}
      >
        {({ llmCallErrors }) => (
          <ScrollFrame label="Errors by code and model" className="max-h-64 overflow-auto">
            <table className="w-full whitespace-nowrap tabular-nums [&_td]:border-t [&_td]:py-1.5 [&_td]:pr-3 [&_th]:pr-3 [&_th]:font-medium">
              <thead className="text-left text-faint text-xs">
                <tr>
                  <th>Error</th>
                  <th>Model</th>
                  <th className="text-right">Calls</th>
                  <th>
                    <span className="sr-only">Share</span>
                  </th>
                  <th>Last</th>
                  <th className="w-full">What happened last</th>
                </tr>
              </thead>
              <tbody>
                {llmCallErrors?.groups.map((group) => (
                  <Row
                    key={`${group.errorCode} ${group.model}`}
                    group={group}
                    most={llmCallErrors.groups[0]?.calls ?? 1}
                    search={search}
                  />
                ))}
              </tbody>
            </table>
          </ScrollFrame>
        )}
      </Loaded>
    </Card>
  );
}

function noteOf({ isComplete, countedFrom, countedCalls, groupCount, groups }: Report) {
  return (
    <>
      {formatCount(countedCalls)} {countedCalls === 1 ? "call" : "calls"}, by code and model
      {groupCount > groups.length && `, the ${groups.length} largest of ${formatCount(groupCount)} groups`}
      {!isComplete && (
        <>
          , counted since <Time at={countedFrom} />
        </>
      )}
    </>
  );
}

interface RowProps {
  readonly group: Group;
  /** How many calls the largest group has. */
  readonly most: number;
  readonly search: CallsSearch;
}

function Row({ group: { errorCode, model, calls, lastAt, lastCall }, most, search }: RowProps) {
  const isChosen = search.code?.length === 1 && search.code[0] === errorCode && search.model === (model ?? undefined);
  const { code: _, model: __, call: ___, ...others } = search;
  const next: CallsSearch = isChosen
    ? others
    : withoutNothing<CallsSearch>({ ...others, code: [errorCode], model: model ?? undefined });
  return (
    <tr className={isChosen ? "bg-accent-soft" : "hover:bg-bg"}>
      <td>
        <Link
          to="/calls"
          search={next}
          replace
          resetScroll={false}
          aria-current={isChosen ? "true" : undefined}
          title={isChosen ? "Show the calls with all errors again." : "Show only these calls."}
          className="font-mono text-[12.5px] hover:underline"
        >
          {errorCode}
        </Link>
      </td>
      <td>{model ?? <span className="text-faint">none was asked</span>}</td>
      <td className="text-right">{formatCount(calls)}</td>
      <td>
        <div aria-hidden className="h-[5px] w-20 overflow-hidden rounded-full bg-line">
          <div className="h-full bg-bad" style={{ width: `${(calls / most) * 100}%` }} />
        </div>
      </td>
      <td className="text-dim">
        <Time at={lastAt} />
      </td>
      <td className="w-full max-w-0 truncate text-dim" title={lastCall?.error?.message}>
        {lastCall?.error?.message}
      </td>
    </tr>
  );
}
