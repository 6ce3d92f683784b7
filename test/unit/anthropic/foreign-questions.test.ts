import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anthropic } from "../../../src/upstream/anthropic/anthropic.js";
import type { ChatMessage, ChatRequest, Provider } from "../../../src/upstream/provider.js";
import { message } from "../../kit/upstream/anthropic-answers.js";
import { ask } from "../../kit/upstream/ask.js";
import { type ScriptedUpstream, startUpstream } from "../../kit/upstream/upstream.js";
import { sent } from "../../kit/upstream/upstream-answers.js";

// Questions that clients of other formats ask, and that Anthropic would refuse or misread as they stand.

let upstream: ScriptedUpstream;
let provider: Provider;
beforeAll(async () => {
  upstream = await startUpstream();
  upstream.on("claude", sent(message([{ type: "text", text: "Hi" }])));
  provider = anthropic({ url: upstream.url });
});
afterAll(async () => {
  await upstream.close();
  await provider.close();
});

const HELLO: ChatMessage = { role: "user", content: "Hello" };

async function bodyFor(options: ChatRequest["options"], messages: readonly ChatMessage[] = [HELLO]) {
  await ask(provider, { model: "claude", messages, options });
  return upstream.requests.at(-1)?.body;
}
const tool = (name: string) => ({ type: "function", function: { name } });

describe("a question for Anthropic", () => {
  it("has no summary of thoughts, and the tier of service in Anthropic's words", async () => {
    const body = await bodyFor({ reasoning_effort: "low", reasoning_summary: "auto", service_tier: "default" });
    expect(body).toMatchObject({ output_config: { effort: "low" }, service_tier: "standard_only" });
    expect(body).not.toHaveProperty("reasoning_summary");
    expect(await bodyFor({ service_tier: "auto" })).toMatchObject({ service_tier: "auto" });
  });

  it("has room for an answer after its thoughts, if it names no limit", async () => {
    const thinking = { type: "enabled", budget_tokens: 10_000 };
    expect(await bodyFor({ thinking })).toMatchObject({ max_tokens: 14_096, thinking });
    expect(await bodyFor({ thinking, max_tokens: 12_000 })).toMatchObject({ max_tokens: 12_000 });
  });

  it("has only those tools that may be called", async () => {
    const tools = ["look", "open", "shut"].map(tool);
    const choice = (mode: string, ...names: string[]) => ({
      tools,
      tool_choice: { type: "allowed_tools", allowed_tools: { mode, tools: names.map(tool) } },
    });
    expect(await bodyFor(choice("required", "open", "shut"))).toMatchObject({
      tools: [{ name: "open" }, { name: "shut" }],
      tool_choice: { type: "any" },
    });
    expect(await bodyFor(choice("auto", "look"))).toMatchObject({
      tools: [{ name: "look" }],
      tool_choice: { type: "auto" },
    });
  });

  it("does not think by an effort before a tool that it must call, which Anthropic refuses", async () => {
    const tools = [tool("look")];
    for (const tool_choice of ["required", { type: "function", function: { name: "look" } }]) {
      const body = await bodyFor({ tools, tool_choice, reasoning_effort: "high" });
      expect(body).toMatchObject({ output_config: { effort: "high" } });
      expect(body).not.toHaveProperty("thinking");
    }
    expect(await bodyFor({ tools, tool_choice: "auto", reasoning_effort: "high" })).toHaveProperty("thinking");
  });

  it("passes a choice of tools on that is not known here, so that it is refused and not forgotten", async () => {
    for (const choice of [{ type: "custom", custom: { name: "run" } }, "sometimes"]) {
      const { tool_choice: passed } = await bodyFor({ tools: [tool("look")], tool_choice: choice });
      expect(passed).toEqual(typeof choice === "string" ? { type: choice } : choice);
    }
  });

  it("is asked by the user, if there is nothing but a system prompt", async () => {
    const system = { role: "system", content: "Tell a joke." } as const;
    const body = await bodyFor({}, [system, { role: "developer", content: "A short one." }]);
    expect(body.messages).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "Tell a joke." },
          { type: "text", text: "A short one." },
        ],
      },
    ]);
    expect(body).not.toHaveProperty("system");
  });

  it("has no thought with an empty signature, which nobody has signed", async () => {
    const blocks = { thinking_blocks: [{ type: "thinking", thinking: "Hm.", signature: "" }] };
    const { messages } = await bodyFor({}, [HELLO, { role: "assistant", content: "Yes.", ...blocks }, HELLO]);
    expect(messages[1].content).toEqual([{ type: "text", text: "Yes." }]);
  });

  it("has data as it was given, if it is not what its address says", async () => {
    const image = (url: string) => ({ type: "image_url", image_url: { url } });
    const file = (given: object) => ({ type: "file", file: given });
    const content = [
      image("data:text/plain,50%"),
      image("data:image/png"),
      file({ file_data: "JVBERi0=", filename: "a.pdf" }),
      file({ file_id: "file_1" }),
    ];
    const { messages } = await bodyFor({}, [{ role: "user", content }]);
    expect(messages[0].content.map(({ source }: { source: object }) => source)).toEqual([
      { type: "base64", media_type: "text/plain", data: Buffer.from("50%").toString("base64") },
      { type: "url", url: "data:image/png" },
      { type: "base64", media_type: "application/pdf", data: "JVBERi0=" },
      { type: "file", file_id: "file_1" },
    ]);
  });

  it("has a different id for each call of an older function", async () => {
    const calls = (given: string) => ({ function_call: { name: "look", arguments: given } });
    const { messages } = await bodyFor({}, [
      HELLO,
      { role: "assistant", content: null, ...calls('{"at":"gate"}') },
      { role: "function", name: "look", content: "open" },
      { role: "assistant", content: null, ...calls('{"at":"door"}') },
      { role: "function", name: "look", content: "shut" },
    ]);
    const [, first, firstResult, second, secondResult] = messages.map(
      ({ content }: { content: object[] }) => content[0],
    );
    expect([first.id, second.id]).toEqual([firstResult.tool_use_id, secondResult.tool_use_id]);
    expect(first.id).not.toBe(second.id);
  });
});
