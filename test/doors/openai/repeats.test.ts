import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { signalled } from "../../kit/signalled.js";
import { answer, held } from "../../kit/upstream/upstream-behaviours.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith, jobsOf } = openAiOf(gateway);

/** A client that gives a request up after this time and repeats it, as the SDK does by itself, and what it has sent. */
function impatient(apiKey: string, timeout = 400) {
  const counts: (string | null)[] = [];
  const repeated = signalled<void>();
  const fetchCounting: typeof fetch = (url, init) => {
    counts.push(new Headers(init?.headers).get("x-stainless-retry-count"));
    if (counts.length === 2) repeated.resolve();
    return fetch(url, init);
  };
  const openai = new OpenAI({ apiKey, baseURL: `${gateway.url}/v1`, maxRetries: 1, timeout, fetch: fetchCounting });
  return { openai, counts, repeated: repeated.promise };
}

describe("a request that OpenAI's client repeats by itself", () => {
  it("buys nothing again after its connection was lost", async () => {
    const waiting = held({ content: "At last." });
    const { team, chat, model } = await teamWith(waiting);
    const { openai, counts, repeated } = impatient(team.secret);
    const answered = openai.chat.completions.create(chat);
    await repeated;
    waiting.release();
    const completion = await answered;
    expect(completion.choices[0]?.message.content).toBe("At last.");
    expect(counts).toEqual(["0", "1"]);
    expect(gateway.upstream.requests.filter(({ body }) => body.model === model)).toHaveLength(1);
    expect(await jobsOf(team)).toMatchObject([{ status: "COMPLETED", costs: { totalCalls: 1 } }]);
  });

  it("is a new call once more after the answer has arrived", async () => {
    const waiting = held();
    const { team, chat } = await teamWith(waiting);
    const { openai, repeated } = impatient(team.secret);
    const first = openai.chat.completions.create(chat);
    await repeated;
    waiting.release();
    const { id } = await first;
    const again = { headers: { "x-stainless-retry-count": "1" } };
    const ids = [
      (await openai.chat.completions.create(chat, again)).id,
      (await openai.chat.completions.create(chat)).id,
    ];
    expect(new Set([id, ...ids]).size).toBe(3);
    expect(await jobsOf(team)).toHaveLength(3);
  });

  it("is a new call if nothing was lost, or if it asks something else", async () => {
    const { team, chat } = await teamWith(answer());
    const { openai } = impatient(team.secret, 60_000);
    const marked = { headers: { "x-stainless-retry-count": "2" } };
    const { id } = await openai.chat.completions.create(chat);
    const other = { ...chat, temperature: 0.5 };
    const ids = await Promise.all([chat, chat, other].map((body) => openai.chat.completions.create(body, marked)));
    expect(new Set([id, ...ids.map((each) => each.id)]).size).toBe(4);
  });
});
