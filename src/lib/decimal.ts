/** Longer decimals than this are nobody's price; without a bound "1e999999999" would fill the memory. */
const DIGITS_MAX = 60;

const DECIMAL = /^([+-]?)(\d+)?(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;

/**
 * A decimal as an integer count of 10^-places, rounded once, half away from zero: ("0.0000125", 6) is 13n. Exact for
 * strings, exponents included; a number counts as the shortest decimal that names it, which is what its author wrote.
 * Undefined for what is no finite decimal or absurdly large; what is too small rounds to 0n.
 */
export function scaledDecimal(value: unknown, places: number): bigint | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const match = DECIMAL.exec(String(value).trim());
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const digits = whole + fraction;
  if (digits === "" || digits.length > DIGITS_MAX) return undefined;
  const shift = places + Number(exponent) - fraction.length;
  if (shift > DIGITS_MAX) return undefined;
  const absolute = shift >= 0 ? BigInt(digits) * 10n ** BigInt(shift) : divideRounded(BigInt(digits), -shift);
  return sign === "-" ? -absolute : absolute;
}

/** amount / 10^places of a non-negative amount, to the nearest integer, half up. */
export function divideRounded(amount: bigint, places: number): bigint {
  // More places than the amount has digits, and one more, leave less than a tenth.
  if (places > DIGITS_MAX + 1) return 0n;
  const divisor = 10n ** BigInt(places);
  return (amount + divisor / 2n) / divisor;
}
