import { expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { limitsOf } from "../../kit/limits.js";
import { RUN_LLM_CALL } from "../../kit/world.js";

// A clock of tests moves by whole milliseconds, so here time passes by itself.
const gateway = useGateway({ upstream: "scripted" });

it("Where the limits stand is told in whole milliseconds.", async () => {
  const team = await gateway.world.team();
  await limitsOf(gateway.admin, team).set({ requestsPerMinute: 1_000, tokensPerMinute: 100_000 });
  const input = (await team.job()).callInput();
  for (let call = 0; call < 3; call++) {
    const { extensions } = await team.client.send(RUN_LLM_CALL, { input });
    const whole = { resetMs: expect.toSatisfy(Number.isInteger) };
    expect(extensions?.rateLimit).toMatchObject({ requests: whole, tokens: whole });
  }
});
