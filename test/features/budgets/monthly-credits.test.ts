import { describe, expect, it } from "vitest";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runTasks } from "../../kit/gateway/tasks.js";
import { name } from "../../kit/world.js";

const CREDITS_MAX = 2_147_483_647;
const DAY_MS = 86_400_000;

describe("monthly credits", () => {
  const clock = new FakeClock();
  const gateway = useGateway({ clock });

  it("are granted to all other teams if one cannot be given so many", async () => {
    const organization = await gateway.world.organization();
    const full = await organization.team({
      id: `a-${name("team")}`,
      credits: CREDITS_MAX,
      billing: { monthlyCredits: 5 },
    });
    const other = await organization.team({ id: `b-${name("team")}`, credits: 1, billing: { monthlyCredits: 5 } });
    await clock.advance(31 * DAY_MS);
    await runTasks(gateway.app).catch(() => undefined);
    expect(await full.credits()).toMatchObject({ allocated: CREDITS_MAX });
    expect(await other.credits()).toMatchObject({ allocated: 6 });
  });
});
