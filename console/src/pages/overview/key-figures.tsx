import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { OverviewFiguresFragment } from "../../api/graphql";
import { Sparkline } from "../../charts/sparkline";
import { formatUsd, shareOf, usdForChart } from "../../format/money";
import { formatCount, formatShare } from "../../format/numbers";
import type { OverviewSearch } from "./overview-search";

interface Props {
  readonly now: OverviewFiguresFragment;
  readonly before: OverviewFiguresFragment;
  readonly rows: readonly { readonly figures: OverviewFiguresFragment }[];
  readonly search: OverviewSearch;
}

/** The six figures that say how it goes. Each leads to the list that it counts. */
export function KeyFigures({ now, before, rows, search }: Props) {
  const { by: _, figure: __, ...here } = search;
  const line = (figureOf: (figures: OverviewFiguresFragment) => number) => rows.map(({ figures }) => figureOf(figures));
  const unpaid = shareOf(now.unpaidJobsCostUsd, now.costUsd);
  const p95 = now.timeToFirstTokenMs?.p95;
  const p95Before = before.timeToFirstTokenMs?.p95;
  return (
    <dl className="mb-3.5 grid grid-cols-2 gap-3.5 md:grid-cols-3 xl:grid-cols-6">
      <Figure
        name={
          <Link to="/calls" search={here}>
            Cost
          </Link>
        }
        value={formatUsd(now.costUsd)}
        beside={<Change now={Number(now.costUsd)} before={Number(before.costUsd)} />}
        line={line(({ costUsd }) => usdForChart(costUsd))}
      />
      <Figure
        name={
          <Link to="/jobs" search={{ ...here, status: ["COMPLETED"] }}>
            Jobs completed
          </Link>
        }
        value={formatCount(now.jobsCompleted)}
        beside={<Change now={now.jobsCompleted} before={before.jobsCompleted} goodIs="more" />}
        line={line(({ jobsCompleted }) => jobsCompleted)}
      />
      <Figure
        name={
          <Link to="/jobs" search={here}>
            Cost per completed job
          </Link>
        }
        value={now.costPerCompletedJobUsd === null ? "–" : formatUsd(now.costPerCompletedJobUsd)}
        beside={
          // Without a completed job there is no such cost, which is not the same as none.
          now.costPerCompletedJobUsd !== null &&
          before.costPerCompletedJobUsd !== null && (
            <Change
              now={Number(now.costPerCompletedJobUsd)}
              before={Number(before.costPerCompletedJobUsd)}
              goodIs="less"
            />
          )
        }
        line={line(({ costPerCompletedJobUsd }) => usdForChart(costPerCompletedJobUsd ?? "0"))}
      />
      <Figure
        name={
          <Link to="/jobs" search={{ ...here, status: ["FAILED", "CANCELLED", "EXPIRED"] }}>
            Unpaid work
          </Link>
        }
        value={formatUsd(now.unpaidJobsCostUsd)}
        beside={unpaid === null ? "nothing was spent" : `${formatShare(unpaid)} of cost`}
        line={line(({ unpaidJobsCostUsd }) => usdForChart(unpaidJobsCostUsd))}
        colour="var(--bad)"
      />
      <Figure
        name={
          <Link to="/calls" search={here}>
            p95 to first token
          </Link>
        }
        value={p95 === undefined ? "–" : formatCount(p95)}
        unit={p95 === undefined ? "" : "ms"}
        beside={
          p95 !== undefined &&
          p95Before !== undefined && <Change now={p95} before={p95Before} goodIs="less" unit="ms" />
        }
        line={line(({ timeToFirstTokenMs }) => timeToFirstTokenMs?.p95 ?? 0)}
      />
      <Figure
        name={
          <Link to="/calls" search={here}>
            Rescued by fallback
          </Link>
        }
        value={formatCount(now.callsRescued)}
        unit={now.callsRescued === 1 ? "call" : "calls"}
        beside={
          now.calls === 0 ? "no calls" : `${formatShare(now.callsRescued / now.calls)} of ${formatCount(now.calls)}`
        }
        line={line(({ callsRescued }) => callsRescued)}
      />
    </dl>
  );
}

interface FigureProps {
  readonly name: ReactNode;
  readonly value: string;
  readonly unit?: string;
  readonly beside: ReactNode;
  readonly line: readonly number[];
  readonly colour?: string;
}

function Figure({ name, value, unit, beside, line, colour }: FigureProps) {
  return (
    <div className="min-w-0 rounded-card border bg-panel px-4 py-3">
      <dt className="truncate text-dim text-xs [&_a]:hover:underline">{name}</dt>
      <dd className="my-0.5 font-semibold text-[23px] leading-tight tracking-tight">
        {value}
        {unit && <small className="ml-1 font-medium text-dim text-sm">{unit}</small>}
      </dd>
      <dd className="flex items-end justify-between gap-2 text-dim text-xs">
        <span>{beside}</span>
        <Sparkline values={line} colour={colour} />
      </dd>
    </div>
  );
}

interface ChangeProps {
  readonly now: number;
  readonly before: number;
  /** Says which change is good for the reader. Without it, neither is. */
  readonly goodIs?: "more" | "less";
  /** Tells the difference in this unit, and not in per cent. */
  readonly unit?: string;
}

/** How a figure changed since the period before. */
function Change({ now, before, goodIs, unit }: ChangeProps) {
  if (now === before) return <span title="In the period before it was the same.">as before</span>;
  if (before === 0) return <span title="In the period before it was 0.">none before</span>;
  const isMore = now > before;
  const isGood = goodIs && (goodIs === "more") === isMore;
  const tone = !goodIs ? "" : isGood ? "text-good" : "text-bad";
  const size = unit ? `${formatCount(Math.abs(now - before))} ${unit}` : formatShare(Math.abs(now / before - 1));
  return (
    <span className={tone} title="Compared with the period before, which is as long.">
      <span aria-hidden>{isMore ? "▲" : "▼"}</span> <span className="sr-only">{isMore ? "up" : "down"}</span> {size}
    </span>
  );
}
