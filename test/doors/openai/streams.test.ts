import { describe, expect, it } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { heldStream, streamed } from "../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted", env: { DISCONNECT_GRACE_MS: "200" } });
const { teamWith, jobsOf } = openAiOf(gateway);

describe("OpenAI's client", () => {
  it("gets a stream, with the usage only if it asks for it", async () => {
    const { openai, chat } = await teamWith(streamed(["To", "ll", "gate"]));
    for (const includeUsage of [false, true]) {
      const stream = await openai.chat.completions.create({
        ...chat,
        stream: true,
        ...(includeUsage && { stream_options: { include_usage: true } }),
      });
      const chunks = [];
      for await (const chunk of stream) chunks.push(chunk);
      expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toBe("Tollgate");
      expect(chunks.filter((chunk) => chunk.choices[0]?.finish_reason === "stop")).toHaveLength(1);
      expect(chunks.filter((chunk) => chunk.usage).map((chunk) => [chunk.choices, chunk.usage?.total_tokens])).toEqual(
        includeUsage ? [[[], 18]] : [],
      );
    }
  });

  it("is refused a stream before it buys anything, if its key has as many open as it may", async () => {
    const { team, openai, chat } = await teamWith(streamed(["Yes."]));
    const credential = `key:${team.keyId}`;
    const leaves = Array.from({ length: 2_000 }, () => gateway.app.services.openStreams.take(credential));
    const refused = openai.chat.completions.create({ ...chat, stream: true });
    await expect(refused).rejects.toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    expect(await jobsOf(team)).toEqual([]);
    for (const leave of leaves) leave();
    expect((await openai.chat.completions.create({ ...chat, stream: true })).controller).toBeDefined();
  });

  it("gets each token when the upstream sends it, and may abort", async () => {
    const upstream = heldStream();
    const { team, openai, chat } = await teamWith(upstream);
    const asked = openai.chat.completions.create({ ...chat, stream: true });
    await upstream.arrived;
    upstream.text("Once");
    const stream = await asked;
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    expect((await chunks.next()).value?.choices[0]?.delta.content).toBe("Once");
    stream.controller.abort();
    await upstream.closed;
    await expect.poll(async () => (await jobsOf(team))[0].status).toBe("COMPLETED");
  });

  it("gets an error at the end of a stream that is cut, and never [DONE]", async () => {
    const upstream = heldStream();
    const { team, chat } = await teamWith(upstream);
    const asked = fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${team.secret}`, "content-type": "application/json" },
      body: JSON.stringify({ ...chat, stream: true }),
    });
    await upstream.arrived;
    upstream.text("Once");
    const response = await asked;
    upstream.cut();
    const text = await response.text();
    expect(text).not.toContain("[DONE]");
    const last = JSON.parse(
      text
        .trim()
        .split("\n")
        .at(-1)
        ?.replace(/^data: /, "") ?? "",
    );
    expect(last).toMatchObject({ error: { code: "upstream_failed", type: "server_error" } });
  });
});
