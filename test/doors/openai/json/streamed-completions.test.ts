import { describe, expect, it } from "vitest";
import { OPENAI_CLIENTS, responsesOf } from "../../../kit/clients/responses.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { completion } from "../../../kit/upstream/json-answers.js";
import { DONE, eventsOf, sent } from "../../../kit/upstream/upstream-answers.js";
import { type Behaviour, error, stall } from "../../../kit/upstream/upstream-behaviours.js";
import { cutStream } from "../../../kit/upstream/upstream-streams.js";
import { name } from "../../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const { clientOf, teamWith, askedOf } = responsesOf(gateway);

const chunk = (text: string, finish: string | null = null, more: object = {}) => ({
  id: "cmpl-1",
  object: "text_completion",
  created: 1_772_443_801,
  model: "upstream-model",
  choices: [{ text, index: 0, logprobs: null, finish_reason: finish, ...more }],
});
const USAGE = { prompt_tokens: 4, completion_tokens: 3, total_tokens: 7 };
const usageChunk = { ...chunk(""), choices: [], usage: USAGE };
const logprobs = { tokens: [" gate"], token_logprobs: [-0.5], top_logprobs: null, text_offset: [2] };
const GATE = sent(eventsOf(chunk(" a"), chunk(" gate", null, { logprobs }), chunk("", "stop"), usageChunk) + DONE, {
  headers: { "content-type": "text/event-stream" },
});

interface Chunk {
  readonly id: string;
  readonly model: string;
  readonly choices: readonly {
    readonly text: string;
    readonly finish_reason: string | null;
    readonly logprobs: object;
  }[];
  readonly usage?: object;
  readonly replaces?: boolean;
}
const textOf = (chunks: readonly Chunk[]) => chunks.map(({ choices }) => choices[0]?.text ?? "").join("");
const CALL = "{ llmCalls { nodes { kind status content finishReason costUsd usage { source totalTokens } } } }";
const callsOf = async ({ client }: Awaited<ReturnType<typeof teamWith>>["team"]) =>
  (await client.data(CALL)).llmCalls.nodes;

