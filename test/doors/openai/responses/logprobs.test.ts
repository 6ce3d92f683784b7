import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import {
  itemEvents,
  messageItem,
  outputText,
  response,
  responseEvents,
} from "../../../kit/upstream/responses-answers.js";
import { sent } from "../../../kit/upstream/upstream-answers.js";
import { useTwoUpstreams } from "../../../kit/upstream/use-upstreams.js";
import { name } from "../../../kit/world.js";

const { gateway, east } = useTwoUpstreams({ east: { kind: "openai", api: "responses" } });

const entry = (token: string) => ({ token, logprob: -0.5, bytes: [...Buffer.from(token)], top_logprobs: [] });
const TOKENS = ["It", " is", " open"];
const ALL = TOKENS.map(entry);
const TEXT = TOKENS.join("");
const of = { item_id: "msg_1", content_index: 0 };
const withAll = { ...outputText(TEXT), logprobs: ALL };

/** The events of a text whose pieces, end and item tell the probabilities, or do not. */
function events({ inPieces = false, inDone = false, inItem = false }): string {
  const pieces = TOKENS.map((delta) => ({
    type: "response.output_text.delta",
    ...of,
    delta,
    logprobs: inPieces ? [entry(delta)] : [],
  }));
  const done = { type: "response.output_text.done", ...of, text: TEXT, logprobs: inDone ? ALL : [] };
  const item = messageItem(inItem ? withAll : outputText(TEXT));
  return responseEvents(itemEvents(0, { ...messageItem(), status: "in_progress" }, item, ...pieces, done));
}

const FORMS: readonly [where: string, body: string][] = [
  ["with each piece, and once more at the ends", events({ inPieces: true, inDone: true, inItem: true })],
  ["with each piece only", events({ inPieces: true })],
  ["at the end of the text", events({ inDone: true, inItem: true })],
  ["with the whole item", events({ inItem: true })],
  ["in one response", response([messageItem(withAll)])],
];

describe.each(FORMS)("the probabilities of tokens that OpenAI's responses tell %s", (_, body) => {
  async function client() {
    const gpt = name("gpt");
    east.on(gpt, sent(body));
    const team = await gateway.world.team({ models: [`east/${gpt}`] });
    const openai = new OpenAI({ apiKey: team.secret, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
    return { model: team.modelGroup, openai };
  }

  it("reach chat completions, as one answer and as a stream", async () => {
    const { model, openai } = await client();
    const chat = { model, messages: [{ role: "user" as const, content: "Is it open?" }], logprobs: true };
    const plain = await openai.chat.completions.create({ ...chat, top_logprobs: 2 });
    expect(plain.choices[0]?.logprobs).toEqual({ content: ALL, refusal: null });
    expect(east.requests.at(-1)).toMatchObject({
      path: "/v1/responses",
      body: { include: ["message.output_text.logprobs"], top_logprobs: 2 },
    });
    const streamed = [];
    for await (const { choices } of await openai.chat.completions.create({ ...chat, stream: true }))
      streamed.push(...(choices[0]?.logprobs?.content ?? []));
    expect(streamed).toEqual(ALL);
  });

  it("reach responses, as one answer and as a stream", async () => {
    const { model, openai } = await client();
    const asked = { model, input: "Is it open?", include: ["message.output_text.logprobs" as const] };
    const content = [{ type: "output_text", text: TEXT, logprobs: ALL }];
    expect((await openai.responses.create(asked)).output).toMatchObject([{ type: "message", content }]);
    const stream = openai.responses.stream(asked);
    const ends: unknown[] = [];
    for await (const event of stream) if (event.type === "response.output_text.done") ends.push(event.logprobs);
    expect((await stream.finalResponse()).output).toMatchObject([{ type: "message", content }]);
    expect(ends).toEqual([ALL]);
  });
});

describe("a token of OpenAI's responses", () => {
  it("has the fields that chats have, also if a piece lacks them", async () => {
    const gpt = name("gpt");
    const piece = { type: "response.output_text.delta", ...of, delta: "Hi", logprobs: [{ token: "Hi", logprob: -1 }] };
    east.on(gpt, sent(responseEvents(itemEvents(0, messageItem(), messageItem(outputText("Hi")), piece))));
    const team = await gateway.world.team({ models: [`east/${gpt}`] });
    const openai = new OpenAI({ apiKey: team.secret, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
    const messages = [{ role: "user" as const, content: "Hello" }];
    const { choices } = await openai.chat.completions.create({ model: team.modelGroup, messages, logprobs: true });
    expect(choices[0]?.logprobs?.content).toEqual([{ token: "Hi", logprob: -1, bytes: null, top_logprobs: [] }]);
  });
});
