import { useQuery, useSubscription } from "@apollo/client/react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { JobDocument, type JobFactsFragment, JobUpdatedDocument } from "../../api/graphql";
import { Card } from "../../ui/card";
import { PageHead } from "../../ui/page-head";
import { Empty, Failed, Loaded, Skeleton } from "../../ui/states";
import { CopyButton } from "../../ui/text/copy-button";
import { CallCard } from "../../work/call/call-card";
import { Metadata } from "../../work/call/metadata";
import { isOpenJob, JobStatusChip } from "../../work/job-status";
import { shortId } from "../../work/short-id";
import { EndJob } from "./end-job";
import { JobFacts } from "./job-facts";
import { JobLedger } from "./job-ledger";
import { shownCallOf } from "./shown-call";
import { Timeline } from "./timeline/timeline";
import { useJobCalls } from "./use-job-calls";

const route = getRouteApi("/jobs/$id");

/** One job: what it used, every call on one axis of time, and what the ledger has of it. One that is open is live. */
export function JobPage() {
  const { id } = route.useParams();
  const asked = useQuery(JobDocument, { variables: { id } });
  const job = asked.data?.job;
  return (
    <>
      {!job && <PageHead title="Job" above={<Link to="/jobs">Jobs</Link>} />}
      <Loaded asked={asked} skeleton={<JobSkeleton />}>
        {({ job: found }) => found && <Found key={found.id} job={found} />}
      </Loaded>
    </>
  );
}

function Found({ job }: { readonly job: JobFactsFragment }) {
  const { call } = route.useSearch();
  const { calls, isRead, error, renew } = useJobCalls(job);
  // The cache takes up what comes, and the job becomes another object.
  const { error: lost, restart } = useSubscription(JobUpdatedDocument, {
    variables: { id: job.id },
    skip: !isOpenJob(job.status),
  });
  // Each page that comes in would have another call at its end.
  const selectedId = call ?? shownCallOf((isRead && calls) || []);
  return (
    <>
      <PageHead
        title={job.jobType}
        above={<Link to="/jobs">Jobs</Link>}
        beside={
          <>
            <span className="font-mono text-dim text-xs" title={job.id}>
              {shortId(job.id)}
            </span>
            <JobStatusChip status={job.status} />
          </>
        }
      >
        <CopyButton text={location.href} label="Copy link" />
        <EndJob job={job} />
      </PageHead>
      {lost && isOpenJob(job.status) && (
        <div className="mb-3.5">
          <Failed error={lost} onAgain={restart} />
        </div>
      )}
      <JobFacts job={job} calls={calls ?? []} />
      <div className="grid gap-3.5 xl:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)] xl:grid-rows-[auto_1fr]">
        <div className="flex min-w-0 flex-col gap-3.5">
          {error !== null && <Failed error={error} onAgain={renew} />}
          {calls === null && error === null && <Skeleton className="h-[250px]" />}
          {calls && calls.length > 0 && <Timeline calls={calls} selectedId={selectedId} />}
          {calls?.length === 0 && (
            <Card title="Timeline">
              <Empty title="The job has no call so far.">
                <p>A call names the job by its id, and appears here when it begins.</p>
              </Empty>
            </Card>
          )}
        </div>
        <div id="call" className="min-w-0 scroll-mt-4 xl:row-span-2">
          {selectedId && <CallCard key={selectedId} callId={selectedId} />}
        </div>
        <div className="flex min-w-0 flex-col gap-3.5">
          <JobLedger job={job} />
          {Object.keys(job.metadata).length > 0 && (
            <Card>
              <Metadata title="Metadata of the job" metadata={job.metadata} />
            </Card>
          )}
        </div>
      </div>
    </>
  );
}

function JobSkeleton() {
  return (
    <>
      <Skeleton className="mb-3.5 h-[72px]" />
      <div className="grid gap-3.5 xl:grid-cols-[1.6fr_1fr]">
        <Skeleton className="h-[300px]" />
        <Skeleton className="h-[300px]" />
      </div>
    </>
  );
}
