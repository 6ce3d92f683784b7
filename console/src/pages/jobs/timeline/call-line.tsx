import { Link } from "@tanstack/react-router";
import { StreamingLine } from "../../../answer/streaming-text";
import { useAnswer } from "../../../answer/use-answer";
import type { CallFactsFragment } from "../../../api/graphql";
import { formatExactUsd } from "../../../format/money";
import { formatDuration } from "../../../format/time";
import { CALL_STATUS_WORDS } from "../../../work/call-status";
import { type Bar, detourOf } from "./bars";
import { GRID } from "./grid";
import { Lane } from "./lane";
import type { Scale } from "./scale";

interface Props {
  readonly call: CallFactsFragment;
  readonly bar: Bar;
  readonly pauses: Scale["pauses"];
  readonly colours: ReadonlyMap<string, string>;
  readonly isSelected: boolean;
}

/** Where the selected call is below the timeline, it is brought into sight. */
const BESIDE = "(min-width: 80rem)";

/** One call of the timeline: what it is, its bar and its cost. It opens the call beside the timeline. */
export function CallLine({ call, bar, pauses, colours, isSelected }: Props) {
  const { id, purpose, modelGroup, model, status, latencyMs } = call;
  const isRunning = status === "RUNNING";
  return (
    <Link
      from="/jobs/$id"
      to="."
      search={{ call: id }}
      replace
      resetScroll={false}
      aria-current={isSelected ? "true" : undefined}
      onClick={() => matchMedia(BESIDE).matches || document.getElementById("call")?.scrollIntoView()}
      className={`${GRID} border-t px-4 py-1 hover:bg-bg aria-[current=true]:bg-accent-soft`}
    >
      <div className="min-w-0">
        <p className="truncate">{purpose ?? modelGroup}</p>
        {isRunning ? <Text callId={id} /> : <p className="truncate text-dim text-xs">{detourOf(call) ?? model}</p>}
        <span className="sr-only">
          {CALL_STATUS_WORDS[status]}
          {latencyMs !== null && ` after ${formatDuration(latencyMs)}`}
        </span>
      </div>
      <Lane bar={bar} pauses={pauses} colours={colours} isRunning={isRunning} />
      <div className={`text-right text-xs tabular-nums ${status === "FAILED" ? "text-bad" : ""}`}>
        <Money call={call} />
      </div>
    </Link>
  );
}

function Money({ call: { status, costUsd } }: { readonly call: CallFactsFragment }) {
  if (costUsd !== null) return formatExactUsd(costUsd);
  if (status === "SUCCEEDED") return <span className="text-dim">no price</span>;
  return CALL_STATUS_WORDS[status].toLowerCase();
}

function Text({ callId }: { readonly callId: string }) {
  const { answer } = useAnswer(callId);
  return (
    <div className="text-xs">
      <StreamingLine text={answer.text || answer.reasoning} />
    </div>
  );
}
