import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UpstreamConfig } from "../../src/config/upstreams/upstream.js";
import { UpstreamError } from "../../src/upstream/failure/upstream-error.js";
import { openProvider } from "../../src/upstream/open-provider.js";
import { failing } from "../../src/upstream/simulated/failing.js";
import { simulated } from "../../src/upstream/simulated/simulated.js";
import { Upstreams } from "../../src/upstream/upstreams.js";
import { seededRandom } from "../kit/random.js";

const LIMITS = { firstTokenTimeoutMs: 1_000, idleTimeoutMs: 1_000 };
const NO_LIMITS = { firstTokenTimeoutMs: null, idleTimeoutMs: null, concurrencyMax: null };
const simulatedConfig = (name: string): UpstreamConfig => ({
  name,
  kind: "simulated",
  tokenMs: 0,
  failing: null,
  ...NO_LIMITS,
});
const REQUEST = {
  model: "some model/1",
  messages: [{ role: "user", content: "Hello" }],
  options: {},
  stream: false,
} as const;
const never = new AbortController().signal;

describe("a listed model", () => {
  const opened = (...names: string[]) => Upstreams.open(names.map(simulatedConfig), LIMITS);
  const placeOf = async (upstreams: Promise<Upstreams>, listed: string) => {
    const found = (await upstreams).find(listed);
    return found && [found.upstream.name, found.model, found.key];
  };

  it("is at the upstream that its name begins with, and otherwise at the default one, under its whole name", async () => {
    const upstreams = opened("default", "east");
    expect(await placeOf(upstreams, "east/gpt-4o")).toEqual(["east", "gpt-4o", "east/gpt-4o"]);
    expect(await placeOf(upstreams, "east/openai/gpt-4o")).toEqual(["east", "openai/gpt-4o", "east/openai/gpt-4o"]);
    for (const listed of ["gpt-4o", "openai/gpt-4o", "eastern/gpt-4o", "/gpt-4o", "east", "East/gpt-4o"])
      expect(await placeOf(upstreams, listed)).toEqual(["default", listed, listed]);
    // The same model under another name has the same circuit.
    expect(await placeOf(upstreams, "default/gpt-4o")).toEqual(["default", "gpt-4o", "gpt-4o"]);
  });

  it("is nowhere if there is no default upstream, and fails when it is asked", async () => {
    const upstreams = opened("east");
    for (const listed of ["gpt-4o", "west/gpt-4o"]) expect(await placeOf(upstreams, listed)).toBeUndefined();
    const { upstream, model } = (await upstreams).at("west/gpt-4o");
    const asked = upstream.provider.stream({ ...REQUEST, model }, never)[Symbol.asyncIterator]();
    await expect(asked.next()).rejects.toMatchObject({ kind: "not-configured", tryNextModel: true });
    expect(upstream.name).toBe("west");
  });
});

describe("a kind of upstream", () => {
  let asked: Pick<IncomingMessage, "url" | "headers"> | undefined;
  const server = createServer((incoming, outgoing) => {
    asked = incoming;
    outgoing.writeHead(500).end();
  });
  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => void server.close());

  const askedAs = async (kind: "openai" | "azure-openai" | "anthropic", path: string) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    const provider = await openProvider({
      name: "x",
      kind,
      url,
      apiKey: "a-key",
      headers: { "x-more": "1" },
      ...NO_LIMITS,
    });
    const parts = provider.stream(REQUEST, never)[Symbol.asyncIterator]();
    await expect(parts.next()).rejects.toBeInstanceOf(UpstreamError);
    await provider.close();
    expect(provider.name).toBe(kind);
    const { authorization, "api-key": ofAzure, "x-api-key": ofAnthropic, "x-more": more } = asked?.headers ?? {};
    return { path: asked?.url, key: authorization ?? ofAzure ?? ofAnthropic, more };
  };

  it("is asked where and with the header that its format says", async () => {
    const more = "1";
    expect(await askedAs("openai", "/v1")).toEqual({ path: "/v1/chat/completions", key: "Bearer a-key", more });
    expect(await askedAs("anthropic", "/v1")).toEqual({ path: "/v1/messages", key: "a-key", more });
    expect(await askedAs("azure-openai", "/openai/v1")).toEqual({
      path: "/openai/v1/chat/completions",
      key: "a-key",
      more,
    });
    expect(await askedAs("azure-openai", "/?api-version=2024-10-21")).toEqual({
      path: "/openai/deployments/some%20model%2F1/chat/completions?api-version=2024-10-21",
      key: "a-key",
      more,
    });
  });
});

describe("a simulated upstream that fails", () => {
  const outcomesOf = async (share: number, status: number, calls: number) => {
    const provider = failing(simulated({ tokenMs: 0 }), { share, status }, seededRandom(3).next);
    const outcomes: string[] = [];
    for (let call = 0; call < calls; call++) {
      const parts = provider.stream(REQUEST, never)[Symbol.asyncIterator]();
      outcomes.push(
        await parts.next().then(
          () => "well",
          (error: UpstreamError) => error.kind,
        ),
      );
      await parts.return?.();
    }
    return outcomes;
  };

  it("does so with the given status, in the given share of its calls", async () => {
    expect(new Set(await outcomesOf(1, 429, 5))).toEqual(new Set(["rate-limited"]));
    expect(new Set(await outcomesOf(0, 429, 5))).toEqual(new Set(["well"]));
    const outcomes = await outcomesOf(0.25, 503, 400);
    expect(outcomes.filter((outcome) => outcome === "overloaded").length / 400).toBeCloseTo(0.25, 1);
  });
});
