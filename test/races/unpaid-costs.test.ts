import { describe, expect, it } from "vitest";
import { hasPostgres } from "../kit/database/database.js";
import { expectSoundLedger } from "../kit/database/ledger.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import { seededRandom } from "../kit/random.js";
import { answer } from "../kit/upstream/upstream-behaviours.js";
import { COMPLETE_JOB, CREATE_JOB, name, RUN_LLM_CALL } from "../kit/world.js";

const CLIENTS = 12;
/** In cents. Each call costs 6. */
const LIMIT = 300;
const CALL = 6;
const UNPAID = "query ($id: ID!) { team(id: $id) { billing { unpaidCostUsdToday } } }";

describe.runIf(hasPostgres())("a limit of unpaid cost, over two processes", { timeout: 120_000 }, () => {
  const { one, other } = useTwoGateways();

  it("is passed by no more than the calls in flight, however many jobs are open, and end as calls begin", async () => {
    const model = name("model");
    await one.admin.data(
      `mutation ($model: String!) {
        setModelPrice(input: { model: $model, inputUsdPerMillionTokens: "0", outputUsdPerMillionTokens: "100" }) { model } }`,
      { model },
    );
    one.upstream.on(model, answer({ usage: { prompt_tokens: 0, completion_tokens: 600, total_tokens: 600 } }));
    const billing = { unpaidCostUsdPerDay: String(LIMIT / 100) };
    const team = await one.world.team({ models: [model], credits: 1_000, billing });
    const random = seededRandom(11);
    let answered = 0;
    let ended = 0;
    /** Opens one job after the other, and ends some of them unpaid, until a call is refused. */
    async function work(number: number): Promise<string | undefined> {
      const client = number % 2 === 0 ? team.client : other.client(team.secret);
      for (;;) {
        const { createJob } = await client.data(CREATE_JOB, { input: { jobType: "test" } });
        const input = { jobId: createJob.id, modelGroup: team.modelGroup, messages: [{ role: "USER", content: "?" }] };
        const { errors } = await client.send(RUN_LLM_CALL, { input });
        if (errors) return errors[0]?.extensions.budget as string | undefined;
        answered += 1;
        if (random.below(2) === 0) continue;
        ended += 1;
        await client.data(COMPLETE_JOB, { input: { jobId: createJob.id, status: "FAILED" } });
      }
    }
    const refusals = await Promise.all(Array.from({ length: CLIENTS }, (_, number) => work(number)));
    expect(new Set(refusals)).toEqual(new Set(["UNPAID_COST"]));
    // Both kinds of jobs were there.
    expect(ended).toBeGreaterThan(0);
    expect(ended).toBeLessThan(answered);
    expect(answered * CALL).toBeGreaterThanOrEqual(LIMIT);
    expect(answered * CALL).toBeLessThan(LIMIT + CLIENTS * CALL);
    const { team: read } = await one.admin.data(UNPAID, { id: team.id });
    expect(Number(read.billing.unpaidCostUsdToday)).toBeCloseTo((answered * CALL) / 100, 9);
    await expectSoundLedger(one.database.db);
  });
});
