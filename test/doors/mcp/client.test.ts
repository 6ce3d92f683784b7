import { afterEach, describe, expect, it } from "vitest";
import { MCP_CLIENTS, type McpClient } from "../../kit/clients/mcp.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway({ upstream: "scripted" });

describe.each(MCP_CLIENTS)("$title", ({ protocol, connect }) => {
  const open: McpClient[] = [];
  afterEach(async () => {
    for (const client of open.splice(0)) await client.close();
  });
  const clientOf = async (credential: string): Promise<McpClient> => {
    const client = await connect(gateway, credential);
    open.push(client);
    return client;
  };
  const start = async (options = {}) => {
    const team = await gateway.world.team({ models: ["gpt-4o"], ...options });
    return { team, client: await clientOf(team.secret) };
  };

  it("finds the tools, with what they take, tell and do", async () => {
    const { client } = await start();
    expect(client.protocol).toBe(protocol);
    const tools = await client.tools();
    expect(tools.map(({ name }) => name)).toEqual(["create_job", "run_call", "complete_job", "usage"]);
    for (const { inputSchema, outputSchema, description, annotations } of tools) {
      expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
      expect(outputSchema).toMatchObject({ type: "object" });
      expect(description.length).toBeGreaterThan(80);
      expect(Object.keys(annotations).sort()).toEqual([
        "destructiveHint",
        "idempotentHint",
        "openWorldHint",
        "readOnlyHint",
      ]);
      const fields = { ...inputSchema.properties, ...outputSchema.properties };
      for (const [field, schema] of Object.entries(fields))
        expect(JSON.stringify(schema), field).toContain('"description"');
    }
  });

  it("buys a job, asks in it, and ends it, which takes one credit, once", async () => {
    const { team, client } = await start({ credits: 3 });
    const job = await client.call("create_job", { job_type: "research", metadata: { ticket: 7 }, max_cost_usd: 0.5 });
    expect(job).toMatchObject({ isError: false, told: { job_type: "research", status: "pending" } });
    const { job_id } = job.told;
    expect(await team.credits()).toMatchObject({ available: 2, held: 1, used: 0 });

    const call = await client.call("run_call", { job_id, model_group: team.modelGroup, prompt: "Hello?" });
    expect(call.told).toMatchObject({
      job_id,
      status: "succeeded",
      content: "This is a scripted answer.",
      tool_calls: [],
      finish_reason: "stop",
      model_group: team.modelGroup,
      usage: { prompt_tokens: 12, completion_tokens: 6, total_tokens: 18, source: "reported" },
      cost_usd: "0.00009",
      cost_source: "price_table",
    });

    const ends = [await client.call("complete_job", { job_id }), await client.call("complete_job", { job_id })];
    for (const { told } of ends)
      expect(told).toMatchObject({
        job_id,
        status: "completed",
        costs: {
          total_calls: 1,
          total_tokens: 18,
          total_cost_usd: "0.00009",
          credit_applied: true,
          credits_remaining: 2,
        },
      });
    expect(await team.credits()).toMatchObject({ available: 2, held: 0, used: 1 });

    const used = await client.call("usage", { group_by: ["job_type"] });
    expect(used.told).toMatchObject({
      granularity: "all",
      is_complete: true,
      total: { jobs_completed: 1, credits_posted: 1, calls: 1, total_tokens: 18, cost_usd: "0.00009" },
      rows: [{ job_type: "research", figures: { calls: 1 } }],
      next_cursor: null,
    });
  });
});
