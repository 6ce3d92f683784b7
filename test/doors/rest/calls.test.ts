import { describe, expect, it } from "vitest";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { answer, error, litellmError } from "../../kit/upstream/upstream-behaviours.js";
import { name } from "../../kit/world.js";

const MESSAGES = [{ role: "user", content: "What is a tollgate?" }];

describe("a call over REST", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const jobOf = async (...models: string[]) => {
    const job = await (await gateway.world.team({ models })).job();
    return {
      job,
      rest: gateway.rest(job.team.secret),
      url: `/api/jobs/${job.id}/llm-call`,
      group: job.team.modelGroup,
    };
  };

  it("passes everything on to the upstream, by the names it came under", async () => {
    const { rest, url, group } = await jobOf("gpt-4o-mini");
    const sent = {
      messages: [
        { role: "system", content: "Be brief." },
        {
          role: "user",
          name: "ann",
          content: [
            { type: "text", text: "What is this?" },
            { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } },
          ],
        },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "t1", type: "function", function: { name: "look", arguments: "{}" } }],
        },
        { role: "tool", content: "a gate", tool_call_id: "t1" },
      ],
      temperature: 0.3,
      max_tokens: 100,
      top_p: 0.9,
      seed: 7,
      tools: [{ type: "function", function: { name: "look", parameters: { type: "object" } } }],
      tool_choice: { type: "function", function: { name: "look" } },
      response_format: { type: "json_object" },
      frequency_penalty: 0.25,
      presence_penalty: 0.5,
      parallel_tool_calls: false,
    };
    await rest.ok("POST", url, { ...sent, model_group: group, stop: "\n", provider_options: { user: "ann" } });
    expect(gateway.upstream.requests.at(-1)?.body).toEqual({
      ...sent,
      model: "gpt-4o-mini",
      stop: ["\n"],
      user: "ann",
      ...(gateway.upstream.requests.at(-1)?.body.stream === undefined ? {} : { stream: false }),
    });
  });

  it("takes null for every optional field, and asks the upstream for nothing more", async () => {
    const { rest, url, group } = await jobOf("gpt-4o-mini");
    const optional = [
      "purpose",
      "temperature",
      "max_tokens",
      "top_p",
      "stop",
      "seed",
      "tools",
      "tool_choice",
      "metadata",
    ];
    const more = [
      "response_format",
      "frequency_penalty",
      "presence_penalty",
      "parallel_tool_calls",
      "provider_options",
    ];
    const nulls = Object.fromEntries([...optional, ...more].map((field) => [field, null]));
    const message = { ...MESSAGES[0], name: null, tool_calls: null, tool_call_id: null };
    await rest.ok("POST", url, { ...nulls, model_group: group, messages: [message] });
    const { stream, ...body } = gateway.upstream.requests.at(-1)?.body ?? {};
    expect(stream ?? false).toBe(false);
    expect(body).toEqual({ model: "gpt-4o-mini", messages: MESSAGES });
  });

  it("comes back with the tools that the model asks for, and with text that is never null", async () => {
    const asking = name("model");
    const tool = { id: "call_1", name: "look", arguments: '{"at":"gate"}' };
    gateway.upstream.on(asking, answer({ content: null, toolCalls: [tool], finishReason: "tool_calls" }));
    const { rest, url, group } = await jobOf(asking);
    const call = await rest.ok("POST", url, { model_group: group, messages: MESSAGES });
    expect(call.response).toEqual({
      content: "",
      finish_reason: "tool_calls",
      tool_calls: [{ id: "call_1", type: "function", function: { name: "look", arguments: '{"at":"gate"}' } }],
    });
  });

  it("that fails answers with the status of what ended it and the id of the call, and counts as failed", async () => {
    const broken = name("model");
    gateway.upstream.on(broken, error(500, litellmError(500)));
    const { rest, url, group, job } = await jobOf(broken);
    const { status, headers, body } = await rest.send("POST", url, { model_group: group, messages: MESSAGES });
    expect(status).toBe(502);
    expect(headers.get("x-tollgate-error-code")).toBe("UPSTREAM_FAILED");
    expect(body).toEqual({ detail: expect.any(String) });
    const { costs, calls } = await rest.ok("GET", `/api/jobs/${job.id}/costs`);
    expect(costs).toMatchObject({ total_calls: 1, successful_calls: 0, failed_calls: 1, credit_applied: false });
    expect(calls).toEqual([
      {
        call_id: headers.get("x-tollgate-call-id"),
        purpose: null,
        model_group: group,
        tokens: 0,
        latency_ms: expect.any(Number),
        error: body.detail,
      },
    ]);
  });

  it("has its id in a header if it succeeds", async () => {
    const { rest, url, group } = await jobOf("gpt-4o-mini");
    const { headers, body } = await rest.send("POST", url, { model_group: group, messages: MESSAGES });
    expect(headers.get("x-tollgate-call-id")).toBe(body.call_id);
  });

  it("with a job of its own completes that job, and takes its credit", async () => {
    const team = await gateway.world.team({ credits: 5 });
    const single = await gateway.rest(team.secret).ok("POST", "/api/jobs/create-and-call", {
      team_id: team.id,
      job_type: "chat",
      model_group: team.modelGroup,
      messages: MESSAGES,
    });
    expect(single).toMatchObject({
      status: "completed",
      response: { content: expect.any(String), finish_reason: "stop" },
      costs: { total_calls: 1, successful_calls: 1, credit_applied: true, credits_remaining: 4 },
    });
    expect(await gateway.rest(team.secret).ok("GET", `/api/jobs/${single.job_id}`)).toMatchObject({
      job_type: "chat",
      status: "completed",
      completed_at: single.completed_at,
    });
  });

  it("with a job of its own that fails leaves a failed job, which is free", async () => {
    const broken = name("model");
    gateway.upstream.on(broken, error(500, litellmError(500)));
    const team = await gateway.world.team({ credits: 5, models: [broken] });
    const rest = gateway.rest(team.secret);
    await rest.refusal(502, "POST", "/api/jobs/create-and-call", { model_group: team.modelGroup, messages: MESSAGES });
    const { total, jobs } = await rest.ok("GET", `/api/teams/${team.id}/jobs?status=failed`);
    expect([total, jobs[0].job_type]).toEqual([1, "llm-call"]);
    expect(await team.credits()).toMatchObject({ available: 5, used: 0, held: 0 });
  });

  it("may not open a job for another team", async () => {
    const [team, other] = [await gateway.world.team(), await gateway.world.team()];
    const body = { team_id: other.id, model_group: team.modelGroup, messages: MESSAGES };
    expect(await gateway.rest(team.secret).refusal(404, "POST", "/api/jobs/create-and-call", body)).toContain(other.id);
  });
});

