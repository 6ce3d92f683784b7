import { describe, expect, it } from "vitest";
import { useArguments } from "../../kit/arguments/use-arguments.js";
import { team } from "../../kit/arguments/values.js";

const sender = useArguments();

describe("a refused createTeam", () => {
  it("leaves no team, no key and no balance behind, and its id stays free", async () => {
    const args = team({ id: "second-try", modelGroups: ["Chat", "no-such"], creditsAllocated: 7 });
    const error = await sender.refused("variables", "createTeam", args);
    expect(error.extensions).toMatchObject({ code: "NOT_FOUND", kind: "model group", id: "no-such" });
    await sender.gateway.admin.refusal("NOT_FOUND", '{ team(id: "second-try") { id } }');
    await sender.accepted("createTeam", team({ id: "second-try", modelGroups: ["Chat"], creditsAllocated: 7 }));
  });
});
