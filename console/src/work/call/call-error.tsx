import type { CallFactsFragment } from "../../api/graphql";
import { formatDuration } from "../../format/time";

type Problem = NonNullable<CallFactsFragment["error"]>;

/** Why a call did not succeed, with what the upstream said of it. */
export function CallError({ error }: { readonly error: Problem }) {
  const { code, message, retryAfterMs, upstreamCode, upstreamParam } = error;
  const more = [
    upstreamCode && `The upstream's code is ${upstreamCode}.`,
    upstreamParam && `It blames the field ${upstreamParam}.`,
    retryAfterMs !== null && `It asked to wait ${formatDuration(retryAfterMs)}.`,
  ].filter(Boolean);
  return (
    <div className="rounded-control bg-bad-soft px-3 py-2 text-bad">
      <p className="break-words">{message}</p>
      <p className="mt-1 text-xs">
        <span className="font-mono">{code}</span> {more.join(" ")}
      </p>
    </div>
  );
}
