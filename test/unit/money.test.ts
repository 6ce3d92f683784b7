import { expect, it } from "vitest";
import { formatUsd, NANO_USD } from "../../src/lib/money.js";

it.each([
  [0n, "0"],
  [1n, "0.000000001"],
  [867_000n, "0.000867"],
  [100_000_000n, "0.1"],
  [999_999_999n, "0.999999999"],
  [1_000_000_000n, "1"],
  [1_000_000_001n, "1.000000001"],
  [1_500_000_000n, "1.5"],
  [10_000_000_000n, "10"],
  [-1n, "-0.000000001"],
  [-1_500_000_000n, "-1.5"],
])("%i nano-dollars are %s USD", (nanoUsd, decimal) => {
  expect(formatUsd(nanoUsd)).toBe(decimal);
});

it("An amount that no float could hold keeps every digit.", () => {
  expect(formatUsd(9_223_372_036_854_775_807n)).toBe("9223372036.854775807");
  expect(formatUsd(9_007_199_254_740_993n * NANO_USD)).toBe("9007199254740993");
});

it("What was formatted reads as the same amount.", () => {
  for (let nanoUsd = 1n; nanoUsd < 10n ** 20n; nanoUsd = nanoUsd * 7n + 3n) {
    const [whole = "", fraction = ""] = formatUsd(nanoUsd).split(".");
    expect(BigInt(whole + fraction.padEnd(9, "0"))).toBe(nanoUsd);
    expect(fraction).not.toMatch(/0$/);
  }
});
