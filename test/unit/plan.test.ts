import { expect, it } from "vitest";
import { planOf } from "../../src/features/models/plan.js";

const names = (models: Parameters<typeof planOf>[0]) => planOf(models)?.map(({ name }) => name);

it("Models are tried in the order of priority, 0 first.", () => {
  const models = [
    { name: "last", priority: 10, position: 0 },
    { name: "first", priority: 0, position: 1 },
    { name: "second", priority: 2, position: 2 },
  ];
  expect(names(models)).toEqual(["first", "second", "last"]);
});

it("Models of one priority are tried in the admin's order, however they were read.", () => {
  const models = [
    { name: "d", priority: 1, position: 0 },
    { name: "c", priority: 0, position: 3 },
    { name: "a", priority: 0, position: 1 },
    { name: "b", priority: 0, position: 2 },
  ];
  expect(names(models)).toEqual(["a", "b", "c", "d"]);
  expect(names([...models].reverse())).toEqual(["a", "b", "c", "d"]);
});

it("A plan tells of each model only what an attempt needs, and leaves the group as it is.", () => {
  const models = Object.freeze([
    { name: "b", priority: 1, position: 0, groupId: "g" },
    { name: "a", priority: 0, position: 1, groupId: "g" },
  ]);
  expect(planOf(models)).toEqual([{ name: "a" }, { name: "b" }]);
});

it("A group without a model has no plan.", () => {
  expect(planOf([])).toBeNull();
});
