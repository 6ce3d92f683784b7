import { afterEach, describe, expect, it } from "vitest";
import { MCP_CLIENTS, type McpClient } from "../../kit/clients/mcp.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { error, held } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { name } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });

describe.each(MCP_CLIENTS)("$title", ({ connect }) => {
  const open: McpClient[] = [];
  afterEach(async () => {
    for (const client of open.splice(0)) await client.close();
  });
  const start = async (options: Parameters<typeof gateway.world.team>[0] = {}) => {
    const team = await gateway.world.team(options);
    const client = await connect(gateway, team.secret);
    open.push(client);
    return { team, client };
  };

  it.each<[string, string, object, string]>([
    ["create_job", "a field that there is not", { job_type: "x", kind: "y" }, "arguments"],
    ["create_job", "a field that is not there", {}, "job_type"],
    ["create_job", "a text that is too short", { job_type: "" }, "job_type"],
    ["create_job", "an amount that is none", { job_type: "x", max_cost_usd: "free" }, "max_cost_usd"],
    ["create_job", "an amount of 0", { job_type: "x", max_cost_usd: 0 }, "max_cost_usd"],
    ["create_job", "an integer that loses digits", { job_type: "x", max_tokens: 1.5 }, "max_tokens"],
    ["run_call", "no question", { model_group: "x" }, "prompt"],
    ["run_call", "two questions", { model_group: "x", prompt: "x", messages: [] }, "prompt"],
    ["run_call", "no messages", { model_group: "x", messages: [] }, "messages"],
    ["run_call", "a speaker that there is not", { model_group: "x", messages: [{ role: "bot" }] }, "messages[0].role"],
    [
      "run_call",
      "a result of no tool",
      { model_group: "x", messages: [{ role: "tool", content: "x" }] },
      "messages[0].tool_call_id",
    ],
    [
      "run_call",
      "a part without a type",
      { model_group: "x", messages: [{ role: "user", content: [{}] }] },
      "messages[0].content",
    ],
    ["run_call", "a temperature that is too high", { model_group: "x", prompt: "x", temperature: 3 }, "temperature"],
    ["complete_job", "an end that there is not", { job_id: "x", status: "done" }, "status"],
    ["usage", "a time without a zone", { from: "2026-03-01T00:00:00" }, "from"],
    ["usage", "an end before the beginning", { from: "2026-03-02T00:00:00Z", to: "2026-03-01T00:00:00Z" }, "to"],
  ])("hears from %s which field has %s", async (tool, _what, input, field) => {
    const { client } = await start();
    const { told, isError } = await client.call(tool, input);
    expect(isError).toBe(true);
    expect(told).toMatchObject({ code: "INVALID_INPUT", retryable: false, field });
    expect(told.message).toMatch(new RegExp(`^${field.replaceAll(/[[\]]/g, "\\$&")} .*, got .*\\.$`));
  });

  it("finds nothing of another team's, exactly as if it did not exist", async () => {
    const { client } = await start();
    const { client: other } = await start();
    const { told } = await other.call("create_job", { job_type: "x" });
    const unknown = "00000000-0000-4000-8000-000000000000";
    for (const tool of ["complete_job", "run_call"]) {
      const ask = async (job_id: string) => {
        const more = tool === "run_call" ? { model_group: "x", prompt: "x" } : {};
        const answered = await client.call(tool, { job_id, ...more });
        const { request_id: _, ...rest } = answered.told;
        return JSON.parse(JSON.stringify(rest).replaceAll(job_id, "<id>"));
      };
      const refusal = await ask(told.job_id);
      expect(refusal, tool).toMatchObject({ code: tool === "run_call" ? "MODEL_GROUP_NOT_ALLOWED" : "NOT_FOUND" });
      expect(await ask(unknown), tool).toEqual(refusal);
    }
  });

  it("hears that there is no credit, and that a job has ended in another way", async () => {
    const { team, client } = await start({ credits: 1 });
    const { told } = await client.call("create_job", { job_type: "x" });
    expect((await client.call("create_job", { job_type: "x" })).told).toMatchObject({ code: "INSUFFICIENT_CREDITS" });
    const { job_id } = told;
    const failed = await client.call("complete_job", { job_id, status: "failed", error_message: "No use." });
    expect(failed.told).toMatchObject({ status: "failed", costs: { credit_applied: false, credits_remaining: 1 } });
    expect((await client.call("complete_job", { job_id })).told).toMatchObject({ code: "INVALID_STATE" });
    expect((await client.call("run_call", { job_id, model_group: team.modelGroup, prompt: "x" })).told).toMatchObject({
      code: "INVALID_STATE",
    });
  });

  it("hears why a call failed, and which call it was", async () => {
    const model = name("model");
    gateway.upstream.on(
      model,
      error(400, { error: { message: "No.", code: "unsupported_value", param: "temperature" } }),
    );
    const { team, client } = await start({ models: [model] });
    const { told, isError } = await client.call("run_call", { model_group: team.modelGroup, prompt: "x" });
    expect(isError).toBe(true);
    expect(told).toMatchObject({
      code: "UPSTREAM_REJECTED",
      upstream_code: "unsupported_value",
      call_id: expect.any(String),
      job_id: expect.any(String),
    });
    expect(await team.credits()).toMatchObject({ available: 10, held: 0 });
  });

  it("gets the first answer again with the same idempotency key, and buys another without", async () => {
    const { team, client } = await start();
    const ask = (idempotency_key?: string) =>
      client.call("run_call", {
        model_group: team.modelGroup,
        prompt: "x",
        ...(idempotency_key && { idempotency_key }),
      });
    const [first, again, other] = [await ask("one"), await ask("one"), await ask()];
    expect(again.told).toEqual(first.told);
    expect(other.told.call_id).not.toBe(first.told.call_id);
    expect(await team.credits()).toMatchObject({ used: 2 });
    const withProgress = await client.call(
      "run_call",
      { model_group: team.modelGroup, prompt: "x", idempotency_key: "one" },
      () => undefined,
    );
    expect(withProgress.told).toEqual(first.told);
  });

  it("is told of progress while the model speaks, if it asks for that", async () => {
    const upstream = heldStream();
    const model = name("model");
    gateway.upstream.on(model, upstream);
    const { team, client } = await start({ models: [model] });
    const heard: number[] = [];
    let hear = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      hear = resolve;
    });
    const call = client.call("run_call", { model_group: team.modelGroup, prompt: "x" }, (progress) => {
      heard.push(progress);
      hear();
    });
    await upstream.arrived;
    upstream.text("Toll");
    await first;
    expect(heard).toEqual([4]);
    upstream.text("gate");
    upstream.finish();
    expect((await call).told).toMatchObject({ status: "succeeded", content: "Tollgate" });
  });

  it("is refused before anything is bought, if the key has as many streams open as it may", async () => {
    const { team, client } = await start();
    const leaves = Array.from({ length: 2_000 }, () => gateway.app.services.openStreams.take(`key:${team.keyId}`));
    const { told, isError } = await client.call("run_call", { model_group: team.modelGroup, prompt: "x" }, () => {});
    for (const leave of leaves) leave();
    expect(isError).toBe(true);
    expect(told).toMatchObject({ code: "RATE_LIMITED" });
    expect((await team.client.data("{ jobs { nodes { id } } }")).jobs.nodes).toEqual([]);
  });

  it("leaves its call running if it goes away, and gets the answer with the same key", async () => {
    const upstream = held();
    const model = name("model");
    gateway.upstream.on(model, upstream);
    const { team, client } = await start({ models: [model] });
    const ask = { model_group: team.modelGroup, prompt: "x", idempotency_key: "one" };
    const lost = client.call("run_call", ask).catch(() => "lost");
    await upstream.arrived;
    await client.close();
    expect(await lost).toBe("lost");
    const second = await connect(gateway, team.secret);
    open.push(second);
    const answered = second.call("run_call", ask);
    upstream.release();
    expect((await answered).told).toMatchObject({ status: "succeeded" });
    expect(await team.credits()).toMatchObject({ used: 1 });
  });
});
