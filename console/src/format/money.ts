/**
 * Amounts come as decimal texts, exact to the nano-dollar, and stay texts. They become numbers only where a chart draws
 * them.
 */

/** Returns an amount to the digit that the ledger has, with two digits behind the point at least: $0.012406. */
export function formatExactUsd(amount: string): string {
  const { sign, dollars, fraction } = partsOf(amount);
  return `${sign}$${grouped(dollars)}.${fraction.replace(/0+$/, "").padEnd(2, "0")}`;
}

/**
 * Returns a sum to the cent: $1,284.07. A sum below a dollar shows four digits behind the point, and one that would be
 * shown as nothing all that it has.
 */
export function formatUsd(amount: string): string {
  const { sign, dollars, fraction } = partsOf(amount);
  const digits = dollars === "0" ? 4 : 2;
  const rounded = rounding(dollars, fraction, digits);
  if (/^[0.]*$/.test(rounded) && /[1-9]/.test(fraction)) return formatExactUsd(amount);
  const [whole = "0", rest = ""] = rounded.split(".");
  return `${sign}$${grouped(whole)}.${digits === 4 ? rest.replace(/0{1,2}$/, "") : rest}`;
}

/** Returns an amount as a number, for a chart. */
export const usdForChart = (amount: string): number => Number(amount);

/** Returns what share one amount is of another. Null if the other is nothing. */
export function shareOf(part: string, whole: string): number | null {
  return Number(whole) === 0 ? null : Number(part) / Number(whole);
}

function partsOf(amount: string) {
  const [, minus = "", dollars = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amount) ?? [];
  return { sign: minus ? "−" : "", dollars, fraction };
}

/** Rounds half up, in whole numbers, because no binary fraction has cents. */
function rounding(dollars: string, fraction: string, digits: number): string {
  const scaled = BigInt(dollars + fraction.slice(0, digits).padEnd(digits, "0"));
  const isUp = Number(fraction[digits] ?? 0) >= 5;
  const text = (isUp ? scaled + 1n : scaled).toString().padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ",");

const NANO_DIGITS = 9;

/** Returns one amount less others, exactly. */
export function differenceUsd(amount: string, others: readonly string[]): string {
  const nano = others.reduce((left, other) => left - nanoOf(other), nanoOf(amount));
  const digits = (nano < 0n ? -nano : nano).toString().padStart(NANO_DIGITS + 1, "0");
  return `${nano < 0n ? "-" : ""}${digits.slice(0, -NANO_DIGITS)}.${digits.slice(-NANO_DIGITS)}`;
}

/** The gateway counts in billionths of a dollar. */
function nanoOf(amount: string): bigint {
  const { sign, dollars, fraction } = partsOf(amount);
  const nano = BigInt(dollars + fraction.slice(0, NANO_DIGITS).padEnd(NANO_DIGITS, "0"));
  return sign === "" ? nano : -nano;
}
