import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, describe, expect, it } from "vitest";
import { problemsOf } from "../kit/config/problems-of.js";

const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync("deploy/upstreams.schema.json", "utf8")));
const folder = mkdtempSync(join(tmpdir(), "tollgate-schema-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isReadAs = (content: unknown): boolean => {
  const UPSTREAMS = join(folder, "upstreams.json");
  writeFileSync(UPSTREAMS, JSON.stringify(content));
  return problemsOf({ UPSTREAMS, K: "a-key" }).length === 0;
};

const HTTP = { name: "x", kind: "openai-compatible", url: "http://127.0.0.1/v1" };
const TOY = { name: "x", kind: "simulated" };

const RIGHT: object[] = [
  HTTP,
  { ...HTTP, apiKeyEnv: "K", headers: { "x-a": "b", "x-token": { env: "K" } }, concurrencyMax: 1, idleTimeoutMs: 1 },
  { ...HTTP, firstTokenTimeoutMs: 3_600_000, concurrencyMax: null, headers: null, apiKeyEnv: null },
  { name: "a.b_c-1", kind: "openai" },
  { name: "x", kind: "anthropic", url: null },
  { name: "x", kind: "azure-openai", url: "https://a.example/openai/v1" },
  TOY,
  { ...TOY, tokenMs: 0, failing: { share: 0.5, status: 400 } },
  { ...TOY, tokenMs: 10_000, failing: {} },
];

const WRONG: unknown[] = [
  "x",
  {},
  { name: "x" },
  { ...HTTP, name: "X" },
  { ...HTTP, name: "a/b" },
  { ...HTTP, kind: "gemini" },
  { ...HTTP, url: "ftp://host" },
  { ...HTTP, url: 5 },
  { ...HTTP, apiKey: "k" },
  { ...HTTP, apiKeyEnv: "a-b" },
  { ...HTTP, api: "soap" },
  { ...HTTP, headers: { "x-a": 1 } },
  { ...HTTP, headers: { "x-a": {} } },
  { ...HTTP, headers: { "x-a": { env: "K", more: 1 } } },
  { ...HTTP, concurrencyMax: 0 },
  { ...HTTP, concurrencyMax: 100_001 },
  { ...HTTP, idleTimeoutMs: 1.5 },
  { ...HTTP, firstTokenTimeoutMs: 3_600_001 },
  { ...HTTP, tokenMs: 5 },
  { ...TOY, url: "http://127.0.0.1" },
  { ...TOY, tokenMs: 10_001 },
  { ...TOY, failing: true },
  { ...TOY, failing: { share: 1.1 } },
  { ...TOY, failing: { status: 200 } },
  { ...TOY, failing: { often: true } },
];

describe("The JSON Schema of upstreams says what a start says:", () => {
  it.each(RIGHT)("%j is right", (upstream) => {
    expect([validate({ upstreams: [upstream] }), isReadAs({ upstreams: [upstream] })]).toEqual([true, true]);
  });

  it.each(WRONG)("%j is wrong", (upstream) => {
    expect([validate({ upstreams: [upstream] }), isReadAs({ upstreams: [upstream] })]).toEqual([false, false]);
  });

  it("a file has a list of 1 to 50, and nothing else", () => {
    const many = (count: number) => ({
      upstreams: Array.from({ length: count }, (_, index) => ({ ...TOY, name: `x${index}` })),
    });
    for (const content of [many(0), many(51), [], {}, { ...many(1), more: 1 }])
      expect([validate(content), isReadAs(content)]).toEqual([false, false]);
    for (const content of [many(1), many(50), { $schema: "./upstreams.schema.json", ...many(1) }])
      expect([validate(content), isReadAs(content)]).toEqual([true, true]);
  });
});