describe.each(OPENAI_CLIENTS)("$version", ({ module, isSkipped }) => {
  describe.skipIf(isSkipped)("streams a completion", () => {
    const streamed = async (behaviour: Behaviour, more: object = {}, options: object = {}) => {
      const { team, model, upstreamModel } = await teamWith(behaviour);
      const openai = await clientOf(module, team.secret);
      const stream = await openai.completions.create(
        { model, prompt: "A tollgate is", ...more, stream: true },
        options,
      );
      const chunks: Chunk[] = [];
      for await (const each of stream) chunks.push(each as unknown as Chunk);
      return { team, model, upstreamModel, openai, chunks };
    };

    it("as it comes", async () => {
      let finish = () => {};
      const { model, openai } = await teamWith(({ response }) => {
        response.writeHead(200, { "content-type": "text/event-stream" }).write(eventsOf(chunk(" a")));
        finish = () => response.end(eventsOf(chunk(" gate", "stop")) + DONE);
      });
      const texts: (string | undefined)[] = [];
      for await (const each of await openai.completions.create({ model, prompt: "A", stream: true })) {
        texts.push(each.choices[0]?.text);
        if (texts.length === 1) finish();
      }
      expect(texts).toEqual([" a", " gate", ""]);
    });

    it("with its usage if that is asked for, as a call of its kind", async () => {
      const { team, upstreamModel, chunks } = await streamed(GATE, { stream_options: { include_usage: true } });
      expect(textOf(chunks)).toBe(" a gate");
      expect(chunks.some(({ choices }) => choices[0]?.logprobs && "tokens" in choices[0].logprobs)).toBe(true);
      expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop");
      expect(chunks.at(-1)).toMatchObject({ choices: [], usage: USAGE });
      expect(new Set(chunks.map(({ id, model }) => `${id.slice(0, 5)} ${model}`))).toEqual(
        new Set([`cmpl- ${upstreamModel}`]),
      );
      expect(askedOf(upstreamModel)).toEqual({
        model: upstreamModel,
        prompt: "A tollgate is",
        stream: true,
        stream_options: { include_usage: true },
      });
      expect(await callsOf(team)).toMatchObject([
        {
          kind: "COMPLETION",
          status: "SUCCEEDED",
          content: " a gate",
          finishReason: "stop",
          usage: { source: "REPORTED", totalTokens: 7 },
        },
      ]);
    });

    it("whose upstream answers as a whole, without usage", async () => {
      const { team, chunks } = await streamed(completion(" a gate"));
      expect(textOf(chunks)).toBe(" a gate");
      expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe("stop");
      expect(chunks.every((each) => !("usage" in each))).toBe(true);
      expect(await callsOf(team)).toMatchObject([{ status: "SUCCEEDED", content: " a gate" }]);
    });

    it.each([
      ["chunks of a chat", { delta: { content: " a" } }],
      ["texts beside the same deltas", { text: " a", delta: { content: " a" } }],
      ["texts beside empty deltas", { text: " a", delta: {} }],
    ])("whose upstream sends %s", async (_what, choice) => {
      const said = { ...chunk(""), choices: [{ index: 0, finish_reason: null, ...choice }] };
      const { team, chunks } = await streamed(sent(eventsOf(said, said, chunk("", "stop")) + DONE));
      expect(textOf(chunks)).toBe(" a a");
      expect(await callsOf(team)).toMatchObject([{ status: "SUCCEEDED", content: " a a" }]);
    });

    it("again for the same idempotency key, and buys nothing", async () => {
      const options = { headers: { "idempotency-key": name("key") } };
      const { team, model, openai, chunks } = await streamed(GATE, {}, options);
      const again: Chunk[] = [];
      for await (const each of await openai.completions.create(
        { model, prompt: "A tollgate is", stream: true },
        options,
      ))
        again.push(each as unknown as Chunk);
      expect(textOf(again)).toBe(textOf(chunks));
      expect(again[0]?.id).toBe(chunks[0]?.id);
      expect(await callsOf(team)).toHaveLength(1);
    });

    it("that fails before it begins with a status, and after that with an error at its end", async () => {
      await expect(streamed(error(400))).rejects.toMatchObject({ status: 400 });
      const broken = cutStream([eventsOf(chunk(" a"), chunk(" ga"))]);
      await expect(streamed(broken)).rejects.toMatchObject({ error: { code: expect.stringMatching(/^upstream_/) } });
    });
  });
});

describe("a streamed completion", () => {
  it("is answered by the next model if the first fails", async () => {
    const [broken, sound] = [name("broken"), name("sound")];
    gateway.upstream.on(broken, error(503));
    gateway.upstream.on(sound, GATE);
    const team = await gateway.world.team({ models: [broken, sound] });
    const openai = await clientOf("openai", team.secret);
    const chunks: Chunk[] = [];
    for await (const each of await openai.completions.create({ model: team.modelGroup, prompt: "A", stream: true }))
      chunks.push(each as unknown as Chunk);
    expect(textOf(chunks)).toBe(" a gate");
    expect(chunks.at(-1)?.model).toBe(sound);
  });

  it("is cancelled if its client goes away", async () => {
    const waiting = stall();
    const { team, model, openai } = await teamWith(waiting);
    const abort = new AbortController();
    const asked = openai.completions.create({ model, prompt: "A", stream: true }, { signal: abort.signal });
    await waiting.arrived;
    abort.abort();
    await expect(asked).rejects.toThrow();
    await waiting.closed;
    await expect.poll(async () => (await callsOf(team))[0]?.status, { timeout: 20_000 }).toBe("CANCELLED");
  });
});

describe("the simulated model", () => {
  const simulated = useGateway();
  const ofSimulated = responsesOf(simulated);

  it("streams what it would answer as a whole, with the same count of tokens", async () => {
    const { model, openai } = await ofSimulated.teamWith();
    const asked = { model, prompt: "What is a tollgate?", max_tokens: 7 };
    const whole = await openai.completions.create(asked);
    const chunks: Chunk[] = [];
    const usage = { stream_options: { include_usage: true } };
    for await (const each of await openai.completions.create({ ...asked, ...usage, stream: true }))
      chunks.push(each as unknown as Chunk);
    expect(textOf(chunks)).toBe(whole.choices[0]?.text);
    expect(chunks.at(-1)?.usage).toEqual(whole.usage);
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("length");
  });
});
