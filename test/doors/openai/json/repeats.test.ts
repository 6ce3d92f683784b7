import type OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { openAiOf } from "../../../kit/clients/openai.js";
import { useGateway } from "../../../kit/gateway/gateway.js";
import { completion, moderation, vectors } from "../../../kit/upstream/json-answers.js";
import { name } from "../../../kit/world.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith, jobsOf } = openAiOf(gateway);

const KEYED = () => ({ headers: { "Idempotency-Key": name("key") } });
const askedOf = (model: string) => gateway.upstream.requests.filter(({ body }) => body.model === model).length;

describe("a question that is no chat, sent again", () => {
  it("gets the same vectors while they are kept, and buys nothing", async () => {
    const { team, openai, chat, model } = await teamWith(vectors([[0.5, 0.25]]));
    const options = KEYED();
    const ask = () => openai.embeddings.create({ model: chat.model, input: "a" }, options).withResponse();
    const [first, again] = [await ask(), await ask()];
    expect(again.data).toEqual(first.data);
    expect(again.response.headers.get("x-tollgate-call-id")).toBe(first.response.headers.get("x-tollgate-call-id"));
    expect(askedOf(model)).toBe(1);
    expect(await jobsOf(team)).toHaveLength(1);
  });

  it("is told that its vectors are no longer kept, and still buys nothing", async () => {
    const { team, openai, chat, model } = await teamWith(vectors([[0.5, 0.25]]));
    const options = KEYED();
    const ask = () => openai.embeddings.create({ model: chat.model, input: "a" }, options);
    await ask();
    gateway.app.calls.forgetResults();
    const refused = await ask().catch((refusal: unknown) => refusal);
    expect(refused).toMatchObject({ status: 409, code: "invalid_state" });
    const { headers, message } = refused as InstanceType<typeof OpenAI.APIError>;
    expect(message).toContain("another idempotency key");
    expect(headers?.get("x-should-retry")).toBe("false");
    expect(headers?.get("x-tollgate-call-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(askedOf(model)).toBe(1);
    expect(await jobsOf(team)).toHaveLength(1);
  });

  it("gets a short answer of another kind for as long as answers are stored", async () => {
    const { openai, chat, model } = await teamWith(moderation(true));
    const options = KEYED();
    const ask = () => openai.moderations.create({ model: chat.model, input: "a" }, options);
    const first = await ask();
    gateway.app.calls.forgetResults();
    expect(await ask()).toEqual(first);
    expect(first.results[0]?.flagged).toBe(true);
    expect(askedOf(model)).toBe(1);
  });

  it("is the same question if it says in so many words that it is not to be streamed", async () => {
    const { openai, chat, model } = await teamWith(completion("more"));
    const options = KEYED();
    const asked = { model: chat.model, prompt: "Once" };
    const first = await openai.completions.create(asked, options);
    expect(await openai.completions.create({ ...asked, stream: false }, options)).toEqual(first);
    expect(askedOf(model)).toBe(1);
  });

  it("is a conflict if the texts differ", async () => {
    const { openai, chat } = await teamWith(vectors([[1]]));
    const options = KEYED();
    await openai.embeddings.create({ model: chat.model, input: "a" }, options);
    const other = openai.embeddings.create({ model: chat.model, input: "b" }, options);
    await expect(other).rejects.toMatchObject({ status: 409, code: "idempotency_conflict" });
  });
});
