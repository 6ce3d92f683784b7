import { Link } from "@tanstack/react-router";
import type { JobRowFragment } from "../../api/graphql";
import { formatExactUsd } from "../../format/money";
import { formatCount } from "../../format/numbers";
import { formatDuration } from "../../format/time";
import type { Column } from "../../ui/table/data-table";
import { Time } from "../../ui/time";
import { JobStatusChip } from "../../work/job-status";
import { shortId } from "../../work/short-id";

/** What the list tells of each job. */
export const JOB_COLUMNS: readonly Column<JobRowFragment>[] = [
  {
    id: "job",
    header: "Job",
    cell: ({ id, jobType }) => (
      <Link to="/jobs/$id" params={{ id }} className="group flex items-baseline gap-2 whitespace-nowrap">
        <span className="max-w-60 truncate group-hover:underline" title={jobType}>
          {jobType}
        </span>
        <span className="font-mono text-faint text-xs">{shortId(id)}</span>
      </Link>
    ),
  },
  {
    id: "team",
    header: "Team",
    cell: ({ team }) => (
      <Link to="/teams/$id" params={{ id: team.id }} className="whitespace-nowrap text-dim hover:underline">
        {team.alias}
      </Link>
    ),
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status, errorMessage }) => (
      <span title={errorMessage ?? undefined}>
        <JobStatusChip status={status} />
      </span>
    ),
  },
  {
    id: "opened",
    header: "Opened",
    cell: ({ createdAt }) => <Time at={createdAt} className="whitespace-nowrap text-dim" />,
  },
  { id: "duration", header: "Duration", isNumber: true, isExtra: true, cell: (job) => <Duration job={job} /> },
  {
    id: "calls",
    header: "Calls",
    isNumber: true,
    cell: ({ costs }) => (
      <span className="whitespace-nowrap">
        {costs.failedCalls > 0 && <span className="text-bad">{formatCount(costs.failedCalls)} failed · </span>}
        {costs.runningCalls > 0 && <span className="text-warn">{formatCount(costs.runningCalls)} running · </span>}
        {formatCount(costs.totalCalls)}
      </span>
    ),
  },
  {
    id: "tokens",
    header: "Tokens",
    isNumber: true,
    isExtra: true,
    cell: ({ costs }) => formatCount(costs.totalTokens),
  },
  { id: "cost", header: "Cost", isNumber: true, cell: ({ costs }) => formatExactUsd(costs.totalCostUsd) },
  {
    id: "credits",
    header: "Credits",
    isNumber: true,
    isExtra: true,
    cell: ({ costs }) => formatCount(costs.creditsPosted),
  },
];

/** From the opening of a job to its end. */
function Duration({ job: { createdAt, completedAt } }: { readonly job: JobRowFragment }) {
  if (completedAt === null) return <span className="text-faint">open</span>;
  return <span className="whitespace-nowrap">{formatDuration(Date.parse(completedAt) - Date.parse(createdAt))}</span>;
}
