import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";
import { CREATE_JOB, name, RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

const gateway = useGateway();

type Ask = (team: TestTeam, key: string, more: object) => Promise<unknown>;

const overGraphql: Ask = async ({ client, modelGroup }, idempotencyKey, more) => {
  const messages = [{ role: "USER", content: "Hi" }];
  const input = { modelGroup, messages, idempotencyKey, ...more };
  return (await client.data(RUN_LLM_CALL, { input })).runLlmCall.id;
};
const over =
  (path: string, group: string): Ask =>
  async ({ secret, modelGroup }, key, more) => {
    const body = { [group]: modelGroup, messages: [{ role: "user", content: "Hi" }], ...more };
    const answer = await gateway.rest(secret).send("POST", path, body, { "idempotency-key": key });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.headers.get("x-tollgate-call-id");
  };
const overRest = over("/api/jobs/create-and-call", "model_group");
const overV1 = over("/v1/chat/completions", "model");
const user = { role: "user", content: "Hi" };

describe("a field that is left out, is null or has its default is the same request", () => {
  it.each<[string, Ask, object[]]>([
    [
      "over /v1",
      overV1,
      [
        { n: 1, stream: false },
        { n: null, user: null, stop: [], tools: [], temperature: null, seed: null },
        { messages: [{ ...user, tool_calls: [], name: null, refusal: null }] },
      ],
    ],
    [
      "over REST",
      overRest,
      [
        { purpose: null, metadata: {}, provider_options: {}, tools: [], job_type: "llm-call" },
        { metadata: null, provider_options: { n: 1, user: null }, stop: null },
        { messages: [{ ...user, tool_calls: null, name: null }] },
      ],
    ],
    [
      "in GraphQL",
      overGraphql,
      [
        { jobId: null, metadata: {}, providerOptions: {}, tools: [], stop: [], jobType: "llm-call" },
        { onMidStreamFailure: "FAIL", metadata: null, providerOptions: { user: null, n: 1 } },
        { messages: [{ role: "USER", content: "Hi", parts: null, toolCalls: [], providerOptions: {} }] },
      ],
    ],
  ])("%s", async (_, ask, variants) => {
    const team = await gateway.world.team();
    const key = name("key");
    const first = await ask(team, key, {});
    for (const more of variants) expect(await ask(team, key, more), JSON.stringify(more)).toBe(first);
    expect(await team.credits()).toMatchObject({ used: 1 });
  });

  it("through whichever door it comes", async () => {
    const team = await gateway.world.team();
    const key = name("key");
    const first = await overV1(team, key, {});
    expect(await overRest(team, key, {})).toBe(first);
    expect(await overGraphql(team, key, {})).toBe(first);
  });

  it("of a job", async () => {
    const { client } = await gateway.world.team();
    const input = { jobType: "test", idempotencyKey: name("key") };
    const first = await client.data(CREATE_JOB, { input });
    for (const metadata of [null, {}])
      expect(await client.data(CREATE_JOB, { input: { ...input, metadata } })).toEqual(first);
    await client.refusal("IDEMPOTENCY_CONFLICT", CREATE_JOB, { input: { ...input, metadata: { a: null } } });
  });
});
