import { describe, expect, it } from "vitest";
import { OPENAI_CLIENTS, responsesOf } from "../../../kit/clients/responses.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { answer, error } from "../../../kit/upstream/upstream-behaviours.js";
import { heldStream } from "../../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });
const { clientOf, teamWith, askedOf } = responsesOf(gateway);

describe.each(OPENAI_CLIENTS)("$version", ({ module, isSkipped }) => {
  describe.skipIf(isSkipped)("goes on from a response that is kept", () => {
    it("by previous_response_id, and the model gets the whole conversation", async () => {
      const { team, model, upstreamModel } = await teamWith();
      const openai = await clientOf(module, team.secret);
      const first = await openai.responses.create({ model, instructions: "Be brief.", input: "One?" });
      const second = await openai.responses.create({ model, input: "Two?", previous_response_id: first.id });
      expect(second.previous_response_id).toBe(first.id);
      await openai.responses.stream({ model, input: "Three?", previous_response_id: second.id }).finalResponse();
      const said = { role: "assistant", content: "This is a scripted answer." };
      expect(askedOf(upstreamModel).messages).toEqual([
        { role: "user", content: "One?" },
        said,
        { role: "user", content: "Two?" },
        said,
        { role: "user", content: "Three?" },
      ]);
    });

    it("with a tool's result", async () => {
      const call = { id: "call_1", name: "look", arguments: "{}" };
      const { team, model, upstreamModel } = await teamWith(answer({ toolCalls: [call] }));
      const openai = await clientOf(module, team.secret);
      const tools = [{ type: "function" as const, name: "look", parameters: {}, strict: false }];
      const first = await openai.responses.create({ model, input: "Look.", tools });
      gateway.upstream.on(upstreamModel, answer({ content: "A gate." }));
      const second = await openai.responses.create({
        model,
        tools,
        previous_response_id: first.id,
        input: [{ type: "function_call_output", call_id: "call_1", output: "gate" }],
      });
      expect(second.output_text).toBe("A gate.");
      expect(askedOf(upstreamModel).messages).toEqual([
        { role: "user", content: "Look." },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "call_1", type: "function", function: { name: "look", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "call_1", content: "gate" },
      ]);
    });

    it("and reads, lists and deletes it", async () => {
      const { team, model } = await teamWith();
      const openai = await clientOf(module, team.secret);
      const metadata = { topic: "gates" };
      const created = await openai.responses.create({ model, input: "One?", metadata, temperature: 0.5 });
      const read = await openai.responses.retrieve(created.id);
      expect(read).toEqual(created);
      const streamed = openai.responses.stream({ response_id: created.id });
      expect((await streamed.finalResponse()).output).toEqual(
        created.output.map((item) => expect.objectContaining({ id: item.id })),
      );
      const items = await openai.responses.inputItems.list(created.id);
      expect(items.data).toMatchObject([
        { type: "message", role: "user", content: [{ type: "input_text", text: "One?" }] },
      ]);
      await openai.responses.delete(created.id);
      await expect(openai.responses.retrieve(created.id)).rejects.toMatchObject({ status: 404 });
      const late = openai.responses.create({ model, input: "Two?", previous_response_id: created.id });
      await expect(late).rejects.toMatchObject({ status: 400, code: "previous_response_not_found" });
      const callId = created.id.slice("resp_".length);
      const { llmCall } = await team.client.data(`{ llmCall(id: "${callId}") { content status } }`);
      expect(llmCall).toEqual({ content: null, status: "SUCCEEDED" });
    });
  });
});

