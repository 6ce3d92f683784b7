import type { Rates } from "./cost-components.js";

/**
 * What a model costs, as the admin has set it, in nano-dollars per million tokens. A component whose price is null is
 * unpriced, but for cached input, which then costs what other input costs. Images cost what text costs.
 */
export interface AdminPrice {
  readonly inputNanoUsdPerMillionTokens: bigint;
  readonly outputNanoUsdPerMillionTokens: bigint;
  readonly cachedInputNanoUsdPerMillionTokens: bigint | null;
  readonly cacheWriteNanoUsdPerMillionTokens: bigint | null;
  readonly oneHourCacheWriteNanoUsdPerMillionTokens: bigint | null;
  readonly audioInputNanoUsdPerMillionTokens: bigint | null;
  readonly audioOutputNanoUsdPerMillionTokens: bigint | null;
  /** The price of input, output and cached input for prompts that are longer than a number of tokens. */
  readonly longContext: LongContextPrice | null;
}

export interface LongContextPrice {
  readonly thresholdTokens: number;
  readonly inputNanoUsdPerMillionTokens: bigint;
  readonly outputNanoUsdPerMillionTokens: bigint;
  readonly cachedInputNanoUsdPerMillionTokens: bigint | null;
}

/** The admin's prices for a prompt of this length. The whole prompt decides, and its price holds for all tokens. */
export function adminRates(price: AdminPrice, promptTokens: number): Rates {
  const { longContext } = price;
  const base = longContext && promptTokens > longContext.thresholdTokens ? longContext : price;
  const input = base.inputNanoUsdPerMillionTokens;
  return {
    PROMPT: input,
    CACHE_READ: base.cachedInputNanoUsdPerMillionTokens ?? input,
    CACHE_WRITE: price.cacheWriteNanoUsdPerMillionTokens ?? undefined,
    ONE_HOUR_CACHE_WRITE: price.oneHourCacheWriteNanoUsdPerMillionTokens ?? undefined,
    AUDIO_PROMPT: price.audioInputNanoUsdPerMillionTokens ?? undefined,
    IMAGE_PROMPT: input,
    COMPLETION: base.outputNanoUsdPerMillionTokens,
    IMAGE_COMPLETION: base.outputNanoUsdPerMillionTokens,
    AUDIO_COMPLETION: price.audioOutputNanoUsdPerMillionTokens ?? undefined,
  };
}
