import { useQuery } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { StreamingLine } from "../../answer/streaming-text";
import { useAnswer } from "../../answer/use-answer";
import { RunningNowDocument } from "../../api/graphql";
import { formatCounted } from "../../format/numbers";
import { Card } from "../../ui/card";
import { Empty, Loaded, Skeleton } from "../../ui/states";

const RENEWED_EVERY_MS = 3_000;

/** Some of the calls that run at this moment, with what they say. */
export function RunningNow() {
  const asked = useQuery(RunningNowDocument, { fetchPolicy: "no-cache", pollInterval: RENEWED_EVERY_MS });
  const calls = asked.data?.llmCalls?.edges.map(({ node }) => node) ?? [];
  return (
    <Card
      title="Running now"
      note={asked.data && formatCounted(asked.data.llmCalls?.totalCount ?? 0, "call")}
      action={<Link to="/live">Live →</Link>}
    >
      <Loaded asked={asked} skeleton={<Skeleton lines={4} className="h-11" />}>
        {() =>
          calls.length === 0 ? (
            <Empty title="No call runs at this moment." />
          ) : (
            <ul>
              {calls.map((call) => (
                <li key={call.id} className="border-t py-1.5 first:border-t-0">
                  <div className="flex">
                    <Link to="/jobs/$id" params={{ id: call.job.id }} className="hover:underline">
                      {call.team.alias} / {call.job.jobType}
                    </Link>
                    <span className="ml-auto font-mono text-dim text-xs">{call.modelGroup}</span>
                  </div>
                  <Line callId={call.id} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function Line({ callId }: { readonly callId: string }) {
  const { answer } = useAnswer(callId);
  return <StreamingLine text={answer.text} />;
}
