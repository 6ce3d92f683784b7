import { describe, expect, it } from "vitest";
import { askDoor, MODEL_DOORS } from "../../kit/clients/model-doors.js";
import { expectSoundAudit } from "../../kit/priced-model.js";
import * as anthropic from "../../kit/upstream/anthropic-answers.js";
import { vectors } from "../../kit/upstream/json-answers.js";
import { ended, response, responseEvents, textEvents } from "../../kit/upstream/responses-answers.js";
import type { ScriptedUpstream } from "../../kit/upstream/upstream.js";
import { chunk, DONE, event, eventsOf, sent, usageChunk } from "../../kit/upstream/upstream-answers.js";
import { answer, type Behaviour, error } from "../../kit/upstream/upstream-behaviours.js";
import { useTwoUpstreams } from "../../kit/upstream/use-upstreams.js";
import { name, type TestJob } from "../../kit/world.js";

const JOB = `query ($id: ID!) { job(id: $id) { costs { totalCostUsd failedAttemptsCostUsd totalTokens }
  llmCalls(first: 10) { nodes { status costUsd usage { promptTokens completionTokens source }
    attempts { status costUsd costSource usage { promptTokens completionTokens source }
      costComponents { component costUsd } } } } } }`;
const SET = "mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }";
const PRICE = { inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "3" };

const { gateway, east, west } = useTwoUpstreams({ west: { kind: "anthropic" } });
const native = useTwoUpstreams({ west: { kind: "openai", api: "responses" } });

const FAILURE = { error: { message: "It broke", code: 500 } };
const HALF = chunk({ content: "Half an ans" });
const usage = { prompt_tokens: 1_000, completion_tokens: 20, total_tokens: 1_020 };
/** What each failed attempt of a table below reports, at the prices above. */
const REPORTED = { promptTokens: 1_000, completionTokens: 20, source: "REPORTED" };
const COST = "0.00106";

const IN_CHATS: readonly [what: string, behaviour: Behaviour][] = [
  ["usage in a chunk before the error", sent(eventsOf(HALF, usageChunk(usage), FAILURE) + DONE)],
  ["in the same chunk, after half of an answer", sent(eventsOf(HALF, { ...FAILURE, usage }) + DONE)],
  ["in the same chunk, before any answer", sent(event({ ...FAILURE, usage }) + DONE)],
  ["in an event named error", sent(`event: error\n${event({ message: "It broke", usage })}`)],
  ["in the choice that has the error", sent(event({ choices: [{ index: 0, delta: {}, ...FAILURE, usage }] }))],
  ["beside finish_reason error", sent(eventsOf(HALF, chunk({}, "error", { usage })))],
  ["in a list around the error", sent(event([{ ...FAILURE, usage }]))],
  ["in a plain answer", sent(JSON.stringify({ ...FAILURE, usage }))],
  ["in a plain answer that is a list", sent(JSON.stringify([{ ...FAILURE, usage }]))],
  ["in a line before the error", sent(`${JSON.stringify(usageChunk(usage))}\n${JSON.stringify(FAILURE)}`)],
  ["in an answer without a message", sent(JSON.stringify({ choices: [{ finish_reason: "stop" }], usage }))],
  ["under a status of failure", error(500, { ...FAILURE, usage })],
];

const ofClaude = { input_tokens: 1_000, output_tokens: 20 };
const overloaded = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
const begun = anthropic.start({ input_tokens: 1_000, output_tokens: 1 });
const half = anthropic.text(0, "Half an ans");

const IN_MESSAGES: readonly [what: string, behaviour: Behaviour][] = [
  [
    "in message_start and message_delta",
    sent(anthropic.events(begun, ...half, anthropic.stop("end_turn", { output_tokens: 20 })[0] ?? begun, overloaded)),
  ],
  ["beside the error", sent(anthropic.events(begun, ...half, { ...overloaded, usage: { output_tokens: 20 } }))],
  ["beside an error alone", sent(anthropic.events({ ...overloaded, usage: ofClaude }))],
  ["in a plain answer", sent(JSON.stringify({ ...overloaded, usage: ofClaude }))],
  ["under a status of failure", error(529, { ...overloaded, usage: ofClaude })],
];

const ofResponse = {
  usage: { ...ofClaude, total_tokens: 1_020 },
  error: { code: "server_error", message: "It broke" },
};
const unnamed = (events: string) => events.replaceAll(/^event: .*\n/gm, "");

const IN_RESPONSES: readonly [what: string, behaviour: Behaviour][] = [
  ["in response.failed", sent(responseEvents(textEvents(0, "Half"), ended("failed", ofResponse)))],
  ["in response.failed, before any answer", sent(responseEvents([], ended("failed", ofResponse)))],
  ["in an event without a name", sent(unnamed(responseEvents([], ended("failed", ofResponse))))],
  ["in response.incomplete with an error", sent(responseEvents([], ended("incomplete", ofResponse)))],
  ["in response.completed with an error", sent(responseEvents([], ended("completed", ofResponse)))],
  ["in a response that was cancelled", sent(response([], { ...ofResponse, error: null, status: "cancelled" }))],
  ["in a plain response", sent(response([], { ...ofResponse, status: "failed" }))],
  ["beside an event error", sent(responseEvents([], { type: "error", ...ofResponse }))],
];

