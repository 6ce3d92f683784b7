import { describe, expect, test } from "vitest";
import { differenceUsd, formatExactUsd, formatUsd, shareOf } from "../src/format/money";

describe("amounts of money", () => {
  test.each([
    ["0", "$0.00"],
    ["0.012406", "$0.012406"],
    ["1284.5", "$1,284.50"],
    ["0.000000001", "$0.000000001"],
    ["-3.25", "−$3.25"],
    ["12345678.123456789", "$12,345,678.123456789"],
  ])("One cost of %s is exact: %s", (amount, text) => {
    expect(formatExactUsd(amount)).toBe(text);
  });

  test.each([
    ["0", "$0.00"],
    ["1284.074999999", "$1,284.07"],
    ["1284.075", "$1,284.08"],
    ["9.995", "$10.00"],
    ["999999.999", "$1,000,000.00"],
    ["0.4846", "$0.4846"],
    ["0.5", "$0.50"],
    ["0.9999999", "$1.00"],
    ["0.00001", "$0.00001"],
    // As a binary fraction this would be 1.00.
    ["1.005", "$1.01"],
  ])("A sum of %s is rounded once: %s", (amount, text) => {
    expect(formatUsd(amount)).toBe(text);
  });

  test("The rest of a sum is exact where numbers are not", () => {
    expect(differenceUsd("0.3", ["0.1", "0.2"])).toBe("0.000000000");
    expect(differenceUsd("90071992547409.930000001", ["90071992547409.93"])).toBe("0.000000001");
    expect(differenceUsd("1", ["2.5"])).toBe("-1.500000000");
  });

  test("Nothing has no share of nothing", () => {
    expect(shareOf("0", "0")).toBeNull();
    expect(shareOf("0.5", "2")).toBe(0.25);
  });
});
