import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAiCompatible } from "../../src/upstream/openai/openai-compatible.js";
import type { Provider } from "../../src/upstream/provider.js";
import { ask, failure, HELLO } from "../kit/upstream/ask.js";
import { type ScriptedUpstream, startUpstream } from "../kit/upstream/upstream.js";
import * as does from "../kit/upstream/upstream-behaviours.js";

let upstream: ScriptedUpstream;
let provider: Provider;

beforeEach(async () => {
  upstream = await startUpstream();
  provider = openAiCompatible({ url: upstream.url, apiKey: "sk-upstream" });
});
afterEach(async () => {
  await upstream.close();
  await provider.close();
});

describe("the gateway's key", () => {
  it.each([
    ["a refusal", does.error(400, { error: { message: "Bad header: my-proxy-pass" } })],
    ["an error in an answer", does.error(200, { error: { message: "Bad header: my-proxy-pass", code: 400 } })],
  ])("is hidden if %s repeats it, whatever form it has", async (_, behaviour) => {
    upstream.on("gpt-4", behaviour);
    const other = openAiCompatible({ url: upstream.url, apiKey: "my-proxy-pass" });
    expect((await failure(ask(other))).message).toMatch(/: Bad header: \[hidden\]$/);
    await other.close();
  });
});

describe("a request", () => {
  it("goes to /chat/completions under the base with the key and one JSON body", async () => {
    await ask(provider, { options: { temperature: 0.5, max_tokens: 9 } });
    const [sent] = upstream.requests;
    expect(sent).toMatchObject({ method: "POST", path: "/v1/chat/completions" });
    expect(sent?.headers).toMatchObject({ authorization: "Bearer sk-upstream", "content-type": "application/json" });
    expect(sent?.body).toEqual({ ...HELLO, options: undefined, stream: false, temperature: 0.5, max_tokens: 9 });
  });

  it("carries no key if no key is configured", async () => {
    const keyless = openAiCompatible({ url: upstream.url });
    await ask(keyless);
    expect(upstream.requests[0]?.headers.authorization).toBeUndefined();
    await keyless.close();
  });

  it("finds its place under a base with slashes at the end or a query", async () => {
    for (const [suffix, path] of [
      ["///", "/v1/chat/completions"],
      ["/?api-version=2024-10-21", "/v1/chat/completions?api-version=2024-10-21"],
    ]) {
      const other = openAiCompatible({ url: upstream.url + suffix });
      await ask(other);
      expect(upstream.requests.at(-1)?.path).toBe(path);
      await other.close();
    }
  });

  it("cannot have its model, messages or stream overridden by an option", async () => {
    await ask(provider, {
      options: { model: "other", messages: [], stream: true, stream_options: { include_usage: true } },
    });
    expect(upstream.requests[0]?.body).toEqual({ model: "gpt-4", messages: HELLO.messages, stream: false });
  });

  it("is not made for a text that is not a URL", () => {
    for (const url of ["nonsense", "ftp://example.com/v1"]) {
      expect(() => openAiCompatible({ url })).toThrow(TypeError);
    }
  });
});

describe("a failing upstream", () => {
  it("is classified by its answer", async () => {
    upstream.on("gpt-4", does.error(429, undefined, { "retry-after": "7" }), does.error(503), does.error(500));
    expect(await failure(ask(provider))).toMatchObject({ kind: "rate-limited", retryAfterMs: 7_000 });
    expect((await failure(ask(provider))).kind).toBe("overloaded");
    expect((await failure(ask(provider))).kind).toBe("unavailable");
  });

  it("is classified by its status if its error has no end", async () => {
    const endless = ({ response }: does.Exchange) => {
      response.writeHead(400, { "content-type": "text/plain" });
      const more = () => response.destroyed || response.write("x".repeat(10_000), more);
      more();
    };
    upstream.on("gpt-4", endless);
    expect(await failure(ask(provider))).toMatchObject({ kind: "invalid-request", tryNextModel: false });
  });

  it("is not followed to another address", async () => {
    upstream.on("gpt-4", does.error(307, "", { location: "/v1/chat/completions" }));
    expect(await failure(ask(provider))).toMatchObject({ kind: "unavailable", status: 307 });
    expect(upstream.requests).toHaveLength(1);
  });

  it("that cuts its answer off leaves it truncated", async () => {
    upstream.on("gpt-4", does.cut());
    expect(await failure(ask(provider))).toMatchObject({ kind: "truncated", usageUnknown: true });
  });

  it("that hangs up without an answer is unavailable, and may have billed", async () => {
    upstream.on("gpt-4", does.cut("before-answer"));
    expect(await failure(ask(provider))).toMatchObject({ kind: "unavailable", usageUnknown: true });
  });

  it("that cannot be reached is unavailable, and has not billed", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as AddressInfo;
    await new Promise((resolve) => taken.close(resolve));
    const absent = openAiCompatible({ url: `http://127.0.0.1:${port}/v1` });
    const error = await failure(ask(absent));
    expect(error).toMatchObject({ kind: "unavailable", usageUnknown: false });
    expect(error.message).not.toContain("127.0.0.1");
    await absent.close();
  });
});

describe("an abort", () => {
  it.each([
    ["before the answer", does.hang],
    ["in the middle of the answer", does.stall],
  ])("%s closes the connection and throws the signal's reason", async (_, behaviour) => {
    const waiting = behaviour();
    upstream.on("gpt-4", waiting);
    const controller = new AbortController();
    const asked = ask(provider, {}, controller.signal);
    const reason = new Error("the client went away");
    const received = await waiting.arrived;
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
    await waiting.closed;
    expect(received.aborted).toBe(true);
  });

  it("that has happened already sends nothing", async () => {
    await expect(ask(provider, {}, AbortSignal.abort("too late"))).rejects.toBe("too late");
    expect(upstream.requests).toHaveLength(0);
  });

  it("leaves other requests alone", async () => {
    const hanging = does.hang();
    const holding = does.held();
    upstream.on("gpt-4", hanging);
    upstream.on("gpt-4o", holding);
    const controller = new AbortController();
    const aborted = ask(provider, {}, controller.signal);
    const other = ask(provider, { model: "gpt-4o" });
    await Promise.all([hanging.arrived, holding.arrived]);
    controller.abort("gone");
    await expect(aborted).rejects.toBe("gone");
    holding.release();
    expect((await other).at(-1)).toMatchObject({ type: "finish", finishReason: "stop" });
  });
});

describe("closing", () => {
  it("closes the connections, may be repeated, and refuses what comes after", async () => {
    await ask(provider);
    await provider.close();
    await provider.close();
    await expect.poll(() => upstream.openSockets).toBe(0);
    expect(await failure(ask(provider))).toMatchObject({ kind: "unavailable", usageUnknown: false });
  });
});
