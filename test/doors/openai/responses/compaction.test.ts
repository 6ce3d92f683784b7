import { describe, expect, it } from "vitest";
import { OPENAI_CLIENTS, responsesOf } from "../../../kit/clients/responses.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { answer, error } from "../../../kit/upstream/upstream-behaviours.js";

const gateway = useGateway({ upstream: "scripted" });
const { clientOf, teamWith, askedOf } = responsesOf(gateway);

const SAID = [
  { role: "user" as const, content: "We launch on Tuesday." },
  { role: "assistant" as const, content: "Understood." },
];
const SUMMARY = "The launch is on Tuesday. \u{1F680}";

describe.each(OPENAI_CLIENTS)("$version", ({ module, isSkipped }) => {
  describe.skipIf(isSkipped)("compacts a conversation", () => {
    it("into what the user said and a summary, with which the conversation goes on", async () => {
      const { team, model, upstreamModel } = await teamWith(answer({ content: SUMMARY }));
      const openai = await clientOf(module, team.secret);
      const compacted = await openai.responses.compact({
        model: model as "gpt-5",
        input: SAID,
        instructions: "Be brief.",
      });
      expect(compacted).toMatchObject({
        id: expect.stringMatching(/^resp_/),
        object: "response.compaction",
        output: [
          {
            type: "message",
            role: "user",
            status: "completed",
            content: [{ type: "input_text", text: "We launch on Tuesday." }],
          },
          { type: "compaction", id: expect.stringMatching(/^cmp_/), encrypted_content: expect.any(String) },
        ],
        usage: { input_tokens: expect.any(Number), output_tokens: expect.any(Number) },
      });
      const asked = askedOf(upstreamModel).messages;
      expect(asked.slice(0, -1)).toEqual([{ role: "system", content: "Be brief." }, ...SAID]);
      expect(asked.at(-1)).toEqual({ role: "user", content: expect.stringMatching(/^Sum up the conversation above/) });

      const next = { role: "user" as const, content: "When?" };
      const kept = await openai.responses.create({ model, input: [...(compacted.output as []), next] });
      const goesOn = [
        { role: "user", content: "We launch on Tuesday." },
        { role: "user", content: `This is a summary of the conversation so far:\n\n${SUMMARY}` },
        next,
      ];
      expect(askedOf(upstreamModel).messages).toMatchObject(goesOn);
      await openai.responses.create({ model, input: "And then?", previous_response_id: kept.id });
      expect(askedOf(upstreamModel).messages.slice(0, 3)).toMatchObject(goesOn);
      const { data } = await openai.responses.inputItems.list(kept.id, { order: "asc" });
      expect(data.map(({ type }) => type)).toEqual(["message", "compaction", "message"]);
    });

    it("that is kept, by the id of its last response, in a job like any call", async () => {
      const { team, model, upstreamModel } = await teamWith();
      const openai = await clientOf(module, team.secret);
      const { id } = await openai.responses.create({ model, input: "One?" });
      const job = await team.job();
      const body = { model: model as "gpt-5", previous_response_id: id };
      const { output } = await openai.responses.compact(body, { headers: { "x-job-id": job.id } });
      expect(output.map(({ type }) => type)).toEqual(["message", "compaction"]);
      expect(askedOf(upstreamModel).messages).toHaveLength(3);
      expect((await job.complete()).costs).toMatchObject({ totalCalls: 1, successfulCalls: 1 });
    });
  });
});

