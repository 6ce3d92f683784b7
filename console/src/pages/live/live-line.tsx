import { useMutation } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { Answer } from "../../answer/answer";
import { StreamingLine } from "../../answer/streaming-text";
import { useAnswer } from "../../answer/use-answer";
import { failureOf } from "../../api/failure";
import { CancelCallDocument } from "../../api/graphql";
import { formatCounted } from "../../format/numbers";
import { formatDuration } from "../../format/time";
import { useSession } from "../../session/session";
import { Button } from "../../ui/button";
import { Chip } from "../../ui/chip";
import { CallStatusChip } from "../../work/call-status";
import { useNow } from "../../work/use-now";
import type { LiveRow } from "./live-rows";

const SECOND_MS = 1_000;
/** English text has about so many characters to a token. */
const CHARACTERS_PER_TOKEN = 4;

interface Props {
  readonly row: LiveRow;
  /** Told why the call could not be cancelled. */
  onRefused(error: unknown): void;
}

/** One running call: whose it is, what it says as it says it, and how long it has run. */
export function LiveLine({ row: { call, endedAt }, onRefused }: Props) {
  const { answer, error } = useAnswer(call.id);
  const hasEnded = answer.finished !== null || endedAt !== null;
  const name = `${call.team.alias} / ${call.job.jobType}`;
  return (
    <div className="group h-full border-t px-4 py-1.5 hover:bg-bg">
      <div className="flex items-center gap-3">
        <div className="flex min-w-0 flex-1 items-baseline gap-x-2">
          <Link
            to="/jobs/$id"
            params={{ id: call.job.id }}
            search={{ call: call.id }}
            className="truncate hover:underline"
          >
            {name}
          </Link>
          <span className="truncate text-dim text-xs max-md:hidden">
            {call.purpose && `${call.purpose} · `}
            {call.modelGroup} → {answer.model ?? "no model yet"}
          </span>
        </div>
        <Progress call={call} answer={answer} hasEnded={hasEnded} />
        <span className="flex shrink-0 justify-end md:w-44">
          {hasEnded ? <Outcome answer={answer} /> : <Cancel id={call.id} name={name} onRefused={onRefused} />}
        </span>
      </div>
      {error === null ? (
        <Text answer={answer} hasEnded={hasEnded} />
      ) : (
        <p className="truncate text-bad">{failureOf(error).message}</p>
      )}
    </div>
  );
}

function Text({ answer, hasEnded }: { readonly answer: Answer; readonly hasEnded: boolean }) {
  const { text, reasoning, toolCalls, finished } = answer;
  const said = text || toolCalls.map(({ name, arguments: given }) => `${name}(${given}`).join(" ") || reasoning;
  if (!hasEnded) return <StreamingLine text={said} />;
  return <p className="truncate text-dim">{finished?.error?.message ?? said.slice(-200).replaceAll("\n", " ")}</p>;
}

interface ProgressProps {
  readonly call: LiveRow["call"];
  readonly answer: Answer;
  readonly hasEnded: boolean;
}

/** Tokens so far and seconds, in places of fixed width, so that nothing jumps. */
function Progress({ call, answer: { text, reasoning, finished }, hasEnded }: ProgressProps) {
  const now = useNow(hasEnded ? null : SECOND_MS);
  const tokens = finished?.usage?.completionTokens;
  const about = Math.ceil((text.length + reasoning.length) / CHARACTERS_PER_TOKEN);
  const ms = finished?.latencyMs ?? Math.max(0, now - Date.parse(call.createdAt));
  return (
    <span className="flex shrink-0 text-dim text-xs tabular-nums">
      <span
        className="w-24 text-right max-md:hidden"
        title={
          tokens === undefined ? "Estimated by the length of the text. The number is known at the end." : undefined
        }
      >
        {tokens === undefined ? `≈ ${formatCounted(about, "token")}` : formatCounted(tokens, "token")}
      </span>
      <span className="w-16 text-right">
        {finished ? formatDuration(ms) : formatDuration(Math.floor(ms / SECOND_MS) * SECOND_MS).replace(/\.\d+/, "")}
      </span>
    </span>
  );
}

function Outcome({ answer: { finished } }: { readonly answer: Answer }) {
  if (!finished) return <Chip>Ended</Chip>;
  return <CallStatusChip status={finished.status} code={finished.error?.code} />;
}

interface CancelProps extends Pick<Props, "onRefused"> {
  readonly id: string;
  readonly name: string;
}

/** Cancels a call. It is there for the keyboard and for fingers, and for the pointer when it is over the row. */
function Cancel({ id, name, onRefused }: CancelProps) {
  const session = useSession();
  const [cancel, { loading, data }] = useMutation(CancelCallDocument, { variables: { id }, onError: onRefused });
  if (!session.may("call.cancel")) return null;
  const isDone = loading || Boolean(data);
  return (
    <Button
      tone="danger"
      aria-label={`Cancel ${name}`}
      disabled={isDone}
      className="px-2 py-0.5 text-xs opacity-0 focus:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
      onClick={() => void cancel()}
    >
      <X size={13} aria-hidden />
      {isDone ? "Cancelling" : "Cancel"}
    </Button>
  );
}
