import { describe, expect, it } from "vitest";
import { engines } from "../../kit/database/database.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);

const ORGANIZATION = {
  organization_id: "acme-corp",
  name: "Acme Corporation",
  metadata: { industry: "technology", tier: "enterprise" },
};
const GROUP = {
  group_name: "ChatFast",
  display_name: "Fast Chat Model",
  description: "Quick responses",
  models: [
    { model_name: "gpt-3.5-turbo", priority: 0 },
    { model_name: "gpt-4o-mini", priority: 1 },
  ],
};
const TEAM = {
  organization_id: "acme-corp",
  team_id: "engineering-team",
  team_alias: "Engineering Team",
  model_groups: ["ChatFast"],
  credits_allocated: 100,
};
const MESSAGES = [{ role: "user", content: "How do I reset my password?" }];

describe.each(engines())("the chain over REST on the %s database", (engine) => {
  const gateway = useGateway({ engine });
  const given = { key: "", jobId: "" };

  it("goes from an organization to a cost summary and 99 of 100 credits", async () => {
    const admin = gateway.rest(ADMIN_KEY);
    expect(await admin.ok("POST", "/api/organizations/create", ORGANIZATION)).toEqual({
      ...ORGANIZATION,
      status: "active",
      created_at: TIME,
      updated_at: TIME,
    });
    expect(await admin.ok("POST", "/api/model-groups/create", GROUP)).toEqual({
      ...GROUP,
      interchangeable_embeddings: false,
      model_group_id: UUID,
      status: "active",
      allowed_options: [],
      max_output_tokens: null,
      models: GROUP.models.map((model) => ({ ...model, weight: null, is_active: true })),
    });
    const created = await admin.ok("POST", "/api/teams/create", TEAM);
    expect(created).toEqual({
      ...TEAM,
      allowed_models: ["gpt-3.5-turbo", "gpt-4o-mini"],
      credits_remaining: 100,
      virtual_key: expect.stringMatching(/^sk-[0-9a-f]{64}$/),
      message: expect.any(String),
    });
    given.key = created.virtual_key;

    const team = gateway.rest(given.key);
    const balance = { team_id: "engineering-team", organization_id: "acme-corp", credits_allocated: 100 };
    expect(await team.ok("GET", "/api/credits/teams/engineering-team/balance")).toEqual({
      ...balance,
      credits_used: 0,
      credits_remaining: 100,
      credits_held: 0,
      credits_available: 100,
    });

    const job = await team.ok("POST", "/api/jobs/create", {
      team_id: "engineering-team",
      job_type: "customer_support",
      metadata: { priority: "high" },
    });
    expect(job).toEqual({ job_id: UUID, status: "pending", created_at: TIME });
    given.jobId = job.job_id;

    const calls: { call_id: string; metadata: { tokens_used: number; latency_ms: number } }[] = [];
    for (const purpose of ["initial_response", "follow_up", "analysis"]) {
      const question = { model_group: "ChatFast", messages: MESSAGES, temperature: 0.7, purpose };
      const call = await team.ok("POST", `/api/jobs/${job.job_id}/llm-call`, question);
      expect(call).toEqual({
        call_id: UUID,
        response: { content: expect.stringContaining("password"), finish_reason: "stop" },
        metadata: { tokens_used: expect.any(Number), latency_ms: expect.any(Number), model_group: "ChatFast" },
      });
      calls.push(call);
    }

    const sum = (of: (call: (typeof calls)[number]) => number) => calls.reduce((total, call) => total + of(call), 0);
    const completed = await team.ok("POST", `/api/jobs/${job.job_id}/complete`, {
      status: "completed",
      error_message: null,
      metadata: { rating: 5 },
    });
    expect(completed).toEqual({
      job_id: job.job_id,
      status: "completed",
      completed_at: TIME,
      costs: {
        total_calls: 3,
        successful_calls: 3,
        failed_calls: 0,
        total_tokens: sum((call) => call.metadata.tokens_used),
        total_cost_usd: expect.any(Number),
        avg_latency_ms: Math.round(sum((call) => call.metadata.latency_ms) / 3),
        credit_applied: true,
        credits_remaining: 99,
      },
      calls: ["initial_response", "follow_up", "analysis"].map((purpose, index) => ({
        call_id: calls[index]?.call_id,
        purpose,
        model_group: "ChatFast",
        tokens: calls[index]?.metadata.tokens_used,
        latency_ms: calls[index]?.metadata.latency_ms,
        error: null,
      })),
    });
    expect(completed.costs.total_cost_usd).toBeGreaterThan(0);
    expect(await team.ok("GET", `/api/jobs/${job.job_id}/costs`)).toEqual(completed);
    expect(await team.ok("GET", `/api/jobs/${job.job_id}`)).toMatchObject({
      status: "completed",
      credit_applied: true,
      // What is sent to complete is merged into what was there.
      metadata: { priority: "high", rating: 5 },
    });
    expect(await team.ok("GET", "/api/credits/teams/engineering-team/balance")).toMatchObject({
      ...balance,
      credits_used: 1,
      credits_remaining: 99,
      credits_held: 0,
      credits_available: 99,
    });
  });

  it("answers a second run with 400 and a sentence that says what already exists", async () => {
    const admin = gateway.rest(ADMIN_KEY);
    for (const [path, body] of [
      ["/api/organizations/create", ORGANIZATION],
      ["/api/model-groups/create", GROUP],
      ["/api/teams/create", TEAM],
    ] as const) {
      expect(await admin.refusal(400, "POST", path, body)).toContain("already exists");
    }
    expect(await admin.ok("GET", "/api/organizations/acme-corp")).toMatchObject(ORGANIZATION);
    expect(await admin.ok("GET", "/api/model-groups/ChatFast")).toMatchObject(GROUP);
    const team = await admin.ok("GET", "/api/teams/engineering-team");
    expect(team).toMatchObject({ team_id: "engineering-team", credits_remaining: 99, model_groups: ["ChatFast"] });
    expect(JSON.stringify(team)).not.toContain("sk-");
  });

  it('answers the key "null" with 401, whatever it asks', async () => {
    const nobody = gateway.rest("null");
    const job = { team_id: "engineering-team", job_type: "demo", metadata: { example: "curl" } };
    expect(await nobody.refusal(401, "POST", "/api/jobs/create", job)).toEqual(expect.any(String));
    const question = { model_group: "ChatFast", messages: MESSAGES, purpose: "demo" };
    await nobody.refusal(401, "POST", "/api/jobs/null/llm-call", question);
    await nobody.refusal(401, "POST", "/api/jobs/null/complete", { status: "completed" });
    await nobody.refusal(401, "POST", "/api/jobs//llm-call", question);
  });

  it("takes the admin key in either header", async () => {
    const { status } = await gateway.rest().send("GET", "/api/teams", undefined, { "x-admin-key": ADMIN_KEY });
    expect(status).toBe(200);
    expect((await gateway.rest().send("GET", "/api/teams", undefined, { "x-admin-key": "sk-wrong" })).status).toBe(401);
  });
});
