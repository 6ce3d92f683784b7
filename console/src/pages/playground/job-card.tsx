import { useMutation, useSubscription } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import {
  EndPlaygroundJobDocument,
  OpenPlaygroundJobDocument,
  type PlaygroundJobFragment,
  PlaygroundJobUpdatedDocument,
} from "../../api/graphql";
import { formatExactUsd } from "../../format/money";
import { formatCount } from "../../format/numbers";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { Failed } from "../../ui/states";

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
  const [ended, setEnded] = useState<{ readonly job: PlaygroundJobFragment; readonly isPaid: boolean } | null>(null);
  return (
    <Card title="Job" note={`${formatCount(available)} credits left`}>
      {opening.error && <Failed error={opening.error} />}
      {jobId === null ? (
        <>
          {ended && (
            <p role="status" className="mb-3">
              The job has ended as {ended.job.status.toLowerCase()}: {formatCount(ended.job.costs.totalCalls)} calls,{" "}
              {formatExactUsd(ended.job.costs.totalCostUsd)},{" "}
              {ended.isPaid ? "one credit was taken" : "no credit was taken"}.
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
          onEnded={(job, isPaid) => {
            setEnded({ job, isPaid });
            onChange(null);
          }}
        />
      )}
    </Card>
  );
}

interface OpenJobProps {
  readonly jobId: string;
  onEnded(job: PlaygroundJobFragment, isPaid: boolean): void;
}

function OpenJob({ jobId, onEnded }: OpenJobProps) {
  const { data, error } = useSubscription(PlaygroundJobUpdatedDocument, {
    variables: { jobId },
    fetchPolicy: "no-cache",
  });
  const [end, ending] = useMutation(EndPlaygroundJobDocument);
  const costs = data?.jobUpdated.costs;
  const endAs = (status: "COMPLETED" | "CANCELLED") =>
    end({ variables: { input: { jobId, status } } }).then(
      ({ data: done }) => done?.completeJob && onEnded(done.completeJob.job, done.completeJob.costs.creditApplied),
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
