import { describe, expect, test } from "vitest";
import { linesOfModels, modelsOfLines, reordered } from "../src/pages/models/groups/model-lines";

const model = (name: string, priority: number, weight: number | null = null) => ({ name, priority, weight });

describe("the models of a group as lines", () => {
  test.each([
    ["without a weight", [model("a", 0), model("b", 1)], "a\nb"],
    [
      "that share calls, and a fallback",
      [model("e/a", 0, 3), model("w/a", 0, 1), model("b", 1)],
      "e/a = 3\nw/a = 1\nb",
    ],
    [
      "of two shares",
      [model("a", 0, 3), model("b", 0, 1), model("c", 1, 2), model("d", 1, 2)],
      "a = 3\nb = 1\n\nc = 2\nd = 2",
    ],
  ])("come back as they were: models %s", (_, models, lines) => {
    expect(linesOfModels(models)).toBe(lines);
    const read = modelsOfLines(lines).map(({ name, priority, weight }) => ({ name, priority, weight: weight ?? null }));
    expect(read).toEqual(models);
  });

  test("a model without a weight beside one with a weight has the weight 1", () => {
    expect(linesOfModels([model("a", 4, 3), model("b", 4)])).toBe("a = 3\nb = 1");
  });

  test("a name may have an equals sign and blanks in it", () => {
    expect(modelsOfLines("  my model=x  \n a=7\nb =x")).toEqual([
      { name: "my model=x", priority: 0 },
      { name: "a", priority: 1, weight: 7 },
      { name: "b =x", priority: 2 },
    ]);
  });

  test("in another order keep their weights", () => {
    const models = [model("a", 0, 3), model("b", 0, 1), model("c", 1)];
    expect(reordered(models, ["c", "b", "a"])).toEqual([
      { name: "c", priority: 0 },
      { name: "b", priority: 1, weight: 1 },
      { name: "a", priority: 1, weight: 3 },
    ]);
    expect(reordered([model("a", 0), model("b", 1)], ["b", "a"])).toEqual([
      { name: "b", priority: 0 },
      { name: "a", priority: 1 },
    ]);
  });
});
