import { beforeAll, describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";
import { name, type TestTeam } from "../../kit/world.js";

const USAGE = { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 };

/** What upstreams say of the cost of an answer, beside the fields that the gateway reads. */
const COSTS: readonly [string, object][] = [
  ["DeepInfra", { estimated_cost: 0.0123 }],
  ["xAI", { cost_in_usd_ticks: 123_000_000 }],
  ["OpenRouter", { cost: 0.0123, cost_details: { upstream_inference_cost: 0.0123 } }],
];

describe("what an answer really costs", () => {
  const gateway = useGateway({ upstream: "scripted" });
  let model: string;
  let team: TestTeam;
  beforeAll(async () => {
    model = name("model");
    team = await gateway.world.team({ models: [model], billing: { markupPercent: "50" } });
  });

  it.each(COSTS)("is not told to a team in the words of %s", async (_name, cost) => {
    gateway.upstream.on(model, answer({ usage: { ...USAGE, ...cost } }));
    const asked = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${team.secret}`, "content-type": "application/json" },
      body: JSON.stringify({ model: team.modelGroup, messages: [{ role: "user", content: "?" }] }),
    });
    const text = await asked.text();
    expect(asked.status, text).toBe(200);
    expect(text).not.toContain("0123");
    expect(text).not.toContain("123000000");
    const { runLlmCall } = await team.client.data(
      "mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { extensions } }",
      { input: { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "?" }] } },
    );
    expect(JSON.stringify(runLlmCall.extensions)).not.toMatch(/cost/);
  });
});
