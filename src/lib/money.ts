/** 1 USD in nano-dollars, the unit of every cost inside the gateway. */
export const NANO_USD = 1_000_000_000n;

/** The exact decimal of an amount in nano-dollars, without trailing zeros: 867000n is "0.000867". */
export function formatUsd(nanoUsd: bigint): string {
  const sign = nanoUsd < 0n ? "-" : "";
  const absolute = nanoUsd < 0n ? -nanoUsd : nanoUsd;
  const fraction = (absolute % NANO_USD).toString().padStart(9, "0").replace(/0+$/, "");
  return `${sign}${absolute / NANO_USD}${fraction && `.${fraction}`}`;
}

const USD = /^(-?)(\d{1,9})(?:\.(\d{1,9}))?$/;

/** The amount of a decimal in USD, in nano-dollars; undefined for what is none, or has more than 9 digits on a side. */
export function parseUsd(decimal: string): bigint | undefined {
  const [isDecimal, sign, whole = "", fraction = ""] = USD.exec(decimal) ?? [];
  if (isDecimal === undefined) return undefined;
  const absolute = BigInt(whole + fraction.padEnd(9, "0"));
  return sign ? -absolute : absolute;
}
