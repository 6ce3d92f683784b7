import { useQuery } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { CostOfDocument } from "../../api/graphql";
import { formatUsd, usdForChart } from "../../format/money";
import { formatCount } from "../../format/numbers";
import type { Range } from "../../period/period";
import { Card } from "../../ui/card";
import { Empty, Loaded, Skeleton } from "../../ui/states";
import { useTeamNames } from "../../work/team/use-team-names";

const SHOWN = 5;
/** Below this share of what it was given, a team's credits are said to be low. */
const LOW = 0.1;

/** The teams that cost most, with what is left of their credits. */
export function TopTeams({ range, team }: { readonly range: Range; readonly team: string | undefined }) {
  const asked = useQuery(CostOfDocument, {
    variables: {
      input: {
        from: range.from.toISOString(),
        to: range.to.toISOString(),
        granularity: "ALL",
        groupBy: ["TEAM"],
        first: 1000,
        filter: team ? { teamIds: [team] } : null,
      },
    },
  });
  const teams = new Map(useTeamNames().map((node) => [node.id, node]));
  return (
    <Card title="Teams" note="by cost" action={<Link to="/teams">All →</Link>}>
      <Loaded asked={asked} skeleton={<Skeleton lines={SHOWN} className="h-7" />}>
        {({ usage }) => {
          const rows = [...(usage?.rows ?? [])]
            .sort((one, other) => usdForChart(other.figures.costUsd) - usdForChart(one.figures.costUsd))
            .slice(0, SHOWN);
          const most = usdForChart(rows[0]?.figures.costUsd ?? "0");
          if (rows.length === 0) return <Empty title="No team has worked in this period." />;
          return (
            <table className="w-full">
              <thead className="text-left text-faint text-xs">
                <tr>
                  <th className="font-medium">Team</th>
                  <th className="text-right font-medium">Cost</th>
                  <th className="w-1/4">
                    <span className="sr-only">Share</span>
                  </th>
                  <th className="text-right font-medium">Credits left</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ teamId, figures }) => {
                  const node = teams.get(teamId ?? "");
                  const isLow = node && node.credits.available < node.credits.allocated * LOW;
                  return (
                    <tr key={teamId}>
                      <td className="wrap-anywhere border-t py-1.5">
                        <Link to="/teams/$id" params={{ id: teamId ?? "" }} className="hover:underline">
                          {node?.alias ?? teamId}
                        </Link>
                      </td>
                      <td className="border-t py-1.5 text-right tabular-nums">{formatUsd(figures.costUsd)}</td>
                      <td className="border-t px-3 py-1.5">
                        <div className="h-[5px] overflow-hidden rounded-full bg-line">
                          <div
                            className="h-full bg-s1"
                            style={{ width: `${most === 0 ? 0 : (usdForChart(figures.costUsd) / most) * 100}%` }}
                          />
                        </div>
                      </td>
                      <td className={`border-t py-1.5 text-right tabular-nums ${isLow ? "text-bad" : "text-dim"}`}>
                        {node && `${formatCount(node.credits.available)} / ${formatCount(node.credits.allocated)}`}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          );
        }}
      </Loaded>
    </Card>
  );
}
