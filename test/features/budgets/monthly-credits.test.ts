import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { LogLines } from "../../kit/log-lines.js";
import { expectSoundAudit } from "../../kit/priced-model.js";
import { name } from "../../kit/world.js";

const CREDITS_MAX = 2_147_483_647;
const DAY_MS = 86_400_000;
const UPDATE = "mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { billing { mode } } }";

describe("monthly credits", () => {
  const clock = new FakeClock();
  const lines = new LogLines("warn");
  const gateway = useGateway({ clock, log: lines.log });

  it("are granted to all other teams if one cannot be given so many", async () => {
    const organization = await gateway.world.organization();
    const full = await organization.team({
      id: `a-${name("team")}`,
      credits: CREDITS_MAX,
      billing: { monthlyCredits: 5 },
    });
    const other = await organization.team({ id: `b-${name("team")}`, credits: 1, billing: { monthlyCredits: 5 } });
    await clock.advance(31 * DAY_MS);
    for (let round = 0; round < 3; round++) await runTasks(gateway.app);
    // It is told once a month.
    const warnings = () =>
      lines.of("A team gets no monthly credits: with them it would have more than an account can have.");
    expect(warnings()).toMatchObject([{ teamId: full.id, month: clock.now().toISOString().slice(0, 7) }]);
    expect(await full.credits()).toMatchObject({ allocated: CREDITS_MAX });
    expect(await other.credits()).toMatchObject({ allocated: 6 });
  });

  it("are granted on the first of a month, UTC, once, and from the next month on", async () => {
    const payer = await gateway.world.team({ credits: 1, billing: { monthlyCredits: 5 } });
    await runTasks(gateway.app);
    expect(await payer.credits()).toMatchObject({ allocated: 1 });
    const now = clock.now();
    const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
    await clock.advance(first - now.getTime() - 1);
    await runTasks(gateway.app);
    expect(await payer.credits()).toMatchObject({ allocated: 1 });
    await clock.advance(1);
    for (let count = 0; count < 3; count++) await runTasks(gateway.app);
    expect(await payer.credits()).toMatchObject({ allocated: 6 });
    await clock.advance(32 * DAY_MS);
    await runTasks(gateway.app);
    expect(await payer.credits()).toMatchObject({ allocated: 11 });
    await gateway.admin.data(UPDATE, { input: { id: payer.id, billing: { monthlyCredits: null } } });
    await clock.advance(32 * DAY_MS);
    await runTasks(gateway.app);
    expect(await payer.credits()).toMatchObject({ allocated: 11 });
    await expectSoundAudit(gateway, payer);
  });
});
