/** 1 USD in nano-dollars, the unit of every cost inside the gateway. */
export const NANO_USD = 1_000_000_000n;

/** Writes an amount in nano-dollars as an exact decimal in USD, without trailing zeros: 867000n becomes "0.000867". */
export const formatUsd = (nanoUsd: bigint): string => formatUnits(nanoUsd, 9);

/** Writes a number of units of 10^-places as an exact decimal, without trailing zeros. */
export function formatUnits(units: bigint, places: number): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const fraction = digits.slice(-places).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -places)}${fraction && `.${fraction}`}`;
}

const MILLION = 1_000_000n;

/** Writes an amount in nano-dollars with so many millionths of it added, as an exact decimal in USD. Nothing is rounded. */
export function formatWithMarkup(nanoUsd: bigint, markupMillionths: number): string {
  return formatUnits(nanoUsd * (MILLION + BigInt(markupMillionths)), 15);
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

/** Divides a number of 0 or more by one above 0, and rounds half up. */
export const divideRounded = (amount: bigint, divisor: bigint): bigint => (2n * amount + divisor) / (2n * divisor);
