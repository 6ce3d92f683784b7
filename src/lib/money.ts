/** 1 USD in nano-dollars, the unit of every cost inside the gateway. */
export const NANO_USD = 1_000_000_000n;

/** Writes an amount in nano-dollars as an exact decimal in USD, without trailing zeros: 867000n becomes "0.000867". */
export function formatUsd(nanoUsd: bigint): string {
  const sign = nanoUsd < 0n ? "-" : "";
  const absolute = nanoUsd < 0n ? -nanoUsd : nanoUsd;
  const fraction = (absolute % NANO_USD).toString().padStart(9, "0").replace(/0+$/, "");
  return `${sign}${absolute / NANO_USD}${fraction && `.${fraction}`}`;
}

const USD = /^(-?)(\d{1,9})(?:\.(\d{1,9}))?$/;

/**
 * Converts a decimal in USD to nano-dollars. Returns undefined if the text is not a decimal, or has more than 9 digits
 * before or after the point.
 */
export function parseUsd(decimal: string): bigint | undefined {
  const [isDecimal, sign, whole = "", fraction = ""] = USD.exec(decimal) ?? [];
  if (isDecimal === undefined) return undefined;
  const absolute = BigInt(whole + fraction.padEnd(9, "0"));
  return sign ? -absolute : absolute;
}
