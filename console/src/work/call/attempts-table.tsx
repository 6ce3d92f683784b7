import type { CallAttemptFragment } from "../../api/graphql";
import { formatExactUsd } from "../../format/money";
import { formatDuration } from "../../format/time";
import { Chip } from "../../ui/chip";
import { FAILURE_WORDS } from "../failure-words";
import { ScrollFrame } from "../scroll-frame";
import { Sub } from "./sub";

/** The models that were asked, in order, and how each of them did. */
export function AttemptsTable({ attempts }: { readonly attempts: readonly CallAttemptFragment[] }) {
  if (attempts.length === 0)
    return (
      <Sub title="Attempts">
        <p className="text-faint">No model was asked.</p>
      </Sub>
    );
  return (
    <Sub title="Attempts">
      <ScrollFrame label="Attempts">
        <table className="w-full">
          <thead className="text-left text-faint text-xs">
            <tr>
              <th className="pr-3 font-medium">#</th>
              <th className="pr-3 font-medium">Model</th>
              <th className="pr-3 font-medium">Outcome</th>
              <th className="pr-3 text-right font-medium">First token</th>
              <th className="pr-3 text-right font-medium">Took</th>
              <th className="text-right font-medium">Cost</th>
            </tr>
          </thead>
          <tbody className="tabular-nums [&_td]:border-t [&_td]:py-1.5 [&_td]:align-top">
            {attempts.map((attempt) => (
              <Attempt key={attempt.number} attempt={attempt} />
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </Sub>
  );
}

function Attempt({ attempt }: { readonly attempt: CallAttemptFragment }) {
  const { number, model, provider, upstream, status, failureKind, startedAt, firstTokenAt, endedAt, costUsd } = attempt;
  const since = (moment: string) => formatDuration(Date.parse(moment) - Date.parse(startedAt));
  return (
    <tr>
      <td className="pr-3 text-dim">{number}</td>
      <td className="whitespace-nowrap pr-3">
        {model}
        <span className="block whitespace-normal text-faint text-xs">
          {upstream !== null && `${upstream} · `}
          {provider}
        </span>
      </td>
      <td className="pr-3">
        <Outcome status={status} />
        {failureKind && <span className="mt-0.5 block text-bad text-xs">{FAILURE_WORDS[failureKind]}</span>}
      </td>
      <td className="whitespace-nowrap pr-3 text-right">{firstTokenAt === null ? "–" : since(firstTokenAt)}</td>
      <td className="whitespace-nowrap pr-3 text-right">{since(endedAt)}</td>
      <td className="text-right">{costUsd === null ? "–" : formatExactUsd(costUsd)}</td>
    </tr>
  );
}

function Outcome({ status }: Pick<CallAttemptFragment, "status">) {
  if (status === "SUCCEEDED") return <Chip tone="good">Answered</Chip>;
  if (status === "CANCELLED") return <Chip>Cancelled</Chip>;
  return <Chip tone="bad">Failed</Chip>;
}
