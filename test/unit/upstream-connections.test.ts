import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { createGzip, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openAiCompatible } from "../../src/upstream/openai/openai-compatible.js";
import type { Provider } from "../../src/upstream/provider.js";
import { ask } from "../kit/upstream/ask.js";
import { type ScriptedUpstream, startUpstream } from "../kit/upstream/upstream.js";
import { chunk, DONE, event } from "../kit/upstream/upstream-answers.js";

let upstream: ScriptedUpstream;
let provider: Provider;
/** The responses so far, in order. */
let responses: ServerResponse[];

beforeEach(async () => {
  upstream = await startUpstream();
  provider = openAiCompatible({ url: upstream.url });
  responses = [];
});
afterEach(async () => {
  await upstream.close();
  await provider.close();
});

const STREAM = event(chunk({ content: "Hello" }, "stop")) + DONE;

/** Streams an answer up to `[DONE]`. Only the first answer leaves the end of its body to the test. */
function answerFirstWithoutEnd(): void {
  upstream.on("gpt-4", ({ response }) => {
    const first = responses.length === 0;
    responses.push(response as ServerResponse);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(STREAM);
    if (!first) response.end();
  });
}

describe("the connection of a stream whose body ends after [DONE]", () => {
  it("serves the next request", async () => {
    answerFirstWithoutEnd();
    expect((await ask(provider)).at(-1)).toEqual({ type: "finish", finishReason: "stop" });
    const socket = responses[0]?.socket;
    responses[0]?.end();
    await vi.waitFor(async () => {
      await ask(provider);
      expect(responses.slice(1).map((response) => response.req.socket)).toContain(socket);
    });
  });

  it("is closed if the end does not come", async () => {
    answerFirstWithoutEnd();
    await ask(provider);
    const [response] = responses;
    if (!response?.socket) throw new Error("The upstream was not asked.");
    await once(response.socket, "close");
    expect(response.writableFinished).toBe(false);
  });

  it("is closed with the provider, which does not wait for the end", async () => {
    answerFirstWithoutEnd();
    await ask(provider);
    const begun = performance.now();
    await provider.close();
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it("is closed if more comes than the end of a body", async () => {
    let bytes = 0;
    upstream.on("gpt-4", ({ response }) => {
      responses.push(response as ServerResponse);
      const more = () => {
        bytes += 64 * 1024;
        if (response.write("x".repeat(64 * 1024)) && !response.destroyed) setImmediate(more);
      };
      response.on("drain", more).writeHead(200, { "content-type": "text/event-stream" }).write(STREAM, more);
    });
    await ask(provider);
    const [response] = responses;
    if (!response?.socket) throw new Error("The upstream was not asked.");
    const { socket } = response;
    if (!socket.closed)
      await new Promise<void>((resolve) => void socket.on("error", () => undefined).once("close", () => resolve()));
    expect(bytes).toBeLessThan(32 * 1024 * 1024);
  });

  it("serves the next request if the body is compressed", async () => {
    const gzip = createGzip();
    upstream.on("gpt-4", ({ response }) => {
      responses.push(response as ServerResponse);
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": "gzip" });
      if (responses.length > 1) response.end(gzipSync(STREAM));
      else {
        gzip.pipe(response);
        gzip.write(STREAM);
        gzip.flush();
      }
    });
    expect((await ask(provider)).at(-1)).toEqual({ type: "finish", finishReason: "stop" });
    const socket = responses[0]?.socket;
    gzip.end();
    await vi.waitFor(async () => {
      await ask(provider);
      expect(responses.slice(1).map((response) => response.req.socket)).toContain(socket);
    });
  });
});
