import type { ReactNode } from "react";
import type { CallFactsFragment } from "../../api/graphql";
import { formatExactUsd } from "../../format/money";
import { formatCount, formatCounted } from "../../format/numbers";
import { formatDuration } from "../../format/time";
import { COST_SOURCE_WORDS, USAGE_SOURCE_WORDS } from "../failure-words";
import { Sub } from "./sub";

/** The tokens of a call and its price, each with where it comes from, and how long it took. */
export function CallMoney({ call }: { readonly call: CallFactsFragment }) {
  const { usage, costUsd, costSource, hasUnpricedPart, latencyMs, timeToFirstTokenMs } = call;
  return (
    <Sub title="Tokens, price and time">
      <dl className="tabular-nums">
        {usage && (
          <>
            <Line name="Prompt" more={partsOfPrompt(usage)}>
              {formatCounted(usage.promptTokens, "token")}
            </Line>
            <Line name="Completion" more={part(usage.reasoningTokens, "of reasoning")}>
              {formatCounted(usage.completionTokens, "token")}
            </Line>
            <Line name="Tokens were">{USAGE_SOURCE_WORDS[usage.source]}</Line>
          </>
        )}
        <Line name="Cost" more={hasUnpricedPart ? "without a part that has no price" : ""}>
          {costUsd === null ? "not known" : formatExactUsd(costUsd)}
        </Line>
        {costSource && <Line name="Price from">{COST_SOURCE_WORDS[costSource]}</Line>}
        <Line name="First token">
          {timeToFirstTokenMs === null ? "none came" : `after ${formatDuration(timeToFirstTokenMs)}`}
        </Line>
        {latencyMs !== null && <Line name="Took">{formatDuration(latencyMs)}</Line>}
      </dl>
    </Sub>
  );
}

const partsOfPrompt = ({
  cachedPromptTokens,
  cacheWritePromptTokens,
}: NonNullable<CallFactsFragment["usage"]>): string =>
  [part(cachedPromptTokens, "from the cache"), part(cacheWritePromptTokens, "written to the cache")]
    .filter((text) => text !== "")
    .join(", ");

const part = (tokens: number | null, of: string): string => (tokens ? `${formatCount(tokens)} of it ${of}` : "");

function Line({
  name,
  more,
  children,
}: {
  readonly name: string;
  readonly more?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex gap-3 border-t py-1.5">
      <dt>
        {name} {more && <span className="text-dim text-xs">{more}</span>}
      </dt>
      <dd className="ml-auto text-right">{children}</dd>
    </div>
  );
}
