import { describe, expect, it } from "vitest";
import { useArguments } from "../../kit/arguments/use-arguments.js";
import { call, group, job, key, long, organization, role, team, times } from "../../kit/arguments/values.js";

const sender = useArguments();

describe("the limits themselves", () => {
  it("are accepted: the shortest and longest names, the largest metadata, the most credits", async () => {
    const largest = { a: long(16_384 - '{"a":""}'.length) };
    await sender.accepted("createOrganization", organization({ id: long(100), name: "a", metadata: largest }));
    await sender.accepted("createModelGroup", group({ name: "a", displayName: long(200), description: long(2000) }));
    await sender.accepted(
      "createTeam",
      team({ id: "a", alias: "é😀", creditsAllocated: 2_147_483_647, modelGroups: ["a"] }),
    );
    await sender.accepted("createVirtualKey", key({ name: long(200), expiresAt: "9999-12-31T23:59:59Z" }));
    await sender.accepted("jobs", {
      first: 100,
      filter: { jobType: long(100), createdAfter: "2020-01-01T00:00:00+05:45" },
    });
    await sender.accepted("jobs", { first: 1, after: null });
  });

  it("are accepted: the least and the most of every option of a call", async () => {
    await sender.accepted(
      "runLlmCall",
      call({ temperature: 0, topP: 0, maxTokens: 1, stop: ["\n"], tools: [{ type: "function" }] }),
    );
    await sender.accepted(
      "runLlmCall",
      call({ stop: [], tools: [], providerOptions: { n: 1, user: null, presence_penalty: 0.5 } }),
    );
    await sender.accepted(
      "runLlmCall",
      call({ temperature: 2, topP: 1, maxTokens: 2_147_483_647, stop: times(16, (index) => `stop-${index}`) }),
    );
    await sender.accepted(
      "runLlmCall",
      role("ASSISTANT", { content: "", toolCalls: [{ id: "call_1", type: "function" }] }),
    );
    await sender.accepted("runLlmCall", role("TOOL", { content: "", toolCallId: "call_1" }));
    await sender.accepted("runLlmCall", role("USER", { content: "" }));
    await sender.accepted("runLlmCall", role("USER", { parts: [] }));
    await sender.accepted("runLlmCall", role("ASSISTANT", { toolCalls: [] }));
    await sender.accepted("runLlmCall", role("FUNCTION", { name: "f" }));
  });

  it("let through text that only looks like NUL or half a surrogate pair", async () => {
    const odd = { a: String.raw`\u0000`, b: String.raw`\\ud800`, "c\\u0000": "😀" };
    const { createJob } = await sender.team.client.data(
      "mutation ($input: CreateJobInput!) { createJob(input: $input) { metadata } }",
      job({ metadata: odd }),
    );
    expect(createJob.metadata).toEqual(odd);
  });

  it("hold for a job's metadata as a whole, whichever mutation fills it", async () => {
    const opened = await sender.team.job();
    const half = { metadata: { a: long(9_000) } };
    await sender.accepted("updateJobMetadata", { jobId: opened.id, ...half });
    const more = { metadata: { b: long(9_000) } };
    const updated = await sender.refused("variables", "updateJobMetadata", { jobId: opened.id, ...more });
    expect(updated.extensions).toMatchObject({ code: "INVALID_INPUT", field: "metadata" });
    const completed = await sender.refused("variables", "completeJob", { input: { jobId: opened.id, ...more } });
    expect(completed.extensions).toMatchObject({ code: "INVALID_INPUT", field: "input.metadata" });
    expect(await opened.read()).toMatchObject({ status: "PENDING", ...half });
  });
});
