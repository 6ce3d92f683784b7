import { describe, expect, it } from "vitest";
import { anthropicOf } from "../../kit/clients/anthropic.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { unsettledCalls } from "../../kit/gateway/tasks.js";
import { hang, held } from "../../kit/upstream/upstream-behaviours.js";
import { heldStream, streamed } from "../../kit/upstream/upstream-streams.js";

const refusal = (status: number, type: string, error_code: string) => ({
  status,
  type,
  error: { error: { type, details: { error_code } } },
});

describe("what takes too long", () => {
  const gateway = useGateway({ upstream: "scripted", env: { UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: "300" } });
  const { teamWith } = anthropicOf(gateway);

  it("is a timeout if the upstream says nothing", async () => {
    const { anthropic, ask } = await teamWith(hang());
    await expect(anthropic.messages.create(ask)).rejects.toMatchObject(
      refusal(504, "timeout_error", "upstream_timeout"),
    );
  });
});

describe("what the gateway itself refuses", () => {
  const env = { CALLS_RUNNING_MAX: "1", DISCONNECT_GRACE_MS: "200" };
  const gateway = useGateway({ upstream: "scripted", env });
  const { teamWith } = anthropicOf(gateway);

  it("is an overload if as many calls run as may", async () => {
    const upstream = held();
    const { anthropic, ask } = await teamWith(upstream);
    const first = anthropic.messages.create(ask);
    await upstream.arrived;
    const refused = await anthropic.messages.create(ask).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject(refusal(529, "overloaded_error", "overloaded"));
    expect((refused as { headers: Headers }).headers.get("x-should-retry")).toBe(null);
    upstream.release();
    await first;
  });

  it("is a matter of billing if a budget is used up, and of permission if the team is suspended", async () => {
    const { team, anthropic, ask } = await teamWith(streamed(["Yes."]));
    const job = await team.job("test", { maxTokens: 1 });
    const headers = { "X-Job-Id": job.id };
    const passes = anthropic.messages.stream(ask, { headers }).finalMessage();
    await expect(passes).rejects.toMatchObject({ type: "billing_error" });
    const used = await anthropic.messages.create(ask, { headers }).catch((thrown: unknown) => thrown);
    expect(used).toMatchObject(refusal(402, "billing_error", "budget_exceeded"));
    expect(used).toMatchObject({ error: { error: { details: { budget: "job_tokens" } } } });
    await gateway.admin.data("mutation ($id: ID!) { suspendTeam(id: $id) { id } }", { id: team.id });
    const suspended = anthropic.messages.create(ask);
    await expect(suspended).rejects.toMatchObject(refusal(403, "permission_error", "team_suspended"));
  });

  it("is an error in the stream if a call is cancelled in the middle", async () => {
    const upstream = heldStream();
    const { team, anthropic, ask } = await teamWith(upstream);
    const stream = anthropic.messages.stream(ask);
    const ended = stream.finalMessage().catch((thrown: unknown) => thrown);
    const begun = new Promise((resolve) => stream.once("text", resolve));
    await upstream.arrived;
    upstream.text("Once");
    await begun;
    const { jobs } = await team.client.data("{ jobs { nodes { llmCalls { nodes { id } } } } }");
    const cancel = "mutation ($id: ID!) { cancelLlmCall(id: $id) { id } }";
    await team.client.data(cancel, { id: jobs.nodes[0].llmCalls.nodes[0].id });
    expect(await ended).toMatchObject({
      type: "api_error",
      error: { error: { details: { error_code: "cancelled" } } },
    });
  });

  it("is a limit before anything is bought, if the key has as many streams open as it may", async () => {
    const { team, anthropic, ask } = await teamWith(streamed(["Yes."]));
    const leaves = Array.from({ length: 2_000 }, () => gateway.app.services.openStreams.take(`key:${team.keyId}`));
    const refused = anthropic.messages.create({ ...ask, stream: true });
    await expect(refused).rejects.toMatchObject(refusal(429, "rate_limit_error", "rate_limited"));
    expect((await team.client.data("{ jobs { nodes { id } } }")).jobs.nodes).toEqual([]);
    for (const leave of leaves) leave();
  });

  it("nothing: a client that goes away cancels its stream", async () => {
    const upstream = heldStream();
    const { team, anthropic, ask } = await teamWith(upstream);
    const stream = anthropic.messages.stream(ask);
    const begun = new Promise((resolve) => stream.once("text", resolve));
    await upstream.arrived;
    upstream.text("Once");
    await begun;
    const ended = stream.done().catch((thrown: unknown) => thrown);
    stream.abort();
    expect(String(await ended)).toContain("aborted");
    await upstream.closed;
    await expect.poll(() => unsettledCalls(gateway.app)).toBe(0);
    expect((await team.client.data("{ jobs { nodes { status } } }")).jobs.nodes).toEqual([{ status: "COMPLETED" }]);
  });
});
