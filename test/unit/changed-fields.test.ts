import { expect, it } from "vitest";
import { changedFields } from "../../src/features/audit/changed-fields.js";

it("keeps of two states only what differs, at every depth of their objects", () => {
  const before = {
    alias: "a",
    limits: { requests: 1, tokens: 2 },
    models: [{ name: "a" }],
    metadata: { same: { x: 1 } },
  };
  const after = {
    alias: "b",
    limits: { requests: 1, tokens: 3 },
    models: [{ name: "a" }],
    metadata: { same: { x: 1 } },
  };
  expect(changedFields(before, after)).toEqual({
    before: { alias: "a", limits: { tokens: 2 } },
    after: { alias: "b", limits: { tokens: 3 } },
  });
  expect(changedFields(before, before)).toEqual({ before: {}, after: {} });
});

it("has a name that came or went in one of them alone, and a list, or what was no object, as a whole", () => {
  expect(changedFields({ metadata: { gone: 1 } }, { metadata: { came: null } })).toEqual({
    before: { metadata: { gone: 1 } },
    after: { metadata: { came: null } },
  });
  expect(changedFields({ models: [1, 2], allowance: null }, { models: [1], allowance: { jobs: 5 } })).toEqual({
    before: { models: [1, 2], allowance: null },
    after: { models: [1], allowance: { jobs: 5 } },
  });
});

it("takes a name of free data for what it is, whatever it is", () => {
  const free = (value: number) => ({ metadata: JSON.parse(`{"__proto__": ${value}, "constructor": {"a": ${value}}}`) });
  const { before, after } = changedFields(free(1), free(2));
  expect(JSON.stringify(before)).toBe('{"metadata":{"__proto__":1,"constructor":{"a":1}}}');
  expect(JSON.stringify(after)).toBe('{"metadata":{"__proto__":2,"constructor":{"a":2}}}');
});
