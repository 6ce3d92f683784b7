import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config/config.js";
import { problemsOf } from "../../kit/config/problems-of.js";

const KEY = "sk-live-0123456789abcdef";
const folder = mkdtempSync(join(tmpdir(), "tollgate-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, "upstreams.json");
const written = (content: unknown) => {
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return { UPSTREAMS: file };
};
/** The mistakes of a file, without its path. */
const mistakesIn = (content: unknown, env: Record<string, string> = {}) =>
  problemsOf({ ...env, ...written(content) }).map((line) => line.replaceAll(`${file}: `, ""));
const mistakesOf = (upstream: object, env: Record<string, string> = {}) =>
  mistakesIn({ upstreams: [{ ...LOCAL, ...upstream }] }, env);

const LOCAL = { name: "local", kind: "openai-compatible", url: "http://127.0.0.1:4000/v1" };

describe("a key that stands where nobody looks for it is not shown", () => {
  it.each([
    ["in a list instead of an object", [{ apiKey: KEY }]],
    ["in the place of the list", { upstreams: { apiKey: KEY } }],
    ["as the list", { upstreams: KEY }],
    ["as an upstream", { upstreams: [KEY] }],
    ["as the headers", { upstreams: [{ ...LOCAL, headers: `Bearer ${KEY}` }] }],
    ["in a list of headers", { upstreams: [{ ...LOCAL, headers: [["x-tenant", KEY]] }] }],
    ["as a header of two lines", { upstreams: [{ ...LOCAL, headers: { "x-tenant": `a\n${KEY}` } }] }],
    ["as the kind", { upstreams: [{ ...LOCAL, kind: KEY }] }],
    ["as the name", { upstreams: [{ ...LOCAL, name: KEY.toUpperCase() }] }],
  ])("%s", (_, content) => {
    const mistakes = mistakesIn(content);
    expect(mistakes.length).toBeGreaterThan(0);
    expect(mistakes.join("\n").toLowerCase()).not.toContain(KEY.slice(3));
  });
});

describe("the file that UPSTREAMS names", () => {
  it("may begin with the mark that Windows writes", () => {
    const [, upstream] = readConfig({
      SIMULATED: "on",
      ...written(`\ufeff${JSON.stringify({ upstreams: [LOCAL] })}`),
    }).upstreams;
    expect(upstream).toMatchObject(LOCAL);
  });

  it("has each name once, also if something else is wrong with one of them", () => {
    const wrong = { ...LOCAL, concurrencyMax: 0 };
    expect(mistakesIn({ upstreams: [wrong, LOCAL] })).toEqual([
      "upstreams[0].concurrencyMax must be a whole number from 1 to 100000, got 0.",
      'upstreams[1].name is "local", which upstreams[0] has already.',
    ]);
  });

  it("has each header once, and the key in one place", () => {
    const [K, T] = ["key-of-local", "token-of-local"];
    expect(mistakesOf({ headers: { "X-Team": "a", "x-team": "b" } })).toEqual([
      'upstreams[0].headers["x-team"] is there twice.',
    ]);
    const named = { env: "T" };
    expect(mistakesOf({ apiKeyEnv: "K", headers: { Authorization: named } }, { K, T })).toEqual([
      "upstreams[0].headers.Authorization is what apiKeyEnv is sent as. Only one of them can be.",
    ]);
    expect(mistakesOf({ headers: { Authorization: named } }, { T })).toEqual([]);
    const claude = { kind: "anthropic", apiKeyEnv: "K" };
    expect(mistakesOf({ ...claude, headers: { Authorization: named } }, { K, T })).toEqual([]);
    expect(mistakesOf({ ...claude, headers: { "X-Api-Key": named } }, { K, T })).toHaveLength(1);
  });

  it.each(["/chat/completions", "/messages/", "/responses?x=1", "/embeddings"])("has the address before %s", (end) => {
    expect(mistakesOf({ url: `${LOCAL.url}${end}` })).toEqual([
      expect.stringMatching(/^upstreams\[0\]\.url must be the address before \/(chat\/completions|\w+)\.$/),
    ]);
  });
});

it.each(["two\nlines", "schlüssel"])("UPSTREAM_API_KEY must be fit for a header, and is not shown: %j", (key) => {
  const [mistake] = problemsOf({ UPSTREAM_URL: LOCAL.url, UPSTREAM_API_KEY: key });
  expect(mistake).toBe("UPSTREAM_API_KEY must be 1 to 2000 visible ASCII characters.");
});
