import { useMutation, useSubscription } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import {
  EndPlaygroundJobDocument,
  OpenPlaygroundJobDocument,
  type PlaygroundJobFragment,
  PlaygroundJobUpdatedDocument,
} from "../../api/graphql";
import { formatExactUsd } from "../../format/money";
import { formatCount, formatCounted } from "../../format/numbers";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { Failed } from "../../ui/states";
import { isOpenJob } from "../../work/job-status";

interface Props {
  /** The job that is open. Null means that each call has a job of its own. */
  readonly jobId: string | null;
  onChange(jobId: string | null): void;
  /** The credits that the team can still use. */
  readonly available: number;
}

/** A job that calls are made in, as it grows, and its end with what it cost. */
export function JobCard({ jobId, onChange, available }: Props) {
  const [open, opening] = useMutation(OpenPlaygroundJobDocument);
  const [ended, setEnded] = useState<PlaygroundJobFragment | null>(null);
  return (
    <Card title="Job" note={`${formatCounted(available, "credit")} left`}>
      {opening.error && <Failed error={opening.error} />}
      {jobId === null ? (
        <>
          {ended && (
            <p role="status" className="mb-3">
              The job has ended as {ended.status.toLowerCase()}: {formatCounted(ended.costs.totalCalls, "call")},{" "}
              {formatExactUsd(ended.costs.totalCostUsd)}, {takenOf(ended.costs.creditsPosted)}.
            </p>
          )}
          <p className="mb-3 text-dim">
            Each call opens a job of its own, and completes it. Open a job to make several calls in it, and pay once.
          </p>
          <Button
            disabled={opening.loading}
            onClick={() =>
              void open().then(
                ({ data }) => data?.createJob && onChange(data.createJob.id),
                () => undefined,
              )
            }
          >
            Open a job
          </Button>
        </>
      ) : (
        <OpenJob
          jobId={jobId}
          onEnded={(job) => {
            setEnded(job);
            onChange(null);
          }}
          onLeave={() => onChange(null)}
        />
      )}
    </Card>
  );
}

/** A job may be billed by its cost or its tokens, and then takes more than one. */
function takenOf(credits: number): string {
  if (credits === 0) return "no credit was taken";
  return credits === 1 ? "one credit was taken" : `${formatCount(credits)} credits were taken`;
}

interface OpenJobProps {
  readonly jobId: string;
  /** Told when it has ended, here or elsewhere. */
  onEnded(job: PlaygroundJobFragment): void;
  /** Leaves a job that cannot be followed. */
  onLeave(): void;
}

function OpenJob({ jobId, onEnded, onLeave }: OpenJobProps) {
  const { data, error } = useSubscription(PlaygroundJobUpdatedDocument, {
    variables: { jobId },
    fetchPolicy: "no-cache",
  });
  const [end, ending] = useMutation(EndPlaygroundJobDocument);
  const job = data?.jobUpdated;
  const costs = job?.costs;
  const hasEnded = job !== undefined && !isOpenJob(job.status);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a job ends once.
  useEffect(() => {
    if (hasEnded) onEnded(job);
  }, [hasEnded]);
  const endAs = (status: "COMPLETED" | "CANCELLED") =>
    end({ variables: { input: { jobId, status } } }).then(
      ({ data: done }) => done?.completeJob && onEnded(done.completeJob.job),
      () => undefined,
    );
  const facts: readonly (readonly [string, string])[] = costs
    ? [
        ["Calls", `${formatCount(costs.totalCalls)}${costs.runningCalls > 0 ? `, ${costs.runningCalls} running` : ""}`],
        ["Tokens", formatCount(costs.totalTokens)],
        ["Cost", formatExactUsd(costs.totalCostUsd)],
      ]
    : [];
  return (
    <>
      {Boolean(error ?? ending.error) && <Failed error={error ?? ending.error} />}
      <p>
        Calls are made in{" "}
        <Link to="/jobs/$id" params={{ id: jobId }} className="font-mono text-[12.5px] text-accent underline">
          {jobId.slice(0, 8)}
        </Link>
        . One credit is held for it.
      </p>
      <dl className="my-3 flex min-h-10 flex-wrap gap-x-6 gap-y-1">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-faint text-xs">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="flex gap-2">
        {Boolean(error) && <Button onClick={onLeave}>Go on without it</Button>}
        <Button tone="primary" disabled={ending.loading} onClick={() => void endAs("COMPLETED")}>
          Complete it
        </Button>
        <Button disabled={ending.loading} onClick={() => void endAs("CANCELLED")}>
          Cancel it
        </Button>
      </div>
    </>
  );
}
