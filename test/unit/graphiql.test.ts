import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { type Answer, addUp, eventIn } from "../../scripts/graphiql/add-up.js";
import { EXAMPLE_TABS } from "../../scripts/graphiql/example-tabs.js";

const started = { __typename: "LlmCallStarted", model: "small" };
const delta = (content: string) => ({ __typename: "LlmCallDelta", content });
const reasoning = (content: string) => ({ __typename: "LlmCallReasoningDelta", content });
const tool = (index: number, name: string | null, given: string | null) => ({
  __typename: "LlmToolCallDelta",
  index,
  name,
  arguments: given,
});
const switched = (discard: boolean) => ({
  __typename: "LlmCallModelSwitched",
  fromModel: "small",
  toModel: "large",
  reason: "It was overloaded.",
  discard,
});
const sum = (...events: object[]) =>
  events.reduce<Answer | null>((answer, event) => addUp(answer, event as Record<string, unknown>), null);

describe("the events of a call in GraphiQL", () => {
  it("add up to a text, with the reasoning apart", () => {
    expect(sum(started, reasoning("Hm"), delta("A toll"), reasoning("m."), delta("gate."))).toEqual({
      state: "small is asked.",
      text: "A tollgate.",
      reasoning: "Hmm.",
      toolCalls: [],
      notes: [],
    });
  });

  it("add up to tool calls, each by its index", () => {
    const { toolCalls } =
      sum(started, tool(0, "look", ""), tool(1, "go", null), tool(0, null, '{"a":'), tool(0, null, "1}")) ?? {};
    expect(toolCalls).toEqual([
      { name: "look", arguments: '{"a":1}' },
      { name: "go", arguments: "" },
    ]);
  });

  it("are replaced by a snapshot", () => {
    const snapshot = {
      __typename: "LlmCallSnapshot",
      content: "All.",
      reasoning: "",
      toolCalls: [{ name: "f", arguments: "{}" }],
    };
    expect(sum(started, delta("Some"), reasoning("x"), snapshot)).toMatchObject({
      text: "All.",
      reasoning: "",
      toolCalls: [{ name: "f", arguments: "{}" }],
    });
    expect(sum(snapshot, delta(" More."))).toMatchObject({ text: "All. More." });
  });

  it("are empty again if the next model starts over, and go on otherwise", () => {
    const before = [started, delta("Some"), reasoning("x"), tool(0, "f", "")];
    const note = "small failed, and large is asked. It was overloaded.";
    expect(sum(...before, switched(true), delta("New."))).toEqual({
      state: "large is asked.",
      text: "New.",
      reasoning: "",
      toolCalls: [],
      notes: [note],
    });
    expect(sum(...before, switched(false), delta(" more."))).toMatchObject({ text: "Some more.", notes: [note] });
  });

  it("end with what became of the call", () => {
    const finished = { __typename: "LlmCallFinished", call: { status: "SUCCEEDED", costUsd: "0.000012" } };
    expect(sum(started, delta("Done."), finished)).toMatchObject({
      state: "The call ended: SUCCEEDED. It cost 0.000012 USD.",
      text: "Done.",
    });
    expect(sum(started, { __typename: "LlmCallFinished" })?.state).toBe("The call ended.");
  });

  it("are found under any name, and told from everything else", () => {
    expect(eventIn({ renamed: delta("x") })).toEqual(delta("x"));
    for (const data of [
      null,
      undefined,
      {},
      { viewer: { __typename: "AdminViewer" } },
      { createJob: null },
      { a: "x" },
    ])
      expect(eventIn(data)).toBeNull();
  });
});

describe("the example tabs of GraphiQL", () => {
  const schema = buildSchema(readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8"));

  it("are valid operations, each with the variables that it needs, and are named", () => {
    const names = EXAMPLE_TABS.map(({ query, variables }) => {
      const document = parse(query);
      expect(validate(schema, document)).toEqual([]);
      const [operation] = document.definitions;
      if (operation?.kind !== "OperationDefinition") throw new Error(`No operation: ${query}`);
      const needed = operation.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
      expect(Object.keys(JSON.parse(variables ?? "{}"))).toEqual(expect.arrayContaining(needed));
      return operation.name?.value;
    });
    expect(names).toEqual(["WhoAmI", "MakeTeam", "OpenJob", "StreamCall", "CompleteJob"]);
  });
});