describe("a response that is kept", () => {
  it("is another team's as little as one that does not exist", async () => {
    const { model, openai } = await teamWith();
    const { id } = await openai.responses.create({ model, input: "One?" });
    const other = await teamWith();
    const unknown = "resp_00000000-0000-4000-8000-000000000000";
    for (const each of [id, unknown]) {
      const asked = { model: other.model, input: "Two?", previous_response_id: each };
      const refused = await other.openai.responses.create(asked).catch((thrown) => thrown);
      expect(refused).toMatchObject({
        status: 400,
        code: "previous_response_not_found",
        param: "previous_response_id",
        message: `400 Previous response with id '${each}' not found.`,
      });
      for (const ask of [
        () => other.openai.responses.retrieve(each),
        () => other.openai.responses.delete(each),
        () => other.openai.responses.cancel(each),
        () => other.openai.responses.inputItems.list(each),
      ])
        await expect(ask()).rejects.toMatchObject({
          status: 404,
          code: "not_found",
          message: `404 There is no response "${each}".`,
        });
    }
    expect((await openai.responses.retrieve(id)).status).toBe("completed");
  });

  it("can be referred to item by item", async () => {
    const call = { id: "call_1", name: "look", arguments: "{}" };
    const { model, upstreamModel, openai } = await teamWith(answer({ content: "Let me look.", toolCalls: [call] }));
    const first = await openai.responses.create({ model, input: "Look." });
    const references = first.output.map(({ id }) => ({ type: "item_reference" as const, id: id ?? "" }));
    expect(references).toHaveLength(2);
    await openai.responses.create({
      model,
      input: [
        { role: "user", content: "Look." },
        ...references,
        { type: "function_call_output", call_id: "call_1", output: [{ type: "input_text", text: "gate" }] },
      ],
    });
    expect(askedOf(upstreamModel).messages).toMatchObject([
      { role: "user", content: "Look." },
      { role: "assistant", content: "Let me look.", tool_calls: [{ id: "call_1" }] },
      { role: "tool", tool_call_id: "call_1", content: "gate" },
    ]);
    const lost = openai.responses.create({ model, input: [{ type: "item_reference", id: "msg_1" }] });
    await expect(lost).rejects.toMatchObject({ status: 400, param: "input[0].id" });
  });

  it("can be cancelled while it is answered, and says so", async () => {
    const { model, upstreamModel, openai } = await teamWith();
    const upstream = heldStream();
    gateway.upstream.on(upstreamModel, upstream);
    const asked = openai.responses.create({ model, input: "One?", stream: true });
    await upstream.arrived;
    upstream.delta({ content: "One" });
    const events = (await asked)[Symbol.asyncIterator]();
    const { value: created } = await events.next();
    if (created?.type !== "response.created") throw new Error("The stream did not begin.");
    const { id } = created.response;
    expect(await openai.responses.retrieve(id)).toMatchObject({ id, status: "in_progress", output: [], usage: null });
    await expect(openai.responses.delete(id)).rejects.toMatchObject({ status: 409 });
    const continued = openai.responses.create({ model, input: "Two?", previous_response_id: id });
    await expect(continued).rejects.toMatchObject({ status: 400, param: "previous_response_id" });
    const cut = [{ type: "message", status: "incomplete", content: [{ type: "output_text", text: "One" }] }];
    expect(await openai.responses.cancel(id)).toMatchObject({ id, status: "cancelled", output: cut });
    const rest = [];
    for await (const event of { [Symbol.asyncIterator]: () => events }) rest.push(event);
    expect(rest.at(-1)).toMatchObject({
      type: "response.failed",
      response: { status: "failed", error: { code: "cancelled" } },
    });
  });

  it("tells the error of a call that failed", async () => {
    const { team, model, openai } = await teamWith(error(500));
    const failed = await openai.responses.create({ model, input: "One?" }).catch((thrown) => thrown);
    expect(failed).toMatchObject({ status: 502, code: "upstream_failed" });
    expect(failed.headers.get("x-should-retry")).toBe("false");
    const id = `resp_${failed.headers.get("x-tollgate-call-id")}`;
    expect(await openai.responses.retrieve(id)).toMatchObject({
      status: "failed",
      error: { code: "upstream_failed", message: expect.any(String) },
      output: [],
    });
    expect((await team.client.data("{ jobs { nodes { status } } }")).jobs.nodes).toEqual([{ status: "FAILED" }]);
  });
});
