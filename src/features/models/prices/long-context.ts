import type { ModelPrice } from "../../../generated/prisma/client.js";
import { formatUsd } from "../../../lib/money.js";
import type { LongContextPrice } from "../../../upstream/pricing/admin-price.js";

/** The price of long prompts in a row of prices. Null if all prompts have the same price. */
export function longContextOf(row: LongContextColumns): LongContextPrice | null {
  const { longContextThresholdTokens: thresholdTokens } = row;
  const input = row.longContextInputNanoUsdPerMillionTokens;
  const output = row.longContextOutputNanoUsdPerMillionTokens;
  if (thresholdTokens === null || input === null || output === null) return null;
  return {
    thresholdTokens,
    inputNanoUsdPerMillionTokens: input,
    outputNanoUsdPerMillionTokens: output,
    cachedInputNanoUsdPerMillionTokens: row.longContextCachedInputNanoUsdPerMillionTokens,
  };
}

type LongContextColumns = Pick<
  ModelPrice,
  | "longContextThresholdTokens"
  | "longContextInputNanoUsdPerMillionTokens"
  | "longContextOutputNanoUsdPerMillionTokens"
  | "longContextCachedInputNanoUsdPerMillionTokens"
>;

/** The same as clients see it, in USD. */
export function shownLongContext(row: LongContextColumns) {
  const price = longContextOf(row);
  if (!price) return null;
  const { inputNanoUsdPerMillionTokens, outputNanoUsdPerMillionTokens, cachedInputNanoUsdPerMillionTokens } = price;
  return {
    thresholdTokens: price.thresholdTokens,
    inputUsdPerMillionTokens: formatUsd(inputNanoUsdPerMillionTokens),
    outputUsdPerMillionTokens: formatUsd(outputNanoUsdPerMillionTokens),
    cachedInputUsdPerMillionTokens: usdOrNull(cachedInputNanoUsdPerMillionTokens),
  };
}

export const usdOrNull = (nanoUsd: bigint | null): string | null => (nanoUsd === null ? null : formatUsd(nanoUsd));
