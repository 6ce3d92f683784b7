import type { PriceFragment, SetModelPriceInput } from "../../../api/graphql";

/** What is written into the form, by the names of its fields. Empty means that nothing is. */
export type PriceFormValues = Readonly<Record<PriceField, string>>;

type PriceField = (typeof PRICE_FIELDS)[number]["name"] | (typeof LONG_FIELDS)[number]["name"];

const UNPRICED = "Empty means that such a part of a call has no price.";

export const PRICE_FIELDS = [
  { name: "input", label: "Input", isRequired: true, placeholder: "0.15" },
  { name: "output", label: "Output", isRequired: true, placeholder: "0.60" },
  { name: "cachedInput", label: "Cached input", hint: "Empty means that it costs what other input costs." },
  { name: "cacheWrite", label: "Cache write, 5 minutes", hint: UNPRICED },
  { name: "oneHourCacheWrite", label: "Cache write, an hour", hint: UNPRICED },
  { name: "audioInput", label: "Audio input", hint: UNPRICED },
  { name: "audioOutput", label: "Audio output", hint: UNPRICED },
] as const;

export const LONG_FIELDS = [
  { name: "threshold", label: "Long prompts have more tokens than", hint: "Empty means that all cost the same." },
  { name: "longInput", label: "Input of long prompts" },
  { name: "longOutput", label: "Output of long prompts" },
  { name: "longCachedInput", label: "Cached input of long prompts" },
] as const;

export function valuesOf(price: PriceFragment | null): PriceFormValues {
  const long = price?.longContext;
  return {
    input: price?.inputUsdPerMillionTokens ?? "",
    output: price?.outputUsdPerMillionTokens ?? "",
    cachedInput: price?.cachedInputUsdPerMillionTokens ?? "",
    cacheWrite: price?.cacheWriteUsdPerMillionTokens ?? "",
    oneHourCacheWrite: price?.oneHourCacheWriteUsdPerMillionTokens ?? "",
    audioInput: price?.audioInputUsdPerMillionTokens ?? "",
    audioOutput: price?.audioOutputUsdPerMillionTokens ?? "",
    threshold: long ? String(long.thresholdTokens) : "",
    longInput: long?.inputUsdPerMillionTokens ?? "",
    longOutput: long?.outputUsdPerMillionTokens ?? "",
    longCachedInput: long?.cachedInputUsdPerMillionTokens ?? "",
  };
}

/** What the form asks for. Fields that are empty are null. */
export function priceInputOf(model: string, values: PriceFormValues): SetModelPriceInput {
  const orNull = (field: PriceField) => values[field].trim() || null;
  const threshold = orNull("threshold");
  return {
    model: model.trim(),
    inputUsdPerMillionTokens: values.input.trim(),
    outputUsdPerMillionTokens: values.output.trim(),
    cachedInputUsdPerMillionTokens: orNull("cachedInput"),
    cacheWriteUsdPerMillionTokens: orNull("cacheWrite"),
    oneHourCacheWriteUsdPerMillionTokens: orNull("oneHourCacheWrite"),
    audioInputUsdPerMillionTokens: orNull("audioInput"),
    audioOutputUsdPerMillionTokens: orNull("audioOutput"),
    longContext:
      threshold === null
        ? null
        : {
            thresholdTokens: Number(threshold),
            inputUsdPerMillionTokens: values.longInput.trim(),
            outputUsdPerMillionTokens: values.longOutput.trim(),
            cachedInputUsdPerMillionTokens: orNull("longCachedInput"),
          },
  };
}
