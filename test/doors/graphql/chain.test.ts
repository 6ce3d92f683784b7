import { describe, expect, it } from "vitest";
import { engines } from "../../kit/database/database.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { COMPLETE_JOB, CREATE_JOB, RUN_LLM_CALL } from "../../kit/world.js";

describe.each(engines())("the whole chain on the %s database", (engine) => {
  const gateway = useGateway({ engine });

  it("goes from an organization to a cost summary and a balance of 99 of 100", async () => {
    const { admin } = gateway;
    const { createOrganization } = await admin.data(
      `mutation { createOrganization(input: { id: "acme-corp", name: "Acme Corporation", metadata: { tier: "enterprise" } }) { id name status metadata } }`,
    );
    expect(createOrganization).toEqual({
      id: "acme-corp",
      name: "Acme Corporation",
      status: "ACTIVE",
      metadata: { tier: "enterprise" },
    });

    const groups = [
      { name: "ChatFast", displayName: "Fast Chat Model", models: ["gpt-3.5-turbo", "gpt-4o-mini"] },
      { name: "ChatAdvanced", displayName: "Advanced Chat Model", models: ["gpt-4", "gpt-4-turbo"] },
    ];
    for (const group of groups) {
      const models = group.models.map((model, priority) => ({ name: model, priority }));
      const { createModelGroup } = await admin.data(
        `mutation ($input: CreateModelGroupInput!) { createModelGroup(input: $input) { name displayName models { name priority } } }`,
        { input: { ...group, models } },
      );
      expect(createModelGroup).toEqual({ ...group, models });
    }

    const { createTeam } = await admin.data(
      `mutation ($input: CreateTeamInput!) { createTeam(input: $input) {
        virtualKey key { prefix status } team { id alias credits { allocated remaining } modelGroups { name } organization { id } } } }`,
      {
        input: {
          id: "engineering-team",
          organizationId: "acme-corp",
          alias: "Engineering Team",
          modelGroups: ["ChatFast", "ChatAdvanced"],
          creditsAllocated: 100,
        },
      },
    );
    expect(createTeam.virtualKey).toMatch(/^sk-[0-9a-f]{64}$/);
    expect(createTeam.key).toEqual({ prefix: createTeam.virtualKey.slice(0, 11), status: "ACTIVE" });
    expect(createTeam.team).toEqual({
      id: "engineering-team",
      alias: "Engineering Team",
      credits: { allocated: 100, remaining: 100 },
      modelGroups: [{ name: "ChatFast" }, { name: "ChatAdvanced" }],
      organization: { id: "acme-corp" },
    });

    const team = gateway.client(createTeam.virtualKey);
    const { createJob } = await team.data(CREATE_JOB, {
      input: { jobType: "customer_support", metadata: { customer_id: "customer_12345" } },
    });
    expect(createJob).toMatchObject({
      status: "PENDING",
      metadata: { customer_id: "customer_12345" },
      startedAt: null,
      completedAt: null,
    });

    const questions = [
      ["ChatFast", "How do I reset my password?", "gpt-3.5-turbo"],
      ["ChatFast", "I didn't receive the reset email.", "gpt-3.5-turbo"],
      ["ChatAdvanced", "Analyze this interaction and suggest improvements.", "gpt-4"],
    ];
    const calls: { usage: Record<string, number>; latencyMs: number; costUsd: string }[] = [];
    for (const [modelGroup, content, model] of questions) {
      const input = {
        jobId: createJob.id,
        modelGroup,
        messages: [{ role: "USER", content }],
        temperature: 0.7,
        purpose: "demo",
      };
      const { runLlmCall } = await team.data(RUN_LLM_CALL, { input });
      expect(runLlmCall).toMatchObject({
        status: "SUCCEEDED",
        model,
        provider: "simulated",
        purpose: "demo",
        error: null,
        costSource: "PRICE_TABLE",
      });
      expect(runLlmCall.content.length).toBeGreaterThan(20);
      calls.push(runLlmCall);
    }

    const { completeJob } = await team.data(COMPLETE_JOB, { input: { jobId: createJob.id } });
    expect(completeJob.job).toMatchObject({
      id: createJob.id,
      status: "COMPLETED",
      expiresAt: null,
      costs: completeJob.costs,
    });
    const sum = (of: (call: (typeof calls)[number]) => number) => calls.reduce((total, call) => total + of(call), 0);
    expect(completeJob.costs).toMatchObject({
      totalCalls: 3,
      successfulCalls: 3,
      failedCalls: 0,
      cancelledCalls: 0,
      runningCalls: 0,
      totalTokens: sum((call) => call.usage.totalTokens ?? 0),
      promptTokens: sum((call) => call.usage.promptTokens ?? 0),
      completionTokens: sum((call) => call.usage.completionTokens ?? 0),
      avgLatencyMs: Math.round(sum((call) => call.latencyMs) / 3),
      creditApplied: true,
      creditsRemaining: 99,
      estimatedCalls: 0,
      unknownUsageCalls: 0,
      unpricedCalls: 0,
      partlyUnpricedCalls: 0,
    });
    expect(nanoUsd(completeJob.costs.totalCostUsd)).toBe(
      calls.reduce((total, call) => total + nanoUsd(call.costUsd), 0n),
    );

    const { viewer } = await team.data(
      `{ viewer { ... on TeamViewer { team { credits { allocated used held remaining available } } } } }`,
    );
    expect(viewer.team.credits).toEqual({ allocated: 100, used: 1, held: 0, remaining: 99, available: 99 });
  });
});

function nanoUsd(decimal: string): bigint {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return BigInt(whole + fraction.padEnd(9, "0"));
}
