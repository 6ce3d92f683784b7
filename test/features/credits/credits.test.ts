import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";

const ADD_CREDITS = `mutation ($input: AddCreditsInput!) { addCredits(input: $input) { id credits { allocated used held remaining available } } }`;
const ADJUST_CREDITS = `mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) { id credits { allocated used held remaining available } } }`;

describe("credits", () => {
  const gateway = useGateway();

  it("are granted by the admin, with a reason that the ledger keeps", async () => {
    const team = await gateway.world.team({ credits: 5 });
    await team.job();
    const { addCredits } = await gateway.admin.data(ADD_CREDITS, {
      input: { teamId: team.id, credits: 20, reason: "Invoice 17" },
    });
    expect(addCredits).toEqual({
      id: team.id,
      credits: { allocated: 25, used: 0, held: 1, remaining: 25, available: 24 },
    });
    const { team: read } = await team.client.data(
      `query ($id: ID!) { team(id: $id) { creditEntries(first: 1) { nodes { kind credits reason actor } } } }`,
      { id: team.id },
    );
    expect(read.creditEntries.nodes).toEqual([{ kind: "GRANT", credits: 20, reason: "Invoice 17", actor: "admin" }]);
  });

  it("cannot be granted by a team to itself", async () => {
    const team = await gateway.world.team({ credits: 5 });
    await team.client.refusal("FORBIDDEN", ADD_CREDITS, { input: { teamId: team.id, credits: 1 } });
    expect(await team.credits()).toMatchObject({ allocated: 5 });
  });

  it("never exceed 2147483647 in all", async () => {
    const team = await gateway.world.team({ credits: 2_147_483_647 });
    const error = await gateway.admin.refusal("INVALID_INPUT", ADD_CREDITS, { input: { teamId: team.id, credits: 1 } });
    expect(error.message).toContain("2147483647");
    expect(await team.credits()).toEqual({
      allocated: 2_147_483_647,
      used: 0,
      held: 0,
      remaining: 2_147_483_647,
      available: 2_147_483_647,
    });
  });

  it("are corrected by the admin, up and down, with a reason, and the total that was given changes too", async () => {
    const team = await gateway.world.team({ credits: 5 });
    await team.job();
    const down = await gateway.admin.data(ADJUST_CREDITS, {
      input: { teamId: team.id, credits: -4, reason: "Sold by mistake" },
    });
    expect(down.adjustCredits.credits).toEqual({ allocated: 1, used: 0, held: 1, remaining: 1, available: 0 });
    const up = await gateway.admin.data(ADJUST_CREDITS, {
      input: { teamId: team.id, credits: 2, reason: "Goodwill" },
    });
    expect(up.adjustCredits.credits).toEqual({ allocated: 3, used: 0, held: 1, remaining: 3, available: 2 });
    const { team: read } = await team.client.data(
      `query ($id: ID!) { team(id: $id) { creditEntries(first: 2) { nodes { kind credits heldCredits availableAfter reason actor } } } }`,
      { id: team.id },
    );
    expect(read.creditEntries.nodes).toEqual([
      { kind: "ADJUST", credits: 2, heldCredits: 0, availableAfter: 2, reason: "Goodwill", actor: "admin" },
      { kind: "ADJUST", credits: -4, heldCredits: 0, availableAfter: 0, reason: "Sold by mistake", actor: "admin" },
    ]);
  });

  it("that are held or used cannot be taken back", async () => {
    const team = await gateway.world.team({ credits: 5 });
    await (await team.job()).complete();
    await team.job();
    const input = { teamId: team.id, credits: -4, reason: "Too much" };
    const error = await gateway.admin.refusal("INSUFFICIENT_CREDITS", ADJUST_CREDITS, { input });
    expect(error.message).toBe("The team has 3 credits available; 4 cannot be taken.");
    expect(error.extensions).toMatchObject({ needed: 4, available: 3, teamId: team.id });
    expect(await team.credits()).toEqual({ allocated: 5, used: 1, held: 1, remaining: 4, available: 3 });
  });

  it("are corrected only by the admin, only by an amount other than 0, only with a reason, and only for a team that exists", async () => {
    const team = await gateway.world.team({ credits: 5 });
    const input = { teamId: team.id, credits: 1, reason: "Why not" };
    await team.client.refusal("FORBIDDEN", ADJUST_CREDITS, { input });
    await gateway.anonymous.refusal("UNAUTHENTICATED", ADJUST_CREDITS, { input });
    const refuse = (code: string, more: object) =>
      gateway.admin.refusal(code, ADJUST_CREDITS, { input: { ...input, ...more } });
    expect((await refuse("INVALID_INPUT", { credits: 0 })).message).toBe("input.credits must not be 0, got 0.");
    expect((await refuse("INVALID_INPUT", { reason: " " })).message).toContain("input.reason must be text");
    expect((await refuse("INVALID_INPUT", { credits: 2_147_483_647 })).message).toContain("2147483647");
    await refuse("NOT_FOUND", { teamId: "nobody" });
    await refuse("NOT_FOUND", { teamId: "no id" });
    expect(await team.credits()).toMatchObject({ allocated: 5, available: 5 });
  });

  it("start at zero, without an entry, if no credits are given", async () => {
    const team = await gateway.world.team({ credits: 0 });
    const { team: read } = await team.client.data(
      `query ($id: ID!) { team(id: $id) { credits { allocated available } creditEntries { totalCount } } }`,
      { id: team.id },
    );
    expect(read).toEqual({ credits: { allocated: 0, available: 0 }, creditEntries: { totalCount: 0 } });
  });

  it("read in one request with what changed them are never older than the change", async () => {
    const team = await gateway.world.team({ credits: 5 });
    const answer = await team.client.data(
      `mutation { a: createJob(input: { jobType: "x" }) { team { credits { held } } } b: createJob(input: { jobType: "x" }) { team { credits { held } } } }`,
    );
    expect(answer).toEqual({ a: { team: { credits: { held: 1 } } }, b: { team: { credits: { held: 2 } } } });
  });
});

describe("credits, if TEAM_TOP_UP is allow", () => {
  const gateway = useGateway({ env: { TEAM_TOP_UP: "allow" } });

  it("may be granted by a team to itself, and to no other", async () => {
    const team = await gateway.world.team({ credits: 5 });
    const other = await gateway.world.team({ credits: 5 });
    await team.client.data(ADD_CREDITS, { input: { teamId: team.id, credits: 10 } });
    expect(await team.credits()).toMatchObject({ allocated: 15 });
    await team.client.refusal("NOT_FOUND", ADD_CREDITS, { input: { teamId: other.id, credits: 10 } });
    expect(await other.credits()).toMatchObject({ allocated: 5 });
  });
});
