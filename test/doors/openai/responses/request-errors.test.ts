import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { responsesOf } from "../../../kit/clients/responses.js";
import { ADMIN_KEY, useGateway } from "../../../kit/gateway/gateway.js";

const gateway = useGateway({ upstream: "scripted" });
const { clientOf, teamWith, askedOf } = responsesOf(gateway);

const TEXT = { type: "input_text", text: "Hi" };
const item = (...content: object[]) => ({
  input: [
    { role: "user", content: "a" },
    { role: "user", content },
  ],
});

const afterCall = (last: object) => ({
  input: [{ role: "user", content: "a" }, { type: "function_call", call_id: "b", name: "look", arguments: "" }, last],
});

describe("An error names the client's own field:", () => {
  const { BadRequestError, NotFoundError, AuthenticationError, PermissionDeniedError } = OpenAI;
  it.each([
    ["a wrong key", {}, "sk-wrong", AuthenticationError, null, "invalid_api_key"],
    ["the admin's key", {}, ADMIN_KEY, PermissionDeniedError, null, "forbidden"],
    ["an unknown model", { model: "nope" }, null, NotFoundError, null, "model_not_found"],
    ["no items", { input: [] }, null, BadRequestError, "input", "invalid_input"],
    ["an item of a wrong kind", { input: [7] }, null, BadRequestError, "input[0]", "invalid_input"],
    [
      "an unknown item",
      { input: [{ type: "web_search_call" }] },
      null,
      BadRequestError,
      "input[0].type",
      "invalid_input",
    ],
    [
      "an unknown role",
      { input: [{ role: "wizard", content: "a" }] },
      null,
      BadRequestError,
      "input[0].role",
      "invalid_input",
    ],
    ["no content", { input: [{ role: "user" }] }, null, BadRequestError, "input[0].content", "invalid_input"],
    [
      "an unknown part",
      item({ type: "input_video" }),
      null,
      BadRequestError,
      "input[1].content[0].type",
      "invalid_input",
    ],
    [
      "an image without address",
      item({ type: "input_image" }),
      null,
      BadRequestError,
      "input[1].content[0].image_url",
      "invalid_input",
    ],
    [
      "a file that is kept elsewhere",
      item({ type: "input_file", file_id: "file_1" }),
      null,
      BadRequestError,
      "input[1].content[0].file_id",
      "invalid_input",
    ],
    [
      "half of an emoji",
      item({ type: "input_text", text: "\ud83d" }),
      null,
      BadRequestError,
      "input[1].content",
      "invalid_input",
    ],
    [
      "half of one beside others",
      item(TEXT, { ...TEXT, text: "\ud83d" }),
      null,
      BadRequestError,
      "input[1].content[1].text",
      "invalid_input",
    ],
    [
      "half of an emoji in the instructions",
      { instructions: "\ud83d" },
      null,
      BadRequestError,
      "instructions",
      "invalid_input",
    ],
    [
      "half of one in the id of an output",
      afterCall({ type: "function_call_output", call_id: "\ud83d", output: "" }),
      null,
      BadRequestError,
      "input[2].call_id",
      "invalid_input",
    ],
    [
      "half of one in a call",
      afterCall({ type: "function_call", call_id: "a", name: "look", arguments: "\ud83d" }),
      null,
      BadRequestError,
      "input[2]",
      "invalid_input",
    ],
    [
      "an output without a call",
      { input: [{ type: "function_call_output", call_id: 7, output: "a" }] },
      null,
      BadRequestError,
      "input[0].call_id",
      "invalid_input",
    ],
    ["a wrong temperature", { temperature: 3 }, null, BadRequestError, "temperature", "invalid_input"],
    ["a wrong type", { max_output_tokens: "many" }, null, BadRequestError, "max_output_tokens", "invalid_input"],
    ["no tokens", { max_output_tokens: 0 }, null, BadRequestError, "max_output_tokens", "invalid_input"],
    ["a hosted tool", { tools: [{ type: "web_search" }] }, null, BadRequestError, "tools[0]", "invalid_input"],
    ["a background response", { background: true }, null, BadRequestError, "background", "invalid_input"],
    ["a conversation", { conversation: "conv_1" }, null, BadRequestError, "conversation", "invalid_input"],
    ["a kept prompt", { prompt: { id: "pmpt_1" } }, null, BadRequestError, "prompt", "invalid_input"],
    ["a wrong truncation", { truncation: "some" }, null, BadRequestError, "truncation", "invalid_input"],
    ["another price", { service_tier: "priority" }, null, BadRequestError, "service_tier", "invalid_input"],
    ["another address", { api_base: "https://a.b" }, null, BadRequestError, "api_base", "invalid_input"],
    [
      "a wrong id",
      { previous_response_id: "x" },
      null,
      BadRequestError,
      "previous_response_id",
      "previous_response_not_found",
    ],
  ])("%s", async (_what, change, key, errorClass, param, code) => {
    const { team, model } = await teamWith();
    const openai = await clientOf("openai", key ?? team.secret);
    const asked = openai.responses.create({ model, input: "Hi", ...change } as never);
    const error = await asked.catch((thrown) => thrown);
    expect(error).toBeInstanceOf(errorClass);
    expect({ param: error.param, code: error.code }).toEqual({ param, code });
    expect(error.headers.get("x-should-retry")).toBe("false");
    expect((await team.client.data("{ jobs { nodes { id } } }")).jobs.nodes).toEqual([]);
  });

  it("a hosted tool passes if its model group allows it", async () => {
    const { team, model, upstreamModel, openai } = await teamWith();
    const change = `mutation ($input: UpdateModelGroupInput!) { updateModelGroup(input: $input) { name } }`;
    await gateway.admin.data(change, { input: { name: team.modelGroup, allowedOptions: ["tools.web_search"] } });
    await openai.responses.create({ model, input: "Hi", tools: [{ type: "web_search" }] });
    expect(askedOf(upstreamModel).tools).toEqual([{ type: "web_search" }]);
  });

  it("a job is that of X-Job-Id, and a team without credits has used up its quota", async () => {
    const { team, model, openai } = await teamWith(undefined, { credits: 1 });
    const job = await team.job();
    const options = { headers: { "X-Job-Id": job.id } };
    const first = await openai.responses.create({ model, input: "Hi" }, options);
    await openai.responses.create({ model, input: "Hi", previous_response_id: first.id, stream: true }, options);
    await expect(openai.responses.create({ model, input: "Hi" })).rejects.toMatchObject({
      status: 429,
      code: "insufficient_quota",
    });
    expect((await job.complete()).costs).toMatchObject({ totalCalls: 2, creditsRemaining: 0 });
  });
});
