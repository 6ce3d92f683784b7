import { expect, it } from "vitest";
import { isStrict } from "../../src/doors/anthropic/request/is-strict.js";
import type { JsonObject } from "../../src/lib/json/json.js";

const closed = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const TEXT = { type: "string" };

it.each<[boolean, JsonObject]>([
  [true, closed({ at: TEXT })],
  [true, closed({ type: TEXT, all: { type: "array", items: closed({ at: TEXT }) } })],
  [true, { ...closed({ at: { $ref: "#/$defs/gate" } }), $defs: { gate: closed({ at: TEXT }) } }],
  [true, { anyOf: [closed({}), { type: "null" }] }],
  [false, { type: "object", properties: { at: TEXT }, required: ["at"] }],
  [false, closed({ at: TEXT, of: TEXT }, ["at"])],
  [false, closed({ all: { type: "array", items: { type: "object" } } })],
  [false, { ...closed({ at: TEXT }), $defs: { gate: closed({ at: TEXT }, []) } }],
  [false, { anyOf: [closed({}), { type: "object" }] }],
])("%s: a model can be held strictly to %j", (expected, schema) => {
  expect(isStrict(schema)).toBe(expected);
});