describe.each([
  ["a chat", gateway, "east", () => east, IN_CHATS],
  ["a message of Anthropic's", gateway, "west", () => west, IN_MESSAGES],
  ["a response", native.gateway, "west", () => native.west, IN_RESPONSES],
] as const)("usage that %s reports, which then fails,", (_, at, upstream, scripted, table) => {
  it.each(table)("is what the attempt costs: %s", async (__, behaviour) => {
    const { job, failing } = await jobAt(at, upstream, scripted(), behaviour);
    await at.admin.data(SET, { input: { model: failing, ...PRICE } });
    await job.call();
    await at.socket(job.team.secret).stream(job.callInput()).rest();
    const { calls, costs } = await costsOf(at, job);
    expect(calls).toHaveLength(2);
    for (const { attempts } of calls)
      expect(attempts[0]).toMatchObject({ status: "FAILED", usage: REPORTED, costUsd: COST });
    expect(costs.failedAttemptsCostUsd).toBe("0.00212");
  });
});

describe("usage beside a failure", () => {
  it("has the searches that a failed response lists", async () => {
    const search = { type: "web_search_call", id: "ws_1", status: "completed" };
    const failed = sent(response([search, search], { ...ofResponse, status: "failed" }));
    const { job, failing } = await jobAt(native.gateway, "west", native.west, failed);
    await native.gateway.admin.data(SET, { input: { model: failing, ...PRICE } });
    await job.call();
    const { calls } = await costsOf(native.gateway, job);
    const { costComponents } = calls[0].attempts[0];
    expect(costComponents.map(({ component }: { component: string }) => component)).toContain("WEB_SEARCH");
  });

  it("may be nothing but a cost, which the attempt then costs", async () => {
    const { job } = await jobAt(gateway, "east", east, sent(event({ ...FAILURE, usage: { cost: 0.25 } })));
    await job.call();
    const [{ attempts }] = (await costsOf(gateway, job)).calls;
    expect(attempts[0]).toMatchObject({ costUsd: "0.25", costSource: "UPSTREAM", usage: { source: "ESTIMATED" } });
  });

  it("may be no count, and then the upstream's own cost counts, whatever price the admin has set", async () => {
    const behaviour = sent(event({ ...FAILURE, usage: { ...usage, completion_tokens: -1, cost: 0.25 } }));
    const { job, failing } = await jobAt(gateway, "east", east, behaviour);
    await gateway.admin.data(SET, { input: { model: failing, ...PRICE } });
    await job.call();
    const [{ attempts }] = (await costsOf(gateway, job)).calls;
    expect(attempts[0]).toMatchObject({ costUsd: "0.25", costSource: "UPSTREAM", usage: { source: "UNKNOWN" } });
  });

  it("counts for an embedding as well", async () => {
    const door = MODEL_DOORS.embeddings;
    if (!door) throw new Error("There is no such door.");
    const model = name("vectors");
    east.on(model, sent(JSON.stringify({ ...FAILURE, usage: { prompt_tokens: 1_000 } })), vectors([[1]]));
    await gateway.admin.data(SET, { input: { model: `east/${model}`, ...PRICE } });
    const job = await (await gateway.world.team({ models: [`east/${model}`] })).job();
    const { secret, modelGroup: group } = job.team;
    await askDoor(gateway, door, { secret, group, headers: { "x-job-id": job.id } });
    const { calls } = await costsOf(gateway, job);
    expect(calls[0].attempts).toMatchObject([
      { status: "FAILED", costUsd: "0.001", usage: { promptTokens: 1_000, source: "REPORTED" } },
      { status: "SUCCEEDED" },
    ]);
  });
});

/** A job whose group has a model that fails like this, and another that answers. */
async function jobAt(at: typeof gateway, upstream: string, scripted: ScriptedUpstream, failure: Behaviour) {
  const [failing, second] = [name("failing"), name("second")];
  scripted.on(failing, failure);
  // The other upstream of each gateway speaks the chat format.
  const { east: other } = at === gateway ? { east } : native;
  other.on(second, answer());
  await at.admin.data(SET, { input: { model: `east/${second}`, ...PRICE } });
  const team = await at.world.team({ models: [`${upstream}/${failing}`, `east/${second}`] });
  return { job: await team.job(), failing: `${upstream}/${failing}` };
}

/** The calls of a job and its costs, which are the same wherever one adds them up. */
async function costsOf(at: typeof gateway, job: TestJob) {
  const read = (await job.team.client.data(JOB, { id: job.id })).job;
  const calls = read.llmCalls.nodes;
  for (const { attempts, costUsd } of calls) {
    for (const attempt of attempts) expect(nanoOf(attempt.costComponents)).toBe(nanoOf([attempt]));
    expect(nanoOf(attempts)).toBe(nanoOf([{ costUsd }]));
  }
  expect(nanoOf(calls)).toBe(nanoOf([{ costUsd: read.costs.totalCostUsd }]));
  await expectSoundAudit(at, job.team);
  return { calls, costs: read.costs };
}

const nanoOf = (costs: readonly { readonly costUsd: string | null }[]): number =>
  costs.reduce((sum, { costUsd }) => sum + Math.round(Number(costUsd) * 1e9), 0);
