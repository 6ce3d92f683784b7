import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UpstreamError } from "../../src/upstream/failure/upstream-error.js";
import type { ChatRequest, Part, Provider } from "../../src/upstream/provider.js";
import { withinTime } from "../../src/upstream/resilience/within-time.js";
import { signalled } from "../kit/signalled.js";
import { failure, HELLO } from "../kit/upstream/ask.js";

const LIMITS = { firstTokenTimeoutMs: 1_000, idleTimeoutMs: 100 };
const never = new AbortController().signal;
type Parts = readonly Part[];
const text = (content: string): Parts => [{ type: "text-delta", content }];
const FINISH: Parts = [{ type: "finish", finishReason: "stop" }];
const SIGN_OF_LIFE: Parts = [];

/** A provider that sends what the test tells it to, when it does, and notices that its stream was closed. */
class ToldProvider implements Provider {
  readonly name = "told";
  readonly description = "A provider of a test.";
  readonly asked: ChatRequest[] = [];
  isClosed = false;
  private next = signalled<Parts | Error>();

  tell(parts: Parts | Error): void {
    this.next.resolve(parts);
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<Parts, void, undefined> {
    this.asked.push(request);
    const aborted = signalled<never>();
    signal.addEventListener("abort", () => aborted.resolve(undefined as never));
    try {
      for (;;) {
        const parts = await Promise.race([this.next.promise, aborted.promise]);
        signal.throwIfAborted();
        this.next = signalled();
        if (parts instanceof Error) throw parts;
        yield parts;
        if (parts === FINISH) return;
      }
    } finally {
      this.isClosed = true;
    }
  }

  async close(): Promise<void> {}
}

describe("parts within time", () => {
  let provider: ToldProvider;
  const ask = (signal = never) => withinTime(provider, HELLO, signal, LIMITS);

  beforeEach(() => {
    vi.useFakeTimers();
    provider = new ToldProvider();
  });
  afterEach(() => {
    expect(vi.getTimerCount(), "timers that are left").toBe(0);
    vi.useRealTimers();
  });

  /** The next parts, which the provider sends after so long. */
  async function nextAfter(parts: AsyncGenerator<Parts, void>, ms: number, sent: Parts) {
    const next = parts.next();
    await vi.advanceTimersByTimeAsync(ms);
    provider.tell(sent);
    return next;
  }

  it("are passed on as they come, to the end", async () => {
    const parts = ask();
    expect(provider.asked, "before anybody asks").toEqual([]);
    expect((await nextAfter(parts, 999, text("a"))).value).toEqual(text("a"));
    expect((await nextAfter(parts, 99, text("b"))).value).toEqual(text("b"));
    expect((await nextAfter(parts, 99, FINISH)).value).toEqual(FINISH);
    expect((await parts.next()).done).toBe(true);
    expect(provider.asked).toEqual([HELLO]);
  });

  it("end with a timeout if the first is late, and the connection is closed", async () => {
    const late = failure(ask().next());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await late).toMatchObject({ kind: "timeout", message: expect.stringContaining('"gpt-4"') });
    expect(provider.isClosed).toBe(true);
  });

  it("end with a timeout if a later one is late, and the connection is closed", async () => {
    const parts = ask();
    await nextAfter(parts, 500, text("a"));
    const late = failure(parts.next());
    await vi.advanceTimersByTimeAsync(100);
    expect(await late).toMatchObject({ kind: "timeout" });
    expect(provider.isClosed).toBe(true);
    expect((await parts.next()).done).toBe(true);
  });

  it.each<[Parts]>([
    [[{ type: "extension", at: "answer", fields: { system_fingerprint: "fp_1" } }]],
    [[{ type: "usage", usage: { promptTokens: 1, completionTokens: 0 } }]],
    [SIGN_OF_LIFE],
  ])("are nothing of the answer if they are like %j: the limit of the first goes on", async (nothing) => {
    const parts = ask();
    await nextAfter(parts, 500, nothing);
    expect((await nextAfter(parts, 499, text("a"))).value, "after more than the idle limit").toEqual(text("a"));
    await parts.return();

    const late = ask();
    await nextAfter(late, 900, nothing);
    const next = failure(late.next());
    await vi.advanceTimersByTimeAsync(100);
    expect(await next).toMatchObject({ kind: "timeout" });
  });

  it.each<[Parts]>([
    [[{ type: "reasoning-delta", content: "a", field: "reasoning" }]],
    [[{ type: "tool-call-delta", index: 0, id: "call_1", name: "look", arguments: "" }]],
    [
      [
        { type: "usage", usage: { promptTokens: 1, completionTokens: 0 } },
        { type: "text-delta", content: "a" },
      ],
    ],
  ])("are something of the answer if they are like %j, and signs of life keep it going", async (something) => {
    const parts = ask();
    await nextAfter(parts, 999, something);
    for (let times = 0; times < 20; times++) await nextAfter(parts, 99, SIGN_OF_LIFE);
    const late = failure(parts.next());
    await vi.advanceTimersByTimeAsync(100);
    expect(await late).toMatchObject({ kind: "timeout" });
  });

  it("are not late only because nobody asks for them", async () => {
    const parts = ask();
    await nextAfter(parts, 0, text("a"));
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect((await nextAfter(parts, 99, text("b"))).value).toEqual(text("b"));
    await parts.return();
  });

  it("fail as the provider fails", async () => {
    const parts = ask();
    await nextAfter(parts, 0, text("a"));
    const next = failure(parts.next());
    const broken = new UpstreamError("truncated", HELLO.model);
    provider.tell(broken);
    expect(await next).toBe(broken);
  });

  it("end with the reason of the caller's own signal", async () => {
    const caller = new AbortController();
    const next = ask(caller.signal).next();
    const reason = new Error("The client has gone.");
    caller.abort(reason);
    await expect(next).rejects.toBe(reason);
    expect(provider.isClosed).toBe(true);
  });

  it("close the connection when their reader leaves", async () => {
    const parts = ask();
    await nextAfter(parts, 0, text("a"));
    await parts.return();
    expect(provider.isClosed).toBe(true);
  });
});
