import type { CostComponentKind, CostOfAttemptFragment } from "../../api/graphql";
import { formatExactUsd } from "../../format/money";
import { formatCount } from "../../format/numbers";
import { ScrollFrame } from "../scroll-frame";
import { Sub } from "./sub";

/** What is paid for. */
const COMPONENT_WORDS: Readonly<Record<CostComponentKind, string>> = {
  REQUEST: "The request",
  PROMPT: "Prompt",
  CACHE_READ: "Read from the cache",
  CACHE_WRITE: "Written to the cache",
  ONE_HOUR_CACHE_WRITE: "Written to the cache for an hour",
  AUDIO_PROMPT: "Sound in the prompt",
  IMAGE_PROMPT: "Images in the prompt",
  COMPLETION: "Completion",
  AUDIO_COMPLETION: "Sound in the answer",
  IMAGE_COMPLETION: "Images in the answer",
  WEB_SEARCH: "Searches of the web",
  ANSWER: "All of it, as the upstream says",
};

/** What the cost consists of: tokens, their price, and what they cost, attempt by attempt. */
export function CostComponents({ attempts }: { readonly attempts: readonly CostOfAttemptFragment[] }) {
  const priced = attempts.filter(({ costComponents }) => costComponents.length > 0);
  if (priced.length === 0) return null;
  return (
    <Sub title="What the cost consists of">
      <ScrollFrame label="What the cost consists of">
        <table className="w-full">
          <thead className="text-left text-faint text-xs">
            <tr>
              <th className="pr-3 font-medium">Part</th>
              <th className="pr-3 text-right font-medium">Tokens</th>
              <th className="pr-3 text-right font-medium">A million costs</th>
              <th className="text-right font-medium">Cost</th>
            </tr>
          </thead>
          <tbody className="tabular-nums [&_td]:border-t [&_td]:py-1.5">
            {priced.flatMap(({ number, costComponents }) =>
              costComponents.map((part) => (
                <tr key={`${number} ${part.component}`}>
                  <td className="pr-3">
                    {COMPONENT_WORDS[part.component]}
                    {priced.length > 1 && <span className="text-faint text-xs"> of attempt {number}</span>}
                  </td>
                  <td className="pr-3 text-right">{part.tokens === null ? "–" : formatCount(part.tokens)}</td>
                  <td className="pr-3 text-right">{usdOr(part.usdPerMillionTokens, "–")}</td>
                  <td className="text-right">{usdOr(part.costUsd, "no price is known")}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </ScrollFrame>
    </Sub>
  );
}

const usdOr = (amount: string | null, otherwise: string): string =>
  amount === null ? otherwise : formatExactUsd(amount);
