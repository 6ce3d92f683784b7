import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { STREAM } from "../kit/clients/ws.js";
import { useGateway } from "../kit/gateway/gateway.js";
import type { TestTeam } from "../kit/world.js";

const gateway = useGateway();
const BODY_BYTES_MAX = 8 * 1024 * 1024;
const messages = [{ role: "user", content: "Hi" }];

const post = ({ secret }: TestTeam, path: string, coding: string, body: Uint8Array<ArrayBuffer>, chunked = false) =>
  fetch(`${gateway.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json", "content-encoding": coding },
    // A stream goes out in chunks, without Content-Length.
    body: chunked ? new Blob([body]).stream() : body,
    ...(chunked && { duplex: "half" }),
  } as RequestInit);

const DOORS: [string, (group: string, question?: object[]) => object][] = [
  ["/v1/chat/completions", (model, question = messages) => ({ model, messages: question })],
  ["/api/jobs/create-and-call", (model_group, question = messages) => ({ model_group, messages: question })],
  ["/graphql", (name) => ({ query: "query ($name: ID!) { modelGroup(name: $name) { name } }", variables: { name } })],
  [
    "/graphql/stream",
    (modelGroup) => ({
      query: STREAM,
      variables: { input: { modelGroup, messages: [{ role: "USER", content: "Hi" }] } },
    }),
  ],
];

describe.each(DOORS)("a compressed body of %s", (path, bodyFor) => {
  it.each([
    ["gzip", gzipSync],
    ["GZIP", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["identity", (text: string) => Buffer.from(text)],
  ])("is read if it is %s", async (coding, compress) => {
    const team = await gateway.world.team();
    const body = new Uint8Array(compress(JSON.stringify(bodyFor(team.modelGroup))));
    for (const chunked of [false, true]) {
      const answer = await post(team, path, coding, body, chunked);
      const text = await answer.text();
      expect(answer.status, text).toBe(200);
      expect(text).not.toContain('"errors"');
    }
  });

  it.each([
    ["a body that is not what it says", 400, "gzip", Buffer.from("{}"), "cannot be inflated as gzip"],
    ["half of a body", 400, "gzip", gzipSync(JSON.stringify(bodyFor("g"))).subarray(0, 20), "cannot be inflated"],
    ["a bomb", 413, "gzip", gzipSync(Buffer.alloc(64 * 1024 * 1024)), `at most ${BODY_BYTES_MAX} bytes`],
    ["an unknown coding", 415, "zstd", Buffer.from("{}"), "Content-Encoding must be one of gzip"],
    ["two codings", 415, "gzip, br", Buffer.from("{}"), "one coding at most"],
  ])("is refused in the door's shape if it is %s", async (_, status, coding, body, sentence) => {
    const team = await gateway.world.team();
    const answer = await post(team, path, coding, new Uint8Array(body));
    expect(answer.status).toBe(status);
    expect(JSON.stringify(await answer.json())).toContain(sentence);
    expect((await post(team, "/v1/chat/completions", "identity", new Uint8Array())).status).toBe(400);
  });
});

it("a body of random bytes beyond the limit is refused before it has all arrived", async () => {
  const team = await gateway.world.team();
  const answer = await post(team, "/v1/chat/completions", "gzip", new Uint8Array(BODY_BYTES_MAX + 1), true);
  expect(answer.status).toBe(413);
});
