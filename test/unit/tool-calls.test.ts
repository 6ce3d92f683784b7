import { describe, expect, it } from "vitest";
import { ToolCalls } from "../../src/upstream/openai/tool-calls.js";

interface Piece {
  readonly index?: unknown;
  readonly id?: unknown;
  readonly function?: { readonly name?: string; readonly arguments?: unknown };
}

const piece = (given: { index?: unknown; id?: unknown; name?: string; args?: unknown }): Piece => {
  const { index, id, name, args } = given;
  return {
    ...(index !== undefined && { index }),
    ...(id !== undefined && { id }),
    function: { ...(name !== undefined && { name }), ...(args !== undefined && { arguments: args }) },
  };
};

/** What the parts add up to, and what is still wrong at the end. Each list is one delta. */
function put(deltas: readonly (readonly Piece[])[], isWhole = false) {
  const calls = new ToolCalls();
  const sum: { id: string | undefined; name: string; arguments: string }[] = [];
  const parts = [...deltas.flatMap((delta) => [...calls.read(delta, isWhole)]), ...calls.rest()];
  for (const { index, id, name = "", arguments: text = "" } of parts) {
    const call = sum[index] ?? { id, name: "", arguments: "" };
    if (id !== undefined && call.id !== id) throw new Error("A call has two ids.");
    sum[index] = { ...call, name: call.name + name, arguments: call.arguments + text };
  }
  return { calls: sum, lacksName: calls.lacksName };
}

const BERN = '{"city":"Bern"}';
const weather = { id: "call_a", name: "weather", arguments: BERN };
const clock = { id: "call_b", name: "clock", arguments: '{"zone":"CET"}' };
const whole = ({ id, name, arguments: args }: typeof weather, index?: unknown) => piece({ index, id, name, args });
const made = expect.stringMatching(/^call_[0-9a-f]{24}$/);

