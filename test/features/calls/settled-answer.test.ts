import { describe, expect, it } from "vitest";
import { findCalls } from "../../../src/features/calls/commit/call-row.sql.js";
import { CallSettlement } from "../../../src/features/calls/commit/call-settlement.js";
import { type Outcome, orphaned } from "../../../src/features/calls/commit/outcome.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { held } from "../../kit/upstream/upstream-behaviours.js";
import { name, START_LLM_CALL } from "../../kit/world.js";

describe("a settlement", () => {
  const gateway = useGateway({ upstream: "scripted" });

  it("stores all that came of an answer, with U+FFFD for what cannot be stored", async () => {
    const model = name("model");
    const behaviour = held();
    gateway.upstream.on(model, behaviour);
    const job = await (await gateway.world.team({ models: [model] })).job();
    const { startLlmCall: call } = await job.team.client.data(START_LLM_CALL, { input: job.callInput() });
    await behaviour.arrived;
    const outcome: Outcome = {
      ...orphaned({ model, createdAt: new Date() }, new Date()),
      content: "a\0b",
      reasoning: "\ud83d",
      extensions: { "citations\0": [{ url: "\udc00" }], count: 2 ** 40 },
      error: { code: "UPSTREAM_FAILED", message: "\0", data: { param: "\0", retryAfterMs: 5 } },
    };
    const { db, sql } = gateway.database;
    const { config, events, redis } = gateway.app;
    const settlement = new CallSettlement({ sql, events, peers: redis.peers, limits: config.jobs });
    const [row] = await sql.run(findCalls, { ids: [call.id] });
    if (!row) throw new Error("The call has no row.");
    await settlement.settle(row, outcome);
    expect(await db.llmCall.findUnique({ where: { id: call.id } })).toMatchObject({
      content: "a\ufffdb",
      reasoning: "\ufffd",
      extensions: { "citations\ufffd": [{ url: "\ufffd" }], count: 2 ** 40 },
      errorMessage: "\ufffd",
      errorData: { param: "\ufffd", retryAfterMs: 5 },
    });
    behaviour.release();
  });
});
