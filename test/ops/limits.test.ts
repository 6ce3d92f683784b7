import { describe, expect, it } from "vitest";
import { Metrics } from "../kit/clients/metrics.js";
import { ADMIN_KEY, useGateway } from "../kit/gateway/gateway.js";
import { limitsOf } from "../kit/limits.js";
import { LogLines, REQUEST } from "../kit/log-lines.js";
import { RUN_LLM_CALL } from "../kit/world.js";

const lines = new LogLines("info");
const gateway = useGateway({ log: lines.log });

const reached = async (labels: Record<string, string>) =>
  (await Metrics.of(gateway.url, ADMIN_KEY)).sum("tollgate_limits_reached_total", labels);

describe("what limits do is told to the operator:", () => {
  it("refusals, and what would have been ones, by the limit and its owner, as metrics and in the log", async () => {
    const team = await gateway.world.team();
    const { set, setOfKey } = limitsOf(gateway.admin, team);
    const input = (await team.job()).callInput();
    const run = () => team.client.send(RUN_LLM_CALL, { input });
    await set({ requestsPerMinute: 1 });
    await setOfKey({ requestsPerMinute: 1, isEnforced: false });
    await run();
    await run();
    expect(await reached({ limit: "requests", owner: "team", enforced: "true" })).toBe(1);
    expect(await reached({ owner: "key" })).toBe(0);
    await set({ requestsPerMinute: 9 });
    await run();
    expect(await reached({ limit: "requests", owner: "key", enforced: "false" })).toBe(1);
    await lines.until(({ overLimits }) => overLimits !== undefined);
    const told = lines.of(REQUEST).filter(({ teamId }) => teamId === team.id);
    const calls = told.filter(({ operation }) => operation === "mutation runLlmCall");
    expect(calls.map(({ errorCode, limitedBy, overLimits }) => ({ errorCode, limitedBy, overLimits }))).toEqual([
      {},
      { errorCode: "RATE_LIMITED", limitedBy: "TEAM_REQUESTS" },
      { overLimits: ["KEY_REQUESTS"] },
    ]);
  });

  it("a repeated request is no refusal", async () => {
    const team = await gateway.world.team();
    await limitsOf(gateway.admin, team).set({ requestsPerMinute: 1 });
    const before = await reached({});
    const input = { ...(await team.job()).callInput(), idempotencyKey: "once" };
    for (let again = 0; again < 3; again++) await team.client.data(RUN_LLM_CALL, { input });
    expect(await reached({})).toBe(before);
  });
});