describe("pieces of tool calls are put together", () => {
  it.each<[string, Piece[][], object[]]>([
    [
      "OpenAI: by index, interleaved",
      [
        [piece({ index: 0, id: "call_a", name: "weather", args: "" })],
        [piece({ index: 1, id: "call_b", name: "clock", args: '{"zone"' })],
        [piece({ index: 0, args: '{"city":' }), piece({ index: 1, args: ':"CET"}' })],
        [piece({ index: 0, args: '"Bern"}' })],
      ],
      [weather, clock],
    ],
    ["all under index 0, told apart by their ids", [[whole(weather, 0)], [whole(clock, 0)]], [weather, clock]],
    [
      "an index that is used again after another call began",
      [
        [whole(weather, 0)],
        [whole(clock, 1)],
        [piece({ index: 0, id: "call_c", name: "moon" })],
        [piece({ index: 0, args: "{}" })],
      ],
      [weather, clock, { id: "call_c", name: "moon", arguments: "{}" }],
    ],
    [
      "all under index 0 and without ids, told apart by their names",
      [[piece({ index: 0, name: "weather", args: BERN })], [piece({ index: 0, name: "clock", args: "{}" })]],
      [
        { id: made, name: "weather", arguments: BERN },
        { id: made, name: "clock", arguments: "{}" },
      ],
    ],
    [
      "twice the same function under index 0 and without ids",
      [
        [piece({ index: 0, name: "weather", args: BERN })],
        [piece({ index: 0, name: "weather", args: '{"city":"Rome"}' })],
      ],
      [
        { id: made, name: "weather", arguments: BERN },
        { id: made, name: "weather", arguments: '{"city":"Rome"}' },
      ],
    ],
    ["from index 1, with a gap", [[whole(weather, 1)], [whole(clock, 3)]], [weather, clock]],
    ["an index as text", [[whole(weather, "0")], [whole(clock, "1")]], [weather, clock]],
    ["without an index, one delta each", [[whole(weather)], [whole(clock)]], [weather, clock]],
    ["without an index, both in one delta", [[whole(weather), whole(clock)]], [weather, clock]],
    [
      "without an index, by id",
      [
        [piece({ id: "call_a", name: "weather", args: '{"city":' })],
        [whole(clock)],
        [piece({ id: "call_a", args: '"Bern"}' })],
      ],
      [weather, clock],
    ],
    [
      "without an index or an id: a name begins a call, and what has none goes on",
      [
        [piece({ name: "weather", args: "" })],
        [piece({ args: '{"city":' })],
        [piece({ args: '"Bern"}' })],
        [piece({ name: "weather", args: "{}" })],
      ],
      [
        { id: made, name: "weather", arguments: BERN },
        { id: made, name: "weather", arguments: "{}" },
      ],
    ],
    [
      "an empty id and an empty name in later deltas",
      [
        [piece({ index: 0, id: "call_a", name: "weather", args: '{"city"' })],
        [piece({ index: 0, id: "", name: "", args: ':"Bern"}' })],
      ],
      [weather],
    ],
    [
      "an id and a name that are repeated whole",
      [
        [piece({ index: 0, id: "call_a", name: "weather", args: '{"city"' })],
        [piece({ index: 0, id: "call_a", name: "weather", args: ':"Bern"}' })],
      ],
      [weather],
    ],
    [
      "a name in pieces, and one that grows",
      [
        [piece({ index: 0, id: "call_a", name: "wea" })],
        [piece({ index: 0, name: "ther" })],
        [piece({ index: 0, name: "weather", args: BERN })],
      ],
      [weather],
    ],
    ["a call that is repeated whole at the end", [[whole(weather, 0)], [whole(weather, 0)]], [weather]],
    [
      "a name that comes before the id",
      [[piece({ index: 0, name: "weather" })], [piece({ index: 0, id: "late", args: BERN })]],
      [{ id: made, name: "weather", arguments: BERN }],
    ],
    [
      "an id and arguments that come before the name",
      [[piece({ index: 0, id: "call_a", args: '{"city":' })], [piece({ index: 0, name: "weather", args: '"Bern"}' })]],
      [weather],
    ],
    [
      "arguments as an object",
      [[piece({ index: 0, id: "call_a", name: "weather", args: { city: "Bern" } })]],
      [weather],
    ],
    [
      "arguments that are null at first",
      [[piece({ index: 0, id: "call_a", name: "weather", args: null })], [piece({ index: 0, args: BERN })]],
      [weather],
    ],
    [
      "a number as id",
      [[piece({ index: 0, id: 7, name: "moon", args: "{}" })]],
      [{ id: "7", name: "moon", arguments: "{}" }],
    ],
    [
      "the same id for calls of different indexes",
      [[piece({ index: 0, id: "x", name: "a", args: "{}" })], [piece({ index: 1, id: "x", name: "b", args: "{}" })]],
      [
        { id: "x", name: "a", arguments: "{}" },
        { id: "x", name: "b", arguments: "{}" },
      ],
    ],
    ["neither a name nor arguments: no call", [[piece({ index: 0, id: "call_a" })], [piece({ index: 1 })], [{}]], []],
    [
      "an emoji that is cut in two",
      [[piece({ index: 0, id: "call_a", name: "say", args: '"\ud83d' })], [piece({ index: 0, args: '\ude00"' })]],
      [{ id: "call_a", name: "say", arguments: '"😀"' }],
    ],
  ])("%s", (_, deltas, expected) => {
    expect(put(deltas)).toEqual({ calls: expected, lacksName: false });
  });

  it("of messages that repeat all that came before", () => {
    const growing = [
      [piece({ id: "call_a", name: "weather", args: '{"city"' })],
      [whole(weather)],
      [whole(weather), whole(clock)],
    ];
    expect(put(growing, true).calls).toEqual([weather, clock]);
  });

  it("and arguments without a name are noticed", () => {
    expect(put([[piece({ index: 0, id: "call_a", args: "{}" })]])).toEqual({ calls: [], lacksName: true });
  });

  it("and ids that are made differ", () => {
    const { calls } = put([
      [piece({ index: 0, name: "a" }), piece({ index: 1, name: "a" }), piece({ index: 2, name: "a" })],
    ]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(3);
  });
});
