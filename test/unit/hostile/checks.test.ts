import { createServer, type ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { inspectUpstream } from "../../../src/upstream/inspect-upstream.js";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** What a check says of an upstream whose list of models is this. */
async function checked(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const limits = { firstTokenTimeoutMs: null, idleTimeoutMs: null, concurrencyMax: null };
  const config = { name: "local", kind: "openai-compatible", apiKey: undefined, headers: {}, ...limits } as const;
  return inspectUpstream({ ...config, url: `http://127.0.0.1:${port}/v1` }).catch(({ message }: Error) => message);
}

describe("a check of an upstream", () => {
  it("says in one line what models it has, whatever their names are", async () => {
    const data = [{ id: "\u001b[2Jgpt\nUpstream  ok" }, { id: "x".repeat(100_000) }, { id: 7 }, null];
    const line = await checked((response) => void response.end(JSON.stringify({ data })));
    expect(line).toMatch(/lists 2 models: \[2Jgpt Upstream ok, x+…\.$/);
    expect(line.length).toBeLessThan(300);
  });

  it("reads a list that never ends as far as a list may be", async () => {
    let bytes = 0;
    const line = await checked((response) => {
      const pump = () => {
        while (!response.destroyed && response.write("x".repeat(65_536))) bytes += 65_536;
        if (!response.destroyed) response.once("drain", pump);
      };
      pump();
    });
    expect(line).toMatch(/does not answer with a list of models/);
    expect(bytes).toBeLessThan(64 * 1024 * 1024);
  });
});
