import { describe, expect, it } from "vitest";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { name, RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });

/** A team whose group has these rules. */
async function teamWith(rules: object = {}) {
  const model = name("model");
  const group = name("Group");
  await gateway.rest(ADMIN_KEY).ok("POST", "/api/model-groups/create", {
    group_name: group,
    models: [{ model_name: model }],
    ...rules,
  });
  const team = await gateway.world.team({ groups: [group] });
  const sent = () => gateway.upstream.requests.filter(({ body }) => body.model === model).map(({ body }) => body);
  return { team, group, sent };
}

const overV1 = ({ secret, modelGroup }: TestTeam, more: object) =>
  gateway.rest(secret).send("POST", "/v1/chat/completions", {
    model: modelGroup,
    messages: [{ role: "user", content: "Hi" }],
    ...more,
  });
const inGraphql = ({ client, modelGroup }: TestTeam, more: object) =>
  client.send(RUN_LLM_CALL, { input: { modelGroup, messages: [{ role: "USER", content: "Hi" }], ...more } });

const STEERING: Readonly<Record<string, unknown>> = {
  api_base: "http://evil.example",
  base_url: "http://evil.example",
  api_key: "sk-x",
  extra_headers: { authorization: "x" },
  fallbacks: ["other"],
  models: ["other"],
  route: "fallback",
  provider: { only: ["x"] },
  custom_llm_provider: "x",
  user_config: {},
  mock_response: "x",
  input_cost_per_token: 0,
  num_retries: 9,
  timeout: 1,
  litellm_metadata: {},
  plugins: [{ id: "web" }],
  transforms: [],
  best_of: 5,
  service_tier: "priority",
  a_name_that_nobody_knows: 1,
};

describe("an option that steers is refused with its name", () => {
  it("over /v1, alone and inside extra_body, and no model is asked", async () => {
    const { team, sent } = await teamWith();
    for (const [option, value] of Object.entries(STEERING))
      for (const more of [{ [option]: value }, { extra_body: { [option]: value } }]) {
        const { status, body } = await overV1(team, more);
        expect({ status, param: body.error?.param }, JSON.stringify(more)).toEqual({ status: 400, param: option });
        expect(body.error.message).toContain("allowedOptions of the model group");
        expect(body.error.message).not.toContain("evil");
      }
    expect(sent()).toEqual([]);
    expect(await team.credits()).toMatchObject({ used: 0, held: 0 });
  });

  it("in GraphQL and over REST", async () => {
    const { team, group, sent } = await teamWith();
    for (const [option, value] of [...Object.entries(STEERING), ["metadata", {}], ["store", true]] as const) {
      const { errors } = await inGraphql(team, { providerOptions: { [option]: value } });
      expect(errors?.[0]?.extensions).toMatchObject({
        code: "INVALID_INPUT",
        field: `input.providerOptions.${option}`,
      });
      const detail = await gateway.rest(team.secret).refusal(422, "POST", "/api/jobs/create-and-call", {
        model_group: group,
        messages: [{ role: "user", content: "Hi" }],
        provider_options: { [option]: value },
      });
      expect(detail).toMatchObject([{ loc: ["body", "provider_options", option] }]);
    }
    expect(sent()).toEqual([]);
  });

  it.each(["model", "messages", "stream", "n"])(
    "also if it hides what the gateway sets in extra_body: %s",
    async (option) => {
      const { team } = await teamWith({ allowed_options: ["extra_headers"] });
      expect((await overV1(team, { extra_body: { [option]: 2 } })).body.error).toMatchObject({ param: option });
    },
  );

  it("if it is a template for the chat, among the arguments of one", async () => {
    const { team, sent } = await teamWith();
    for (const inner of ["chat_template", "tokenize"]) {
      const { status, body } = await overV1(team, { chat_template_kwargs: { enable_thinking: true, [inner]: "x" } });
      expect({ status, param: body.error?.param }).toEqual({ status: 400, param: "chat_template_kwargs" });
    }
    expect(sent()).toEqual([]);
  });

  it.each<[string, object]>([
    ["tools.mcp", { type: "mcp", server_url: "http://evil.example", headers: {} }],
    ["tools.web_search", { type: "web_search" }],
    ["tools.google_search", { google_search: {} }],
    ["tools.googleSearch", { type: "function", function: { name: "f" }, googleSearch: {} }],
  ])("if it is a tool that runs elsewhere: %s", async (tool, given) => {
    const { team } = await teamWith();
    const { status, body } = await overV1(team, { tools: [{ type: "function", function: { name: "f" } }, given] });
    expect({ status, param: body.error?.param }).toEqual({ status: 400, param: "tools[1]" });
    const allowing = await teamWith({ allowed_options: [tool] });
    expect((await overV1(allowing.team, { tools: [given] })).status).toBe(200);
    expect(allowing.sent()[0].tools).toEqual([given]);
  });
});

