import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { error, held, litellmError } from "../../kit/upstream/upstream-behaviours.js";
import { name, RUN_LLM_CALL } from "../../kit/world.js";

describe("a call", () => {
  const gateway = useGateway({ upstream: "scripted" });
  /** A model that no other test scripts. */
  const model = () => name("model");
  const jobOf = async (...models: string[]) => (await gateway.world.team({ models })).job();

  it("goes on when its client goes away, and is there to be read", async () => {
    const behaviour = held({ content: "Late." });
    const slow = model();
    gateway.upstream.on(slow, behaviour);
    const job = await jobOf(slow);
    const abort = new AbortController();
    const gone = fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${job.team.secret}` },
      body: JSON.stringify({ query: RUN_LLM_CALL, variables: { input: job.callInput() } }),
      signal: abort.signal,
    });
    await behaviour.arrived;
    abort.abort();
    await expect(gone).rejects.toThrow();
    behaviour.release();
    await gateway.app.calls.drain(60_000);
    const { job: read } = await job.team.client.data(
      `query ($id: ID!) { job(id: $id) { llmCalls { nodes { status content } } } }`,
      { id: job.id },
    );
    expect(read.llmCalls.nodes).toEqual([{ status: "SUCCEEDED", content: "Late." }]);
  });

  it("without a job opens one, which it completes and pays for by succeeding", async () => {
    const team = await gateway.world.team({ credits: 1 });
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello" }], jobType: "chat" };
    const { runLlmCall } = await team.client.data(RUN_LLM_CALL, { input });
    expect(runLlmCall).toMatchObject({ status: "SUCCEEDED", job: { status: "COMPLETED" } });
    expect(await team.credits()).toMatchObject({ used: 1, held: 0, available: 0 });
    await team.client.refusal("INSUFFICIENT_CREDITS", RUN_LLM_CALL, { input });
    const { jobs } = await team.client.data(
      `{ jobs { nodes { jobType status costs { totalCalls creditApplied creditsRemaining } } } }`,
    );
    expect(jobs.nodes).toEqual([
      { jobType: "chat", status: "COMPLETED", costs: { totalCalls: 1, creditApplied: true, creditsRemaining: 0 } },
    ]);
  });

  it("without a job fails its job with itself, which is free", async () => {
    const failing = model();
    gateway.upstream.on(failing, error(500, litellmError(500)));
    const team = await gateway.world.team({ credits: 1, models: [failing] });
    const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello" }] };
    const { runLlmCall } = await team.client.data(RUN_LLM_CALL, { input });
    expect(runLlmCall).toMatchObject({ status: "FAILED", job: { status: "FAILED" } });
    expect(await team.credits()).toMatchObject({ used: 0, held: 0, available: 1 });
  });

  it("is cancelled when its team is suspended", async () => {
    const behaviour = held();
    const slow = model();
    gateway.upstream.on(slow, behaviour);
    const job = await jobOf(slow);
    const call = job.team.client.send(RUN_LLM_CALL, { input: job.callInput() });
    await behaviour.arrived;
    await gateway.admin.data(`mutation ($id: ID!) { suspendTeam(id: $id) { status } }`, { id: job.team.id });
    await call;
    const { job: read } = await gateway.admin.data(
      `query ($id: ID!) { job(id: $id) { status llmCalls { nodes { status error { code } } } } }`,
      { id: job.id },
    );
    expect(read).toEqual({
      status: "IN_PROGRESS",
      llmCalls: { nodes: [{ status: "CANCELLED", error: { code: "TEAM_SUSPENDED" } }] },
    });
    await gateway.admin.data(`mutation ($id: ID!) { resumeTeam(id: $id) { status } }`, { id: job.team.id });
    await job.complete();
  });
});
