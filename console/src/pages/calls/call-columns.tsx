import { Link } from "@tanstack/react-router";
import type { CallRowFragment } from "../../api/graphql";
import { formatExactUsd } from "../../format/money";
import { formatCount } from "../../format/numbers";
import { formatDuration } from "../../format/time";
import type { Column } from "../../ui/table/data-table";
import { Time } from "../../ui/time";
import { CallStatusChip } from "../../work/call-status";

const none = <span className="text-faint">–</span>;

const FIRST_COLUMNS: readonly Column<CallRowFragment>[] = [
  {
    id: "time",
    header: "Time",
    cell: ({ id, createdAt }) => (
      <Link
        from="/calls"
        to="."
        search={(search) => ({ ...search, call: id })}
        replace
        resetScroll={false}
        className="whitespace-nowrap hover:underline"
      >
        <Time at={createdAt} />
      </Link>
    ),
  },
  {
    id: "work",
    header: "Team / job",
    cell: ({ id, team, job }) => (
      <Link
        to="/jobs/$id"
        params={{ id: job.id }}
        search={{ call: id }}
        title={`${team.alias} / ${job.jobType}`}
        className="block max-w-56 truncate whitespace-nowrap hover:underline"
      >
        {team.alias} / {job.jobType}
      </Link>
    ),
  },
];

const GROUP_AND_MODEL: Column<CallRowFragment> = {
  id: "model",
  header: "Model",
  cell: ({ kind, modelGroup, model }) => (
    <span className="block max-w-72 truncate whitespace-nowrap" title={`${modelGroup} → ${model ?? "none"}`}>
      <span className="text-dim">{modelGroup} →</span> {model ?? none}
      {kind !== "CHAT" && <span className="text-faint"> ({kind.toLowerCase()})</span>}
    </span>
  ),
};

const MODEL: Column<CallRowFragment> = {
  id: "model",
  header: "Model",
  cell: ({ model }) => <span className="block max-w-44 truncate whitespace-nowrap">{model ?? none}</span>,
};

const STATUS: Column<CallRowFragment> = {
  id: "status",
  header: "Status",
  cell: ({ status, error }) => (
    <span title={error?.message}>
      <CallStatusChip status={status} code={error?.code} />
    </span>
  ),
};

const COST: Column<CallRowFragment> = {
  id: "cost",
  header: "Cost",
  isNumber: true,
  cell: ({ costUsd }) => (costUsd === null ? none : formatExactUsd(costUsd)),
};

const MORE_COLUMNS: readonly Column<CallRowFragment>[] = [
  {
    id: "attempts",
    header: "Attempts",
    isNumber: true,
    cell: ({ attempts }) => (
      <span className={attempts.length > 1 ? "text-warn" : ""}>{formatCount(attempts.length)}</span>
    ),
  },
  {
    id: "first",
    header: "First token",
    isNumber: true,
    isExtra: true,
    cell: ({ timeToFirstTokenMs }) => (timeToFirstTokenMs === null ? none : formatDuration(timeToFirstTokenMs)),
  },
  {
    id: "latency",
    header: "Took",
    isNumber: true,
    cell: ({ latencyMs }) => (latencyMs === null ? none : formatDuration(latencyMs)),
  },
  {
    id: "tokens",
    header: "Tokens",
    isNumber: true,
    isExtra: true,
    cell: ({ usage }) => (usage === null ? none : formatCount(usage.totalTokens)),
  },
];

/** What the list tells of each call. */
export const ALL_COLUMNS: readonly Column<CallRowFragment>[] = [
  ...FIRST_COLUMNS,
  GROUP_AND_MODEL,
  STATUS,
  ...MORE_COLUMNS,
  COST,
];

/** What it tells while one of them is shown beside it. */
export const FEW_COLUMNS: readonly Column<CallRowFragment>[] = [...FIRST_COLUMNS, MODEL, STATUS, COST];