describe("an option passes on", () => {
  const KNOWN = {
    ...{
      top_k: 1,
      min_p: 0.1,
      repetition_penalty: 1,
      guided_json: {},
      chat_template_kwargs: { enable_thinking: false },
    },
    ...{ reasoning: { effort: "low" }, reasoning_effort: "low", thinking: { type: "enabled", budget_tokens: 9 } },
    ...{ logprobs: true, top_logprobs: 1, logit_bias: {}, verbosity: "low", modalities: ["text"], prediction: {} },
    ...{ user: "ann", safety_identifier: "a", prompt_cache_key: "b", parallel_tool_calls: true, random_seed: 1 },
    ...{ service_tier: "auto", web_search_options: {} },
  };
  /** /v1 says them in tools. */
  const FUNCTIONS = { functions: [{ name: "f" }], function_call: "auto" };

  it("if it is one of OpenAI's or a provider's own, at each door and inside extra_body", async () => {
    const { team, sent } = await teamWith();
    expect((await overV1(team, KNOWN)).status).toBe(200);
    expect((await overV1(team, { extra_body: KNOWN })).status).toBe(200);
    expect((await inGraphql(team, { providerOptions: KNOWN })).errors).toBeUndefined();
    for (const body of sent()) {
      expect(body).toMatchObject(KNOWN);
      expect(body).not.toHaveProperty("extra_body");
    }
    expect(sent()).toHaveLength(3);
    expect((await inGraphql(team, { providerOptions: FUNCTIONS })).errors).toBeUndefined();
    expect(sent().at(-1)).toMatchObject(FUNCTIONS);
  });

  it("if the admin allowed it for the group, until the admin takes it back", async () => {
    const { team, group, sent } = await teamWith({ allowed_options: ["provider", "metadata"] });
    const more = { provider: { only: ["x"] }, metadata: { tags: ["a"] } };
    expect((await overV1(team, more)).status).toBe(200);
    expect((await inGraphql(team, { providerOptions: more })).errors).toBeUndefined();
    expect(sent()).toMatchObject([more, more]);
    await gateway.admin.data(
      "mutation ($name: ID!) { updateModelGroup(input: { name: $name, allowedOptions: [] }) { allowedOptions } }",
      { name: group },
    );
    expect((await overV1(team, more)).status).toBe(400);
  });

  it("but not to the upstream if it is bookkeeping of a client of /v1", async () => {
    const { team, sent } = await teamWith();
    const more = { metadata: { tags: ["a"] }, store: true, session_id: "s", chat_id: "c", usage: { include: true } };
    expect((await overV1(team, more)).status).toBe(200);
    expect(Object.keys(sent()[0]).sort()).toEqual(["messages", "model", "stream"]);
  });
});

describe("a group's limit of output tokens", () => {
  it.each<[object, string]>([
    [{ max_tokens: 101 }, "max_tokens"],
    [{ max_completion_tokens: 101 }, "max_completion_tokens"],
    [{ max_output_tokens: 101 }, "max_output_tokens"],
    [{ max_new_tokens: 101 }, "max_new_tokens"],
    [{ num_predict: -1 }, "num_predict"],
    [{ max_completion_tokens: "1000" }, "max_completion_tokens"],
    [{ extra_body: { max_completion_tokens: 101 } }, "max_completion_tokens"],
    [{ max_tokens: 1, max_completion_tokens: 101 }, "max_completion_tokens"],
    [{ thinking: { type: "enabled", budget_tokens: 101 } }, "thinking.budget_tokens"],
    [{ reasoning: { max_tokens: 101 } }, "reasoning.max_tokens"],
    [{ thinking_budget: 101 }, "thinking_budget"],
  ])("refuses more in every spelling: %j", async (more, param) => {
    const { team, sent } = await teamWith({ max_output_tokens: 100 });
    const { status, body } = await overV1(team, more);
    expect({ status, param: body.error?.param }).toEqual({ status: 400, param });
    expect(body.error.message).toMatch(/at most 100, the limit of the model group, got /);
    expect(sent()).toEqual([]);
  });

  it("is sent for a request that does not say, under the name that it uses, and can be changed", async () => {
    const { team, group, sent } = await teamWith({ max_output_tokens: 100 });
    for (const more of [{}, { max_tokens: 100 }, { max_completion_tokens: 7 }]) await overV1(team, more);
    expect(sent().map(({ max_tokens, max_completion_tokens }) => [max_tokens, max_completion_tokens])).toEqual([
      [100, undefined],
      [100, undefined],
      [undefined, 7],
    ]);
    const change = (maxOutputTokens: number) =>
      gateway.admin.data(
        "mutation ($input: UpdateModelGroupInput!) { updateModelGroup(input: $input) { maxOutputTokens } }",
        { input: { name: group, maxOutputTokens } },
      );
    expect((await change(200)).updateModelGroup).toEqual({ maxOutputTokens: 200 });
    expect((await overV1(team, { max_tokens: 200 })).status).toBe(200);
    expect((await change(0)).updateModelGroup).toEqual({ maxOutputTokens: null });
    await overV1(team, {});
    expect(sent().at(-1)).not.toHaveProperty("max_tokens");
  });
});

it.each<[object, string]>([
  [{ max_output_tokens: 0 }, "max_output_tokens"],
  [{ allowed_options: ["model"] }, "allowed_options"],
  [{ allowed_options: [""] }, "allowed_options"],
  [{ allowed_options: ["a", "a"] }, "allowed_options"],
])("a group cannot have the rules %j", async (rules, field) => {
  const detail = await gateway.rest(ADMIN_KEY).refusal(422, "POST", "/api/model-groups/create", {
    group_name: name("Group"),
    models: [{ model_name: "a" }],
    ...rules,
  });
  expect(detail).toMatchObject([{ loc: ["body", field] }]);
});
