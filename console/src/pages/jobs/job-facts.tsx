import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { CallFactsFragment, JobFactsFragment } from "../../api/graphql";
import { formatExactUsd } from "../../format/money";
import { formatCount, formatCounted } from "../../format/numbers";
import { formatDuration } from "../../format/time";
import { Card } from "../../ui/card";
import { Note } from "../../ui/note";
import { Time } from "../../ui/time";
import { isOpenJob } from "../../work/job-status";
import { useNow } from "../../work/use-now";

interface Props {
  readonly job: JobFactsFragment;
  readonly calls: readonly CallFactsFragment[];
}

/** What a job is, what it used and what it took. */
export function JobFacts({ job, calls }: Props) {
  const { team, key, createdAt, expiresAt, costs, maxCostUsd, maxTokens, errorMessage } = job;
  return (
    <div className="mb-3.5 flex flex-col gap-3.5">
      {errorMessage !== null && <Note tone="bad">{errorMessage}</Note>}
      <Card>
        <dl className="flex flex-wrap gap-x-7 gap-y-3 tabular-nums">
          <Fact name="Team">
            <Link to="/teams/$id" params={{ id: team.id }} className="hover:underline">
              {team.alias}
            </Link>
          </Fact>
          <Fact
            name="Opened"
            more={key && <span title={`The id of the key is ${key.id}.`}>with {key.name ?? `${key.prefix}…`}</span>}
          >
            <Time at={createdAt} />
          </Fact>
          <Fact name="Duration" more={expiresAt && <>expires {<Time at={expiresAt} />}</>}>
            <Duration job={job} />
          </Fact>
          <Fact name="Calls" more={callsMore(costs, calls)}>
            {formatCount(costs.totalCalls)}
          </Fact>
          <Fact name="Tokens" more={tokensMore(costs, maxTokens)}>
            {formatCount(costs.totalTokens)}
          </Fact>
          <Fact name="Cost" more={costMore(costs, maxCostUsd)}>
            {formatExactUsd(costs.totalCostUsd)}
          </Fact>
          <Fact name="Credits" more={`${formatCount(costs.creditsRemaining)} left`}>
            {creditsOf(job)}
          </Fact>
        </dl>
      </Card>
    </div>
  );
}

function Fact({
  name,
  more,
  children,
}: {
  readonly name: string;
  readonly more?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="wrap-anywhere font-medium">{children}</dd>
      {more && <dd className="wrap-anywhere text-dim text-xs">{more}</dd>}
    </div>
  );
}

const SECOND_MS = 1_000;

/** From the opening of a job to its end, or up to now. */
function Duration({ job: { status, createdAt, completedAt } }: { readonly job: JobFactsFragment }) {
  const now = useNow(isOpenJob(status) ? SECOND_MS : null);
  const from = Date.parse(createdAt);
  return formatDuration(Math.max(0, (completedAt === null ? now : Date.parse(completedAt)) - from));
}

type Costs = JobFactsFragment["costs"];

const listed = (parts: readonly (string | false)[]): string => parts.filter(Boolean).join(" · ");

function callsMore(costs: Costs, calls: readonly CallFactsFragment[]): string {
  const tried = calls.filter(({ attempts }) => attempts.length > 1);
  const fellBack = tried.filter(({ attempts }) => attempts.some(({ model }) => model !== attempts[0]?.model)).length;
  const retried = tried.length - fellBack;
  return listed([
    costs.runningCalls > 0 && `${formatCount(costs.runningCalls)} running`,
    costs.failedCalls > 0 && `${formatCount(costs.failedCalls)} failed`,
    costs.cancelledCalls > 0 && `${formatCount(costs.cancelledCalls)} cancelled`,
    retried > 0 && `${formatCount(retried)} retried`,
    fellBack > 0 && `${formatCount(fellBack)} fell back`,
  ]);
}

function tokensMore(costs: Costs, maxTokens: number | null): string {
  return listed([
    maxTokens !== null && `of at most ${formatCount(maxTokens)}`,
    `${formatCount(costs.promptTokens)} in, ${formatCount(costs.completionTokens)} out`,
    costs.estimatedCalls > 0 && `${formatCounted(costs.estimatedCalls, "call")} estimated`,
    costs.unknownUsageCalls > 0 && `${formatCounted(costs.unknownUsageCalls, "call")} not known`,
  ]);
}

function costMore(costs: Costs, maxCostUsd: string | null): string {
  return listed([
    maxCostUsd !== null && `of at most ${formatExactUsd(maxCostUsd)}`,
    Number(costs.failedAttemptsCostUsd) > 0 && `${formatExactUsd(costs.failedAttemptsCostUsd)} in failed attempts`,
    costs.unpricedCalls > 0 && `${formatCounted(costs.unpricedCalls, "call")} without a price`,
    costs.partlyUnpricedCalls > 0 && `${formatCounted(costs.partlyUnpricedCalls, "call")} with a part without a price`,
  ]);
}

function creditsOf({ status, costs, creditEntries }: JobFactsFragment): string {
  if (!isOpenJob(status)) return `${formatCount(costs.creditsPosted)} taken`;
  return `${formatCount(creditEntries.reduce((sum, { heldCredits }) => sum + heldCredits, 0))} held`;
}
