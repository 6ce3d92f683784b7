import { describe, expect, it } from "vitest";
import { drawPlan, planOf } from "../../src/features/models/plan.js";
import { seededRandom } from "../kit/random.js";

interface Listed {
  readonly name: string;
  readonly priority: number;
  readonly position: number;
  readonly weight?: number;
}

const plan = (models: readonly Listed[]) =>
  planOf(models.map((model) => ({ weight: null, price: undefined, at: {} as never, ...model })));
const names = (models: readonly Listed[]) => plan(models)?.map(({ name }) => name);

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
  expect(plan(models)).toEqual([
    { name: "a", priority: 0, weight: null, at: {} },
    { name: "b", priority: 1, weight: null, at: {} },
  ]);
});

it("A group without a model has no plan.", () => {
  expect(planOf([])).toBeNull();
});

describe("weights", () => {
  const DRAWS = 20_000;
  /** How often each order was drawn, as a share of all draws. */
  const shares = (models: readonly Listed[]) => {
    const drawn = plan(models);
    if (!drawn) throw new Error("There is no model.");
    const { next } = seededRandom(7);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < DRAWS; draw++) {
      const order = drawPlan(drawn, next)
        .map(({ name }) => name)
        .join(" ");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    return Object.fromEntries([...counts].map(([order, count]) => [order, count / DRAWS]));
  };
  const at = (name: string, priority: number, weight?: number, position = 0): Listed =>
    ({ name, priority, position, ...(weight !== undefined && { weight }) }) as Listed;

  it("say how often a model is first, and the others follow it", () => {
    const drawn = shares([at("a", 0, 80), at("b", 0, 20)]);
    expect(drawn).toEqual({ "a b": expect.closeTo(0.8, 1.9), "b a": expect.closeTo(0.2, 1.9) });
  });

  it("say also in which order the rest is tried: each is drawn from those that are left", () => {
    // b after a: 0.5 * 3/5; c after a: 0.5 * 2/5; and so on.
    expect(shares([at("a", 0, 5), at("b", 0, 3), at("c", 0, 2)])).toEqual({
      "a b c": expect.closeTo(0.3, 1.7),
      "a c b": expect.closeTo(0.2, 1.7),
      "b a c": expect.closeTo((0.3 * 5) / 7, 1.7),
      "b c a": expect.closeTo((0.3 * 2) / 7, 1.7),
      "c a b": expect.closeTo((0.2 * 5) / 8, 1.7),
      "c b a": expect.closeTo((0.2 * 3) / 8, 1.7),
    });
  });

  it("count within one priority only, and the next priority follows", () => {
    const drawn = shares([at("z", 0), at("a", 1, 1), at("b", 1, 1), at("c", 2, 1000)]);
    expect(drawn).toEqual({ "z a b c": expect.closeTo(0.5, 1.7), "z b a c": expect.closeTo(0.5, 1.7) });
  });

  it("are 1 for a model without one, beside a model with one", () => {
    const drawn = shares([at("a", 0, 3), at("b", 0, undefined, 1)]);
    expect(drawn).toEqual({ "a b": expect.closeTo(0.75, 1.7), "b a": expect.closeTo(0.25, 1.7) });
  });

  it("leave models without any as they are listed, whatever is drawn", () => {
    expect(shares([at("b", 0, undefined, 1), at("a", 0), at("c", 5)])).toEqual({ "a b c": 1 });
  });

  it("hold for the ends of what is random", () => {
    const drawn = plan([at("a", 0, 1), at("b", 0, 1000)]);
    for (const random of [0, 1 - 2 ** -53])
      expect(drawn && drawPlan(drawn, () => random).map(({ name }) => name)).toHaveLength(2);
  });
});
