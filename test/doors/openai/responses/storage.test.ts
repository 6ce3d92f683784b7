import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { responsesOf } from "../../../kit/clients/responses.js";
import { allRows } from "../../../kit/database/tables.js";
import { FakeClock } from "../../../kit/gateway/clock.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { runTasks } from "../../../kit/gateway/tasks.js";
import { answer, error, openAiError } from "../../../kit/upstream/upstream-behaviours.js";
import { cutStream, streamed } from "../../../kit/upstream/upstream-streams.js";

const clock = new FakeClock();
const gateway = useGateway({ upstream: "scripted", clock });
const { teamWith } = responsesOf(gateway);
const DAY_MS = 86_400_000;

/** The tables that have a text in one of their rows. */
const tablesWith = async (text: string) =>
  [
    ...new Set(
      (await allRows(gateway.app.database.db)).filter((row) => row.includes(text)).map((row) => row.split(" ")[0]),
    ),
  ].sort();

const SCRIPTS = {
  "is answered": (said: string) => answer({ content: said, toolCalls: [{ name: "f", arguments: `{"a":"${said}"}` }] }),
  "is streamed": (said: string) => streamed([said, said]),
  "is cut in the middle": (said: string) => cutStream([said]),
  "is refused by the upstream": (said: string) => error(400, openAiError(`Bad: ${said}`, "invalid_request_error")),
};

/** Everything that a client gets. */
async function gather(created: PromiseLike<unknown>): Promise<unknown[]> {
  const answered = await created;
  if (typeof answered !== "object" || answered === null || !(Symbol.asyncIterator in answered)) return [answered];
  const events: unknown[] = [];
  for await (const event of answered as AsyncIterable<unknown>) events.push(event);
  return events;
}

describe("a response with store: false", () => {
  it.each(Object.entries(SCRIPTS))("leaves nothing of question and answer behind if it %s", async (how, script) => {
    const [asked, said] = [`question-${randomUUID()}`, `answer-${randomUUID()}`];
    const { model, openai } = await teamWith(script(said));
    const stream = how !== "is answered";
    const created = openai.responses.create({
      model,
      stream,
      store: false,
      instructions: asked,
      input: asked,
      metadata: { asked },
      tools: [{ type: "function", name: "f", description: asked, parameters: {}, strict: false }],
    });
    const got = await gather(created).catch((thrown) => thrown.message);
    expect(JSON.stringify(got)).toContain(said);
    expect(await tablesWith(asked)).toEqual([]);
    expect(await tablesWith(said)).toEqual([]);
  });

  it("cannot be gone on from, read, or told again", async () => {
    const { model, openai } = await teamWith();
    const headers = { "idempotency-key": randomUUID() };
    const created = await openai.responses.create({ model, input: "One?", store: false }, { headers });
    expect(created).toMatchObject({ store: false, output_text: "This is a scripted answer." });
    const next = openai.responses.create({ model, input: "Two?", previous_response_id: created.id });
    await expect(next).rejects.toMatchObject({ status: 400, code: "previous_response_not_found" });
    await expect(openai.responses.retrieve(created.id)).rejects.toMatchObject({ status: 404 });
    const again = openai.responses.create({ model, input: "One?", store: false }, { headers });
    await expect(again).rejects.toMatchObject({ status: 409, message: expect.stringContaining("store: false") });
  });
});

describe("what is kept of a response", () => {
  it("is forgotten with its answer", async () => {
    const [asked, said] = [`question-${randomUUID()}`, `answer-${randomUUID()}`];
    const { model, openai } = await teamWith(answer({ content: said }));
    const { id } = await openai.responses.create({ model, input: asked });
    expect(await tablesWith(asked)).toEqual(["responses"]);
    expect(await tablesWith(said)).toEqual(["llm_calls"]);
    clock.advance(29 * DAY_MS);
    await runTasks(gateway.app);
    expect(await tablesWith(asked)).toEqual(["responses"]);
    clock.advance(2 * DAY_MS);
    await runTasks(gateway.app);
    expect([...(await tablesWith(asked)), ...(await tablesWith(said))]).toEqual([]);
    await expect(openai.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it("is forgotten with its team", async () => {
    const asked = `question-${randomUUID()}`;
    const { team, model, openai } = await teamWith();
    await openai.responses.create({ model, input: asked });
    await gateway.admin.data(`mutation { deleteTeam(id: "${team.id}") { id } }`);
    expect(await tablesWith(asked)).toEqual([]);
  });

  it("is told again to a request with the same key, plain and streamed, with the same ids", async () => {
    const toolCalls = [{ id: "call_1", name: "f", arguments: "{}" }];
    const { model, openai } = await teamWith(answer({ content: "Let me see.", toolCalls }));
    for (const stream of [false, true]) {
      const ask = async (headers: Record<string, string>) => {
        if (!stream) return openai.responses.create({ model, input: "One?" }, { headers });
        return openai.responses.stream({ model, input: "One?" }, { headers }).finalResponse();
      };
      const headers = { "idempotency-key": randomUUID() };
      const [first, again] = [await ask(headers), await ask(headers)];
      clock.advance(60_000);
      const late = await ask(headers);
      const idsOf = ({ id, output }: typeof first) => [id, ...output.map((item) => item.id)];
      expect(idsOf(again)).toEqual(idsOf(first));
      expect(idsOf(late)).toEqual(idsOf(first));
      expect(late.output_text).toBe("Let me see.");
    }
  });

  it("keeps every character of what was asked", async () => {
    const { model, openai } = await teamWith();
    const arguments_ = `{"nul":"\\u0000","big":12345678901234567890}`;
    const input = [
      { type: "function_call" as const, call_id: "c", name: "f", arguments: arguments_ },
      { type: "function_call_output" as const, call_id: "c", output: "nul \u0000 and 😀" },
    ];
    const { id } = await openai.responses.create({ model, input });
    const { data } = await openai.responses.inputItems.list(id, { order: "asc" });
    expect(data).toMatchObject(input);
  });
});
