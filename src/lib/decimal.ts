/** No real price has more digits than this. Without a limit, "1e999999999" would fill the memory. */
const DIGITS_MAX = 60;

const DECIMAL = /^([+-]?)(\d+)?(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;

/**
 * Converts a decimal to an integer count of 10^-places: ("0.0000125", 6) becomes 13n. It rounds once, half away from
 * zero. A string is read exactly, with its exponent. A number is read as the shortest decimal that names it, because
 * that is what its author wrote. Returns undefined if the value is not a finite decimal or is absurdly large. A value
 * that is too small becomes 0n.
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

/** Divides a non-negative amount by 10^places and rounds to the nearest integer, half up. */
export function divideRounded(amount: bigint, places: number): bigint {
  // No amount has more than DIGITS_MAX digits, so the quotient is less than a tenth.
  if (places > DIGITS_MAX + 1) return 0n;
  const divisor = 10n ** BigInt(places);
  return (amount + divisor / 2n) / divisor;
}
