import { expect, test } from "vitest";
import { formatCounted } from "../src/format/numbers";

test.each([
  [0, "0 calls"],
  [1, "1 call"],
  [1_234, "1,234 calls"],
])("%i is told as %s", (count, words) => expect(formatCounted(count, "call")).toBe(words));

test("A plural that is not made by an s is given", () => {
  expect(formatCounted(1, "entry", "entries")).toBe("1 entry");
  expect(formatCounted(2, "entry", "entries")).toBe("2 entries");
});
