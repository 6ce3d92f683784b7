import { useMutation } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { CornerDownLeft, Square } from "lucide-react";
import type { Answer } from "../../answer/answer";
import { Caret } from "../../answer/streaming-text";
import { CancelCallDocument } from "../../api/graphql";
import { formatExactUsd } from "../../format/money";
import { formatCount } from "../../format/numbers";
import { formatDuration } from "../../format/time";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { Chip } from "../../ui/chip";
import { Failed } from "../../ui/states";

interface Props {
  readonly callId: string;
  readonly answer: Answer;
  readonly error: unknown;
  /** Takes the answer over into the conversation. */
  onGoOn(content: string): void;
}

/** What the call says, as it says it, and what became of it. */
export function AnswerCard({ callId, answer, error, onGoOn }: Props) {
  const [cancel, cancelling] = useMutation(CancelCallDocument);
  const { finished, text, reasoning, switches, toolCalls } = answer;
  return (
    <Card
      title="Answer"
      note={answer.model ?? "no model asked yet"}
      action={
        finished ? (
          <Chip tone={finished.status === "SUCCEEDED" ? "good" : "bad"}>{finished.status.toLowerCase()}</Chip>
        ) : (
          <Button disabled={cancelling.loading} onClick={() => void cancel({ variables: { id: callId } })}>
            <Square size={12} aria-hidden /> Cancel
          </Button>
        )
      }
    >
      {switches.map(({ from, to, reason }) => (
        <p key={`${from} ${to}`} className="mb-2 text-warn text-xs">
          {from} gave way to {to}: {reason}
        </p>
      ))}
      {reasoning && (
        <details className="mb-2 text-dim text-xs">
          <summary className="cursor-pointer">Reasoning</summary>
          <p className="mt-1 whitespace-pre-wrap">{reasoning}</p>
        </details>
      )}
      <div
        role="log"
        aria-label="Text of the answer"
        // It is read out when it is complete. Until then it would be read from its beginning four times a second.
        aria-busy={!finished && !error}
        className="rounded-control border bg-bg px-3 py-2.5"
      >
        <p className="whitespace-pre-wrap break-words">
          {text}
          {!finished && !error && <Caret />}
        </p>
        {toolCalls.map((call, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: calls of tools are told apart by their place.
          <pre key={index} className="mt-2 overflow-x-auto font-mono text-[12.5px]">
            {call.name}({call.arguments})
          </pre>
        ))}
      </div>
      {Boolean(error) && (
        <div className="mt-3">
          <Failed error={error} />
        </div>
      )}
      {finished && <Facts call={finished} />}
      {finished?.status === "SUCCEEDED" && text !== "" && (
        <Button className="mt-3" onClick={() => onGoOn(text)}>
          <CornerDownLeft size={14} aria-hidden /> Go on from here
        </Button>
      )}
    </Card>
  );
}

const SOURCES = { REPORTED: "reported by the upstream", ESTIMATED: "estimated", UNKNOWN: "unknown" } as const;

function Facts({ call }: { readonly call: NonNullable<Answer["finished"]> }) {
  const { usage, error, latencyMs, timeToFirstTokenMs, costUsd, job } = call;
  const facts: readonly (readonly [string, string])[] = [
    ["Cost", costUsd === null ? "unknown" : formatExactUsd(costUsd)],
    ["Tokens", usage ? `${formatCount(usage.totalTokens)}, ${SOURCES[usage.source]}` : "unknown"],
    ["First token", timeToFirstTokenMs === null ? "none" : formatDuration(timeToFirstTokenMs)],
    ["Duration", latencyMs === null ? "unknown" : formatDuration(latencyMs)],
  ];
  return (
    <>
      {error && (
        <p className="mt-3 text-bad">
          <span className="font-mono text-xs">{error.code}</span> {error.message}
        </p>
      )}
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-faint text-xs">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2">
        <Link to="/jobs/$id" params={{ id: job.id }} search={{ call: call.id }} className="text-accent underline">
          Its job
        </Link>
      </p>
    </>
  );
}
