import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAiCompatible } from "../../src/upstream/openai/openai-compatible.js";
import type { Part, Provider } from "../../src/upstream/provider.js";

/** 15 MiB in base64: more than makes an answer large, and more than the connection takes before it is read. */
const LARGE = Buffer.alloc(11 * 1024 * 1024).toString("base64");
const START = `{"data":[{"index":0,"embedding":"${LARGE}`;
const END = '"}],"usage":{"prompt_tokens":1,"total_tokens":1}}';

const asked: ServerResponse[] = [];
const arrived: (() => void)[] = [];
const server = createServer((request, response) => {
  if (request.method === "GET") {
    response.end(START + END);
    return;
  }
  request.resume().on("end", () => {
    asked.push(response.writeHead(200, { "content-type": "application/json" }));
    response.write(START);
    arrived.shift()?.();
  });
});
let url: string;
let provider: Provider;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  provider = openAiCompatible({ url });
});
afterAll(async () => {
  server.closeAllConnections();
  await provider.close();
});

const never = new AbortController().signal;

async function readAll(together: AsyncIterable<readonly Part[]> | Iterable<readonly Part[]>): Promise<Part[]> {
  const all: Part[] = [];
  for await (const parts of together) all.push(...parts);
  return all;
}

/** Asks for a vector. Resolves when the upstream has begun to answer. */
async function begin(signal = never): Promise<{ readonly parts: Promise<Part[]> }> {
  const begun = new Promise<void>((resolve) => arrived.push(resolve));
  const request = { model: "embed", endpoint: "embeddings", body: { input: "a" }, stream: false } as const;
  const parts = readAll(provider.askJson?.(request, signal) ?? []);
  parts.catch(() => undefined);
  await begun;
  return { parts };
}
const typesOf = async ({ parts }: { parts: Promise<Part[]> }) => (await parts).map(({ type }) => type);
/** Resolves once all of what the upstream has written was taken from it. */
const taken = (response: ServerResponse | undefined) =>
  new Promise<void>((drained) => (response?.writableNeedDrain ? response.once("drain", drained) : drained()));

describe("large answers", () => {
  it("are read three at a time, and a waiting one goes on when another ends or is aborted", async () => {
    const abort = new AbortController();
    const [first, second, third] = [await begin(abort.signal), await begin(), await begin()];
    for (const response of asked) await taken(response);
    const [fourth, fifth] = [await begin(), await begin()];
    // All is there of the fourth and the fifth, and still neither is told.
    asked[3]?.end(END);
    asked[4]?.end(END);
    const isTold = { fourth: false, fifth: false };
    void fourth.parts.then(() => (isTold.fourth = true));
    void fifth.parts.then(() => (isTold.fifth = true));
    // Whoever does not wait for a turn would have read it all by now.
    for (let others = 0; others < 25; others++) await (await fetch(url)).text();
    expect(isTold).toEqual({ fourth: false, fifth: false });

    asked[1]?.end(END);
    expect(await typesOf(second)).toEqual(["usage", "result", "finish"]);
    expect(await typesOf(fourth)).toEqual(["usage", "result", "finish"]);
    abort.abort(new Error("The client has gone."));
    await expect(first.parts).rejects.toThrow("The client has gone.");
    expect(await typesOf(fifth)).toEqual(["usage", "result", "finish"]);
    asked[2]?.end(END);
    expect(await typesOf(third)).toEqual(["usage", "result", "finish"]);
  });
});
