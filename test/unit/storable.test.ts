import { expect, it } from "vitest";
import { storable, storableObject } from "../../src/features/calls/commit/storable.js";

it.each([
  ["a\0b", "a\ufffdb"],
  ["\ud83d", "\ufffd"],
  ["😀", "😀"],
  ["", ""],
])("repairs the text %j", (text, stored) => {
  expect(storable(text)).toBe(stored);
});

it("leaves null as it is", () => {
  expect(storable(null)).toBe(null);
});

it("repairs names and texts at every level of an object", () => {
  const given = { "a\0": [{ "\udc00": "\0" }, ["\ud800x", 1, true, null]], whole: { text: "x" } };
  expect(storableObject(given)).toEqual({
    "a\ufffd": [{ "\ufffd": "\ufffd" }, ["\ufffdx", 1, true, null]],
    whole: { text: "x" },
  });
});

it("makes null of what no reader could follow", () => {
  const levels = 20_000;
  const deep = JSON.parse(`{"deep":${"[".repeat(levels)}${"]".repeat(levels)}}`);
  expect(JSON.stringify(storableObject(deep))).toBe(`{"deep":${"[".repeat(99)}null${"]".repeat(99)}}`);
});
