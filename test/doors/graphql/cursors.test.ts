import { describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { LISTS, type Name } from "../../kit/arguments/operations.js";
import { expectInvalidField, type Row, titled } from "../../kit/arguments/refusal.js";
import { MODES, useArguments } from "../../kit/arguments/use-arguments.js";
import { long } from "../../kit/arguments/values.js";

const sender = useArguments();
const cursor = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString("base64url");

const ANY_UUID = newId();
const TIME = "2026-01-01T00:00:00.000Z";
const NO_CURSORS = ["", "garbage", "😀", "a\0", long(10_000), cursor(), cursor(null), cursor({}), cursor("a", "b")];
const NO_KEYS = [[], ["a\0"], [1], [null], [{}], [["a"]], ["\ud800"], ["a", "b"], [TIME, ANY_UUID, "c"]];
const NO_KEYS_OF = {
  text: [],
  number: [["-1"], ["99999999999"], ["1.5"], ["a"]],
  "time and id": [
    ["0000-01-01T00:00:00.000Z", ANY_UUID],
    ["2026-02-31T00:00:00.000Z", ANY_UUID],
    ["+012026-01-01T00:00:00.000Z", ANY_UUID],
    ["2026-01-01", ANY_UUID],
    [TIME, "x"],
  ],
};

const PAGES: Row[] = LISTS.flatMap(([name, list, key]): Row[] => [
  ...[0, -1, 101, 2_147_483_647].map((first): Row => [name, { first }, "first"]),
  ...NO_CURSORS.map((after): Row => [name, { after }, "after"]),
  ...[...NO_KEYS, ...NO_KEYS_OF[key]].map((values): Row => [name, { after: cursor(list, ...values) }, "after"]),
]);

describe.each(MODES)("with arguments given as %s", (mode) => {
  it.each(PAGES.map(titled))("%s", async (_, row) => {
    const [name, args] = row;
    expectInvalidField(await sender.refused(mode, name, args), row);
  });
});

describe("cursors", () => {
  const NODES: Partial<Record<Name, string>> = {
    organizations: "{ organizations { edges { cursor } } }",
    teams: "{ teams { edges { cursor } } }",
    modelGroups: "{ modelGroups { edges { cursor } } }",
    jobs: "{ jobs { edges { cursor } } }",
  };

  it.each<[Name, Name]>([
    ["jobs", "organizations"],
    ["organizations", "jobs"],
    ["jobs", "team.creditEntries"],
    ["modelGroups", "teams"],
    ["organizations", "teams"],
    ["teams", "modelGroups"],
    ["jobs", "job.llmCalls"],
  ])("a cursor of %s is refused by %s", async (from, to) => {
    const data = await sender.gateway.admin.data(NODES[from] ?? "");
    const after = data[from].edges[0].cursor;
    const error = await sender.refused("variables", to, { after });
    expect(error.extensions).toMatchObject({ code: "INVALID_INPUT", field: "after" });
    expect(error.message).toContain(after.slice(0, 60));
  });

  const KEYS = { text: ["a"], number: ["1"], "time and id": [TIME, ANY_UUID] };
  it.each(LISTS)("of %s have exactly the form that the refused cursors above miss", async (name, list, key) => {
    await sender.accepted(name, { after: cursor(list, ...KEYS[key]) });
  });
});
