import { describe, expect, it } from "vitest";
import { runTasks } from "../../kit/gateway/tasks.js";
import { RESET_KEY, RESET_TEAM, useLimitedTeams } from "../../kit/limits.js";

const MINUTE = 60_000;
const { clock, gateway, limited } = useLimitedTeams();

describe("limits that are only measured", () => {
  it("let everything through, and count what they would have refused", async () => {
    const { admin, run, team } = await limited({ requestsPerMinute: 2, isEnforced: false });
    for (let call = 0; call < 5; call++) expect((await run()).errors).toBeUndefined();
    await runTasks(gateway.app);
    expect((await admin.read()).limits).toMatchObject({ wouldRefuse: 3 });
    await admin.set({ isEnforced: true });
    expect((await run()).errors).toBeDefined();
    await runTasks(gateway.app);
    expect((await admin.read()).limits).toMatchObject({ isEnforced: true, wouldRefuse: 4 });
    const reset = await gateway.admin.data(RESET_TEAM, { id: team.id });
    expect(reset.resetTeamCounters.limits).toMatchObject({ requestsPerMinute: 2, wouldRefuse: 0 });
    for (let call = 0; call < 2; call++) expect((await run()).errors).toBeUndefined();
  });

  it("are reset for a key by itself, and forget what was not written yet", async () => {
    const { admin, run, refused, team } = await limited(null);
    await admin.setOfKey({ requestsPerMinute: 1 });
    await run();
    await refused();
    await gateway.admin.data(RESET_KEY, { id: team.keyId });
    await runTasks(gateway.app);
    expect((await admin.read()).virtualKeys[0].limits).toMatchObject({ requestsPerMinute: 1, wouldRefuse: 0 });
    expect((await run()).errors).toBeUndefined();
    await refused();
  });
});

describe("an override", () => {
  it("holds until its time is over, and then the normal figures do", async () => {
    const { admin, run, refused } = await limited({ requestsPerMinute: 1 });
    const until = new Date(clock.now().getTime() + 30_000).toISOString();
    const shown = await admin.set({ override: { requestsPerMinute: 3, until } });
    expect(shown).toMatchObject({
      requestsPerMinute: 1,
      override: { requestsPerMinute: 3, tokensPerMinute: null, until },
    });
    for (let call = 0; call < 3; call++) expect((await run()).errors).toBeUndefined();
    expect(await refused()).toMatchObject({ allowed: 3 });
    await clock.advance(MINUTE);
    expect((await admin.read()).limits).toMatchObject({ requestsPerMinute: 1, override: null });
    await expect.poll(async () => (await run()).errors?.[0]?.extensions.allowed).toBe(1);
  });
});
