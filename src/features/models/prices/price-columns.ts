/** The columns of model_prices that hold what a model costs. */
export const priceColumns = {
  inputNanoUsdPerMillionTokens: "int8",
  outputNanoUsdPerMillionTokens: "int8",
  cachedInputNanoUsdPerMillionTokens: "int8?",
  cacheWriteNanoUsdPerMillionTokens: "int8?",
  oneHourCacheWriteNanoUsdPerMillionTokens: "int8?",
  audioInputNanoUsdPerMillionTokens: "int8?",
  audioOutputNanoUsdPerMillionTokens: "int8?",
  longContextThresholdTokens: "int4?",
  longContextInputNanoUsdPerMillionTokens: "int8?",
  longContextOutputNanoUsdPerMillionTokens: "int8?",
  longContextCachedInputNanoUsdPerMillionTokens: "int8?",
} as const;
