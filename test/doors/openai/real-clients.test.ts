import { describe, expect, it } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = openAiOf(gateway);

const TOOL = {
  type: "function",
  function: { name: "f", description: "d", strict: true, parameters: { type: "object" } },
};
const ASKED = { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } };
const SCHEMA = { type: "json_schema", json_schema: { name: "n", strict: true, schema: { type: "object" } } };
const user = (content: unknown) => ({ role: "user", content });
const text = (said: string, more: object = {}) => ({ type: "text", text: said, ...more });
const result = (content: unknown) => ({ role: "tool", tool_call_id: "call_1", content });

/** What each client puts beside the model: its usual fields, and the messages of a second turn. */
const CLIENTS: Readonly<Record<string, { more: object; messages: object[] }>> = {
  "openai-node and openai-python": {
    more: { tools: [TOOL], tool_choice: "auto", response_format: SCHEMA, max_completion_tokens: 9, logprobs: false },
    messages: [
      { role: "developer", content: "d" },
      user("u"),
      {
        role: "assistant",
        content: null,
        refusal: null,
        annotations: [],
        audio: null,
        function_call: null,
        tool_calls: [ASKED],
      },
      result("r"),
    ],
  },
  LangChain: {
    more: { n: 1, temperature: 1, top_p: 1, frequency_penalty: 0, presence_penalty: 0, logit_bias: {}, stop: null },
    messages: [
      user([text("u")]),
      { role: "assistant", content: "", tool_calls: [ASKED] },
      { ...result([text("r")]), name: "f" },
    ],
  },
  "the Vercel AI SDK": {
    more: {
      store: false,
      metadata: { a: "b" },
      prediction: null,
      service_tier: "auto",
      prompt_cache_key: "k",
      seed: 1,
    },
    messages: [user([text("u"), { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }])],
  },
  "the Agents SDK": {
    more: {
      store: false,
      parallel_tool_calls: false,
      tools: [],
      verbosity: "low",
      reasoning_effort: "low",
      metadata: null,
    },
    messages: [
      { role: "system", content: "" },
      user("u"),
      { role: "assistant", content: null, tool_calls: [] },
      user("v"),
    ],
  },
  LiteLLM: {
    more: { extra_body: { top_k: 5 }, drop_params: null, metadata: {}, user: "", timeout: null, max_tokens: 9 },
    messages: [
      { role: "assistant", content: "a", tool_calls: null, function_call: null, provider_specific_fields: null },
      user("u"),
    ],
  },
  Continue: {
    more: {
      max_tokens: 9,
      stop: ["\n"],
      prediction: { type: "content", content: "c" },
      stream_options: { include_usage: true },
    },
    messages: [{ role: "system", content: "s" }, user([text("u", { cache_control: { type: "ephemeral" } })])],
  },
  Cursor: {
    more: {
      user: "u",
      stream_options: { include_usage: true },
      tools: [{ type: "function", name: "f", parameters: {} }],
    },
    messages: [
      { role: "system", content: [text("s")] },
      user([text("u")]),
      { role: "assistant", content: [] },
      user("v"),
    ],
  },
  Cline: {
    more: {
      temperature: 0,
      stream_options: { include_usage: true },
      reasoning_effort: "medium",
      include_reasoning: true,
    },
    messages: [
      user("u"),
      { role: "assistant", content: "a", reasoning_details: [{ type: "reasoning.text" }] },
      user([text("v")]),
    ],
  },
  "Open WebUI": {
    more: {
      ...{
        chat_id: "c",
        session_id: "s",
        id: "i",
        features: { web_search: false },
        background_tasks: {},
        variables: {},
      },
      ...{
        tool_ids: [],
        filter_ids: [],
        stream_options: { include_usage: true },
        metadata: { chat_id: "c" },
        min_p: 0.1,
      },
    },
    messages: [{ role: "system", content: "" }, user("u"), { role: "assistant", content: "" }, user("v")],
  },
};

describe.each(Object.entries(CLIENTS))("what %s sends", (_, { more, messages }) => {
  it.each([false, true])("is answered, with stream: %s", async (stream) => {
    const { team, chat, model } = await teamWith();
    const body = { ...chat, ...more, messages, stream };
    const answer = await gateway.rest(team.secret).send("POST", "/v1/chat/completions", body);
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
    const sent = gateway.upstream.requests.find(({ body: { model: asked } }) => asked === model)?.body;
    expect(sent.messages).toHaveLength(messages.length);
    for (const name of ["metadata", "store", "extra_body", "session_id", "features"])
      expect(sent).not.toHaveProperty(name);
  });
});
