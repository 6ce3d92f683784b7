import { useQuery } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { max, subDays } from "date-fns";
import { CallErrorsDocument } from "../../api/graphql";
import { formatCount, formatShare } from "../../format/numbers";
import type { Range } from "../../period/period";
import { Card } from "../../ui/card";
import { Empty, Loaded, Skeleton } from "../../ui/states";
import type { OverviewSearch } from "./overview-search";

const SHOWN = 5;
/** The gateway counts the errors of at most so many days. */
const DAYS_MAX = 31;

interface Props {
  readonly range: Range;
  readonly search: OverviewSearch;
}

/** Why calls failed most often. Each leads to the calls. */
export function TopErrors({ range, search }: Props) {
  const { by: _, figure: __, ...here } = search;
  const from = max([range.from, subDays(range.to, DAYS_MAX)]);
  const asked = useQuery(CallErrorsDocument, {
    variables: {
      input: {
        from: from.toISOString(),
        to: range.to.toISOString(),
        first: SHOWN,
        ...(search.team && { filter: { teamIds: [search.team] } }),
      },
    },
  });
  return (
    <Card
      title="Errors"
      note={from > range.from ? `by cause, in the last ${DAYS_MAX} days` : "by cause"}
      action={
        <Link to="/calls" search={{ ...here, status: ["FAILED"] }}>
          Calls →
        </Link>
      }
    >
      <Loaded asked={asked} skeleton={<Skeleton lines={SHOWN} className="h-7" />}>
        {({ llmCallErrors: errors }) =>
          !errors || errors.groups.length === 0 ? (
            <Empty title="No call has failed in this period." />
          ) : (
            <table className="w-full">
              <thead className="text-left text-faint text-xs">
                <tr>
                  <th className="font-medium">Cause</th>
                  <th className="text-right font-medium">Calls</th>
                  <th className="text-right font-medium">Share</th>
                </tr>
              </thead>
              <tbody>
                {errors.groups.map(({ errorCode, model, calls }) => (
                  <tr key={`${errorCode} ${model}`}>
                    <td className="border-t py-1.5">
                      <Link
                        to="/calls"
                        search={{ ...here, status: ["FAILED"], code: [errorCode], ...(model && { model }) }}
                        className="font-mono text-[12.5px] hover:underline"
                      >
                        {errorCode}
                      </Link>
                      <span className="ml-2 text-dim text-xs">{model ?? "no model asked"}</span>
                    </td>
                    <td className="border-t py-1.5 text-right tabular-nums">{formatCount(calls)}</td>
                    <td className="border-t py-1.5 text-right text-dim tabular-nums">
                      {formatShare(calls / errors.countedCalls)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Card>
  );
}
