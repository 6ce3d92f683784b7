import { useQuery } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useAnswer } from "../../answer/use-answer";
import { CallDetailDocument, type CallDetailQuery } from "../../api/graphql";
import { Card } from "../../ui/card";
import { Failed, Loaded, Skeleton } from "../../ui/states";
import { CallStatusChip } from "../call-status";
import { shortId } from "../short-id";
import { AttemptsTable } from "./attempts-table";
import { CallAnswer } from "./call-answer";
import { CallError } from "./call-error";
import { CallMoney } from "./call-money";
import { CancelCall } from "./cancel-call";
import { CostComponents } from "./cost-components";
import { Metadata } from "./metadata";

type Call = NonNullable<CallDetailQuery["llmCall"]>;

interface Props {
  readonly callId: string;
  /** What can be done with the card, such as closing it. */
  readonly action?: ReactNode;
  /** Leads to the job, where the page is not about that. */
  readonly hasJob?: boolean;
}

/** One call: its answer, the models that were asked, its tokens and its price, each with where it comes from. */
export function CallCard({ callId, action, hasJob = false }: Props) {
  const asked = useQuery(CallDetailDocument, { variables: { id: callId } });
  return (
    <Loaded
      asked={asked}
      skeleton={
        <Card>
          <Skeleton lines={10} className="h-7" />
        </Card>
      }
    >
      {({ llmCall }) =>
        llmCall && <Detail call={llmCall} action={action} hasJob={hasJob} onEnd={() => void asked.refetch()} />
      }
    </Loaded>
  );
}

interface DetailProps extends Pick<Props, "action" | "hasJob"> {
  readonly call: Call;
  onEnd(): void;
}

function Detail({ call, action, hasJob, onEnd }: DetailProps) {
  const isRunning = call.status === "RUNNING";
  const { answer, error } = useAnswer(isRunning ? call.id : null);
  const hasEnded = isRunning && answer.finished !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call ends once.
  useEffect(() => {
    if (hasEnded) onEnd();
  }, [hasEnded]);
  return (
    <Card
      title={<span title={call.id}>{call.purpose ?? "Call"}</span>}
      note={<span className="font-mono">{shortId(call.id)}</span>}
      action={
        <span className="flex items-center gap-2">
          <CallStatusChip status={call.status} code={call.error?.code} />
          {action}
        </span>
      }
    >
      <div className="flex flex-col gap-4">
        {hasJob && (
          <Link
            to="/jobs/$id"
            params={{ id: call.job.id }}
            search={{ call: call.id }}
            className="text-accent underline"
          >
            Open its job, {call.job.jobType}
          </Link>
        )}
        {call.error && <CallError error={call.error} />}
        {error !== null && <Failed error={error} />}
        {isRunning && <CancelCall id={call.id} onDone={onEnd} />}
        <CallAnswer
          text={isRunning ? answer.text : (call.content ?? "")}
          reasoning={isRunning ? answer.reasoning : (call.reasoning ?? "")}
          toolCalls={isRunning ? answer.toolCalls : call.toolCalls}
          tokens={call.usage?.completionTokens ?? null}
          finishReason={call.finishReason}
          isRunning={isRunning}
        />
        {!isRunning && <AttemptsTable attempts={call.attempts} />}
        {!isRunning && <CallMoney call={call} />}
        {!isRunning && <CostComponents attempts={call.attempts} />}
        <Metadata title="Metadata of the call" metadata={call.metadata} />
      </div>
    </Card>
  );
}
