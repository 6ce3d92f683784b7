import { beforeEach, describe, it } from "vitest";
import { type Account, NOW, type Row, refused, useConstrainedDatabase } from "../../kit/database/constraints.js";

const database = useConstrainedDatabase();
const { insert } = database;
let account: Account;
beforeEach(async () => {
  account = await database.openAccount();
});

describe("llm_calls", () => {
  const insertCall = (row: Row) => insert("llm_calls", account.call(row));
  const SUCCEEDED = { status: "SUCCEEDED", finished_at: NOW, latency_ms: 1, lease_until: null };
  const FAILED = { ...SUCCEEDED, status: "FAILED", error_code: "UPSTREAM_FAILED", error_message: "It failed." };

  it("takes running and settled calls", async () => {
    await insertCall({});
    await insertCall(SUCCEEDED);
    await insertCall({ ...SUCCEEDED, usage_source: "REPORTED", prompt_tokens: 1, completion_tokens: 1 });
    await insertCall({ ...SUCCEEDED, cost_source: "PRICE_TABLE", cost_nano_usd: 1 });
    await insertCall({ ...SUCCEEDED, cost_source: "UNPRICED" });
    await insertCall(FAILED);
    await insertCall({ ...FAILED, status: "CANCELLED" });
  });

  it("refuses a running call without a lease, or with an outcome", async () => {
    await refused("llm_calls_settled_check", insertCall({ lease_until: null }));
    await refused("llm_calls_settled_check", insertCall({ finished_at: NOW }));
    await refused("llm_calls_settled_check", insertCall({ latency_ms: 1 }));
    await refused(
      "llm_calls_settled_check",
      insertCall({ error_code: "CANCELLED", error_message: "It was cancelled." }),
    );
  });

  it("refuses a settled call with a lease, or without its end", async () => {
    await refused("llm_calls_settled_check", insertCall({ ...SUCCEEDED, lease_until: NOW }));
    await refused("llm_calls_settled_check", insertCall({ ...SUCCEEDED, finished_at: null }));
    await refused("llm_calls_settled_check", insertCall({ ...SUCCEEDED, latency_ms: null }));
  });

  it("refuses a failed call without an error, a successful call with an error, and half an error", async () => {
    await refused("llm_calls_error_check", insertCall({ ...FAILED, error_code: null, error_message: null }));
    await refused("llm_calls_error_check", insertCall({ ...FAILED, error_message: null }));
    await refused("llm_calls_error_check", insertCall({ ...FAILED, error_code: null }));
    await refused("llm_calls_error_check", insertCall({ ...FAILED, status: "SUCCEEDED" }));
  });

  it("refuses tokens without their source, a source without tokens, and figures below zero", async () => {
    const usage = { usage_source: "REPORTED", prompt_tokens: 1, completion_tokens: 1 };
    for (const column of Object.keys(usage))
      await refused("llm_calls_usage_check", insertCall({ ...SUCCEEDED, ...usage, [column]: null }));
    for (const column of ["prompt_tokens", "completion_tokens", "cached_prompt_tokens", "latency_ms"])
      await refused("llm_calls_usage_check", insertCall({ ...SUCCEEDED, ...usage, [column]: -1 }));
  });

  it("refuses a cost without its source, a source without a cost, an unpriced cost and a cost below zero", async () => {
    await refused("llm_calls_cost_check", insertCall({ ...SUCCEEDED, cost_nano_usd: 1 }));
    await refused("llm_calls_cost_check", insertCall({ ...SUCCEEDED, cost_source: "UPSTREAM" }));
    await refused("llm_calls_cost_check", insertCall({ ...SUCCEEDED, cost_source: "UNPRICED", cost_nano_usd: 1 }));
    await refused("llm_calls_cost_check", insertCall({ ...SUCCEEDED, cost_source: "UPSTREAM", cost_nano_usd: -1 }));
  });
});