describe("a job over REST", () => {
  const gateway = useGateway();

  it("without a credit is refused with 403", async () => {
    const team = await gateway.world.team({ credits: 0 });
    const rest = gateway.rest(team.secret);
    const answer = await rest.send("POST", "/api/jobs/create", { job_type: "test" });
    expect([answer.status, answer.headers.get("x-tollgate-error-code")]).toEqual([403, "INSUFFICIENT_CREDITS"]);
    expect(await rest.ok("POST", `/api/credits/teams/${team.id}/check?credits_needed=1`)).toMatchObject({
      has_credits: false,
    });
  });

  it("ends once: the same end again gets the first answer, another end gets 409", async () => {
    const job = await (await gateway.world.team()).job();
    const rest = gateway.rest(job.team.secret);
    const nulls = { status: null, error_message: null, metadata: null };
    const first = await rest.ok("POST", `/api/jobs/${job.id}/complete`, nulls);
    expect(first).toMatchObject({
      status: "completed",
      costs: { total_calls: 0, avg_latency_ms: 0, total_cost_usd: 0 },
    });
    expect(await rest.ok("POST", `/api/jobs/${job.id}/complete`, { status: "completed" })).toEqual(first);
    await rest.refusal(409, "POST", `/api/jobs/${job.id}/complete`, { status: "failed" });
    await rest.refusal(409, "PATCH", `/api/jobs/${job.id}/metadata`, { metadata: { late: true } });
  });

  it("is listed newest first, page by page, by status, with the total number", async () => {
    const team = await gateway.world.team({ credits: 10 });
    const rest = gateway.rest(team.secret);
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.unshift((await team.job()).id);
    await rest.ok("POST", `/api/jobs/${ids[1]}/complete`, {});
    const list = async (query: string) => {
      const { total, jobs } = await rest.ok("GET", `/api/teams/${team.id}/jobs?${query}`);
      return [total, ...jobs.map((job: { job_id: string }) => ids.indexOf(job.job_id))];
    };
    expect(await list("")).toEqual([5, 0, 1, 2, 3, 4]);
    expect(await list("limit=2")).toEqual([5, 0, 1]);
    expect(await list("limit=2&offset=3")).toEqual([5, 3, 4]);
    expect(await list("limit=2&offset=10000")).toEqual([5]);
    expect(await list("status=completed")).toEqual([1, 1]);
    expect(await list("status=pending&offset=1")).toEqual([4, 2, 3, 4]);
    const { total, transactions } = await rest.ok("GET", `/api/credits/teams/${team.id}/transactions?limit=2`);
    expect([total, ...transactions.map((entry: { kind: string }) => entry.kind)]).toEqual([7, "post", "hold"]);
  });
});

describe("lists over REST", () => {
  const gateway = useGateway();

  it("take as many statements for ten teams as for one, and have the total number in a header", async () => {
    const organization = await gateway.world.organization();
    for (let count = 0; count < 10; count++) await organization.team();
    const measure = async (path: string) => {
      const before = gateway.database.statements();
      const { headers, body } = await gateway.rest(ADMIN_KEY).send("GET", path);
      return {
        total: headers.get("x-total-count"),
        rows: body.length,
        statements: gateway.database.statements() - before,
      };
    };
    for (const path of ["/api/teams", "/api/model-groups"]) {
      const [one, ten] = [await measure(`${path}?limit=1`), await measure(`${path}?limit=10`)];
      expect([one.rows, ten.rows, one.total, ten.total]).toEqual([1, 10, "10", "10"]);
      expect(ten.statements).toBe(one.statements);
    }
  });

  it("show a team only what is its own", async () => {
    const [team, other] = [await gateway.world.team(), await gateway.world.team()];
    const rest = gateway.rest(team.secret);
    expect((await rest.ok("GET", "/api/teams")).map((one: { team_id: string }) => one.team_id)).toEqual([team.id]);
    expect(JSON.stringify(await rest.ok("GET", "/api/model-groups"))).not.toContain(other.modelGroup);
    expect(await rest.ok("GET", `/api/organizations/${team.organizationId}/teams`)).toEqual({
      organization_id: team.organizationId,
      team_count: 1,
      teams: [team.id],
    });
  });
});