/** Sends a body that the types of the SDKs need not have, and returns the status with the error or the answer. */
async function sent(secret: string, body: object, path = "/compact") {
  const response = await fetch(`${gateway.url}/v1/responses${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const told = (await response.json()) as { error?: { message: string; param: string | null }; output?: object[] };
  return { status: response.status, output: told.output, ...told.error };
}

describe("a conversation is compacted", () => {
  const tool = { type: "function", name: "look", parameters: { type: "object", properties: {} } };

  it("in words, whatever form its answers have and whatever tools the model must call", async () => {
    const { team, model, upstreamModel } = await teamWith(answer({ content: SUMMARY }));
    const format = { type: "json_schema", name: "reply", schema: { type: "object" } };
    const text = { format, verbosity: "low" };
    const { status } = await sent(team.secret, { model, input: "Hi", text, tools: [tool], tool_choice: "required" });
    expect(status).toBe(200);
    expect(askedOf(upstreamModel)).toMatchObject({ tools: [{ type: "function" }], tool_choice: "none" });
    expect(askedOf(upstreamModel)).toMatchObject({ verbosity: "low" });
    expect(askedOf(upstreamModel)).not.toHaveProperty("response_format");
    await sent(team.secret, { model, input: "Hi", tool_choice: "auto" });
    expect(askedOf(upstreamModel)).not.toHaveProperty("tool_choice");
  });

  it("and nothing of it is stored if the client says so", async () => {
    const { team, model } = await teamWith(answer({ content: SUMMARY }));
    await sent(team.secret, { model, input: "Hi", store: false });
    await sent(team.secret, { model, input: "Hi" });
    const { llmCalls } = await team.client.data("{ llmCalls { nodes { content } } }");
    expect(llmCalls.nodes).toEqual([{ content: SUMMARY }, { content: null }]);
  });
});

it("What the system and the developer said stays word for word, as what the user said", async () => {
  const { team, model } = await teamWith();
  const input = [{ role: "developer" as const, content: "Speak French." }, ...SAID];
  const { output } = await (await clientOf("openai", team.secret)).responses.compact({
    model: model as "gpt-5",
    input,
  });
  expect(output).toMatchObject([{ role: "developer" }, { role: "user" }, { type: "compaction" }]);
});

describe("a conversation is not compacted", () => {
  it("without a model, without anything said, or with what is no conversation", async () => {
    const { team, model } = await teamWith();
    expect(await sent(team.secret, { input: "Hi" })).toMatchObject({ status: 400, param: "model" });
    expect(await sent(team.secret, { model })).toMatchObject({ status: 400, param: "input" });
    expect(await sent(team.secret, { model, input: [{ type: "nothing" }] })).toMatchObject({
      status: 400,
      param: "input[0].type",
    });
    expect(await sent(team.secret, { model, previous_response_id: "resp_1" })).toMatchObject({
      param: "previous_response_id",
    });
  });

  it.each([
    ["text", "json"],
    ["tool_choice", 5],
    ["include", 5],
    ["conversation", "conv_1"],
    ["background", true],
  ])("with a wrong %s, as a response is not made with it", async (param, value) => {
    const { team, model } = await teamWith();
    expect(await sent(team.secret, { model, input: "Hi", [param]: value })).toMatchObject({ status: 400, param });
  });

  it("if the model fails or says nothing, and no SDK sends it again", async () => {
    const failing = await teamWith(error(400));
    expect(await sent(failing.team.secret, { model: failing.model, input: "Hi" })).toMatchObject({ status: 400 });
    const silent = await teamWith(answer({ content: "" }));
    expect(await sent(silent.team.secret, { model: silent.model, input: "Hi" })).toMatchObject({
      status: 502,
      message: "The model has given no summary.",
    });
  });

  it.each([
    ["blank", { content: " \n" }],
    ["cut off by its length", { content: "The launch", finishReason: "length" }],
    ["cut off by a filter", { content: "The launch", finishReason: "content_filter" }],
    ["a refusal", { refusal: "I cannot help." }],
    ["words beside the call of a tool", { content: "I look.", toolCalls: [{ name: "look", arguments: "{}" }] }],
  ])("if the summary is %s, which would lose what was said", async (_which, given) => {
    const { team, model } = await teamWith(answer(given));
    expect(await sent(team.secret, { model, input: "Hi" })).toMatchObject({
      status: 502,
      message: expect.stringMatching(/^The model (has given no|could not finish its) summary\./),
    });
  });

  it.each([
    ["of another service", "gAAAAABpM0Yj"],
    ["that was changed", "tgc1.bm90aGluZw"],
    ["that is nothing", null],
  ])("and goes on from no summary %s", async (_which, packed) => {
    const { team, model } = await teamWith();
    const input = [{ type: "compaction", encrypted_content: packed }, SAID[0]];
    expect(await sent(team.secret, { model, input }, "")).toMatchObject({
      status: 400,
      param: "input[0].encrypted_content",
      message: expect.stringContaining("Send what was said instead"),
    });
  });
});
