import { describe, expect, test } from "vitest";
import { type Draft, inputOf, NEW_DRAFT } from "../src/pages/playground/draft";
import { snippetsOf } from "../src/pages/playground/snippets";

const draft = (changed: Partial<Draft>): Draft => ({
  ...NEW_DRAFT,
  modelGroup: "chat",
  messages: [{ id: 0, role: "USER", content: "It's" }],
  ...changed,
});

describe("a call of the playground", () => {
  test("Empty fields are left to the model", () => {
    expect(inputOf(draft({}))).toEqual({
      input: { modelGroup: "chat", messages: [{ role: "USER", content: "It's" }] },
    });
  });

  test("Each mistake is told at its field", () => {
    const { mistakes } = inputOf(
      draft({ messages: [], temperature: "hot", maxTokens: "1.5", tools: "{}", schema: "[1", modelGroup: "" }),
    ) as { mistakes: object };
    expect(Object.keys(mistakes).sort()).toEqual([
      "maxTokens",
      "messages",
      "modelGroup",
      "schema",
      "temperature",
      "tools",
    ]);
  });

  test("A schema is sent as OpenAI defines it", () => {
    expect(inputOf(draft({ schema: '{"type":"object"}' }))).toMatchObject({
      input: { responseFormat: { type: "json_schema", json_schema: { schema: { type: "object" } } } },
    });
  });

  test("Programs say the same, in the job, and have no key in them", () => {
    const checked = inputOf(draft({ tools: '[{"strict": true, "name": null}]', maxTokens: "5" }));
    if (!("input" in checked)) throw new Error("The draft is sound.");
    const snippets = snippetsOf(checked.input, "job-1", "http://gateway");
    expect(snippets.map(({ language }) => language)).toEqual(["curl", "GraphQL", "Python", "TypeScript"]);
    for (const { text } of snippets) {
      expect(text).toContain("job-1");
      expect(text).not.toMatch(/sk-/);
    }
    const [curl, , python] = snippets;
    expect(curl?.text).toContain("It'\\''s");
    expect(python?.text).toContain('"strict": True, "name": None');
  });
});
