import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { answer } from "../../kit/upstream/upstream-behaviours.js";
import { name } from "../../kit/world.js";

const SHOWN = 100;
const ENTRIES = "query ($id: ID!) { job(id: $id) { creditEntries { kind heldCredits } } }";

describe("the entries of a job", () => {
  const gateway = useGateway({ upstream: "scripted" });

  it("are the last hundred if there are more", async () => {
    const model = name("model");
    gateway.upstream.on(model, answer({ usage: { prompt_tokens: 0, completion_tokens: 10, total_tokens: 10 } }));
    const billing = { mode: "TOKENS", tokensPerCredit: 10 };
    const team = await gateway.world.team({ models: [model], credits: 1_000, billing });
    const job = await team.job();
    // Each call needs one credit more than the calls before it have used.
    for (let calls = 0; calls < SHOWN + 2; calls++) await job.call();
    await job.complete();

    const { creditEntries } = (await team.client.data(ENTRIES, { id: job.id })).job;
    expect(creditEntries).toHaveLength(SHOWN);
    expect(creditEntries.at(-1)).toEqual({ kind: "POST", heldCredits: -(SHOWN + 2) });
    const { totalCount } = (
      await team.client.data("query ($id: ID!) { team(id: $id) { creditEntries { totalCount } } }", { id: team.id })
    ).team.creditEntries;
    // The grant, a hold for each call, and the end.
    expect(totalCount).toBe(1 + SHOWN + 2 + 1);
  });
});
