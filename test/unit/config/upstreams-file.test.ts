import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config/config.js";
import { unknownNames } from "../../../src/config/unknown-names.js";
import { variablesOfUpstreams } from "../../../src/config/upstreams/upstreams-file.js";
import { problemsOf } from "../../kit/config/problems-of.js";

const KEY = "sk-live-0123456789abcdef";
const folder = mkdtempSync(join(tmpdir(), "tollgate-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, "upstreams.json");
const written = (content: unknown): { UPSTREAMS: string } => {
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return { UPSTREAMS: file };
};
const of = (...upstreams: unknown[]) => written({ upstreams });
/** The mistakes of a file, without its path. */
const mistakesIn = (content: unknown, env: Record<string, string> = {}) =>
  problemsOf({ ...env, ...written(content) }).map((line) => line.replaceAll(`${file}: `, ""));
const mistakesOf = (upstream: unknown, env: Record<string, string> = {}) => mistakesIn({ upstreams: [upstream] }, env);

const LOCAL = { name: "local", kind: "openai-compatible", url: "http://127.0.0.1:4000/v1" };
const NO_LIMITS = { firstTokenTimeoutMs: null, idleTimeoutMs: null, concurrencyMax: null };

describe("the file that UPSTREAMS names", () => {
  it("has a list of upstreams, whose keys and headers come from the variables that they name", () => {
    const env = of(
      { ...LOCAL, concurrencyMax: 8, firstTokenTimeoutMs: 5_000, idleTimeoutMs: 1_000 },
      {
        name: "open.ai",
        kind: "openai",
        apiKeyEnv: "OPENAI_API_KEY",
        headers: { "X-Team": "red", "X-Token": { env: "T" } },
      },
      { name: "slow", kind: "simulated", tokenMs: 50, failing: { share: 0.25, status: 429 } },
      { name: "down", kind: "simulated", failing: {} },
    );
    expect(readConfig({ ...env, OPENAI_API_KEY: KEY, T: "t-1" }).upstreams).toEqual([
      { ...LOCAL, apiKey: undefined, headers: {}, concurrencyMax: 8, firstTokenTimeoutMs: 5_000, idleTimeoutMs: 1_000 },
      {
        ...{ name: "open.ai", kind: "openai", url: "https://api.openai.com/v1", apiKey: KEY, ...NO_LIMITS },
        headers: { "x-team": "red", "x-token": "t-1" },
      },
      { name: "slow", kind: "simulated", tokenMs: 50, failing: { share: 0.25, status: 429 }, ...NO_LIMITS },
      { name: "down", kind: "simulated", tokenMs: 15, failing: { share: 1, status: 503 }, ...NO_LIMITS },
    ]);
  });

  it("stands beside UPSTREAM_URL or SIMULATED=on, which are the upstream default, and is enough alone", () => {
    const namesOf = (env: Record<string, string>) =>
      readConfig({ ...env, ...of(LOCAL) }).upstreams.map(({ name, kind }) => `${name} ${kind}`);
    const local = "local openai-compatible";
    expect(namesOf({ ADMIN_KEY: KEY, DATABASE_URL: "postgres://db/tollgate" })).toEqual([local]);
    expect(namesOf({ UPSTREAM_URL: "http://127.0.0.1:1/v1" })).toEqual(["default openai-compatible", local]);
    expect(namesOf({ SIMULATED: "on" })).toEqual(["default simulated", local]);
    expect(namesOf({ SIMULATED: "off" })).toEqual([local]);
  });

  it("has an upstream of each name once, also of the name default", () => {
    const twice = of(LOCAL, { name: "other", kind: "simulated" }, { ...LOCAL, kind: "openai" });
    expect(problemsOf(twice)).toEqual([`${file}: upstreams[2].name is "local", which upstreams[0] has already.`]);
    const both = { ...of({ ...LOCAL, name: "default" }), UPSTREAM_URL: "http://127.0.0.1:1" };
    expect(problemsOf(both)).toEqual([
      'UPSTREAMS has an upstream named "default" and UPSTREAM_URL is set, but only one of them can be it. Remove the other.',
    ]);
    expect(problemsOf({ ...of({ name: "toy", kind: "simulated" }), SIMULATED: "off" })).toEqual([
      'SIMULATED=off forbids the simulated model, but UPSTREAMS has it as "toy".',
    ]);
  });

  it("is told all its mistakes at once, each with its place and what it has there", () => {
    const content = {
      more: 1,
      upstreams: [
        { name: "Local", kind: "openai-compatible", url: "localhost:4000", concurrencyMax: 0, idleTimeoutMs: 1.5 },
        { kind: "gemini", concurrency: 2 },
        "https://api.openai.com/v1",
        { name: "toy", kind: "simulated", url: "http://127.0.0.1", failing: { share: 2, status: 200, often: true } },
      ],
    };
    expect(mistakesIn(content)).toEqual([
      "more is not a field here. The fields are $schema, upstreams.",
      'upstreams[0].name must be 1 to 50 lower-case letters, digits or . _ -, got "Local".',
      "upstreams[0].idleTimeoutMs must be a whole number from 1 to 3600000, got 1.5.",
      "upstreams[0].concurrencyMax must be a whole number from 1 to 100000, got 0.",
      'upstreams[0].url must be a URL starting with http:// or https://, got "localhost".',
      "upstreams[1].name is missing. Models are listed as <name>/<model>.",
      'upstreams[1].kind must be one of openai, anthropic, azure-openai, openai-compatible, simulated, got "gemini".',
      "upstreams[1].url is missing. It is the address before /chat/completions, such as http://localhost:8002/v1.",
      expect.stringMatching(
        /^upstreams\[1\]\.concurrency is not a field here\. The fields are api, apiKeyEnv, concurrencyMax, /,
      ),
      "upstreams[2] must be an object, got a text of 25 characters.",
      "upstreams[2].name is missing. Models are listed as <name>/<model>.",
      expect.stringMatching(/^upstreams\[2\]\.kind is missing\./),
      expect.stringMatching(/^upstreams\[2\]\.url is missing\./),
      "upstreams[3].failing.share must be a number from 0 to 1, got 2.",
      "upstreams[3].failing.status must be a whole number from 400 to 599, got 200.",
      "upstreams[3].failing.often is not a field here. The fields are share, status.",
      "upstreams[3].url is not a field of the kind simulated.",
    ]);
  });

  it.each([
    ["no JSON", `UPSTREAMS names "${file}", which is not JSON.`],
    ["[]", `${file}: the file must be an object, got a list of 0.`],
    ['{ "upstreams": [] }', `${file}: upstreams must be a list of 1 to 50 upstreams, got a list of 0.`],
  ])("is refused if it is %s", (content, problem) => {
    expect(problemsOf(written(content))).toContain(problem);
  });

  it("is refused if it is not there", () => {
    const UPSTREAMS = join(folder, "elsewhere.json");
    expect(problemsOf({ UPSTREAMS })).toEqual([`UPSTREAMS names "${UPSTREAMS}", which cannot be read: ENOENT.`]);
  });

  it("needs for Azure's older interface the version in the address", () => {
    const azure = (url: string) => mistakesOf({ name: "az", kind: "azure-openai", url });
    expect(azure("https://x.openai.azure.com")).toEqual([
      "upstreams[0].url must end in /openai/v1, or have the query ?api-version=, such as ?api-version=2024-10-21.",
    ]);
    expect(azure("https://x.openai.azure.com?api-version=2024-10-21")).toEqual([]);
    expect(azure("https://x.openai.azure.com/openai/v1")).toEqual([]);
  });

  it("asks OpenAI's responses only where there are some", () => {
    const azure = { name: "az", kind: "azure-openai", api: "responses" };
    expect(mistakesOf({ ...azure, url: "https://x.openai.azure.com/openai/v1" })).toEqual([]);
    expect(mistakesOf({ ...azure, url: "https://x.openai.azure.com?api-version=2024-10-21" })).toEqual([
      "upstreams[0].api must be chat, unless url ends in /openai/v1: Azure's older interface has no responses.",
    ]);
    expect(mistakesOf({ name: "a", kind: "anthropic", api: "chat" })).toEqual([
      "upstreams[0].api is not a field of the kind anthropic.",
    ]);
    expect(mistakesOf({ ...LOCAL, api: "soap" })).toEqual(['upstreams[0].api must be chat or responses, got "soap".']);
  });
});

describe("a secret in the file", () => {
  it.each([
    [
      { apiKey: KEY },
      "apiKey does not belong in the file. Put the key into an environment variable, and name the variable as apiKeyEnv",
    ],
    [{ apiKeyEnv: KEY }, 'apiKeyEnv must be the name of an environment variable, such as "OPENAI_API_KEY", and no key'],
    [
      { headers: { Authorization: "Basic YTpi" } },
      'headers.Authorization looks like a key, which does not belong in the file. Write { "env": "NAME" } with the name of the variable that has it',
    ],
    [{ headers: { "x-tenant": KEY } }, /^headers\["x-tenant"\] looks like a key/],
    [{ headers: { "x-tenant": "0a1b2c3d4e5f60718293a4b5c6d7e8f9" } }, /^headers\["x-tenant"\] looks like a key/],
    [{ headers: { "api-key": "short" } }, /^headers\["api-key"\] looks like a key/],
    [{ url: `https://user:${KEY}@host.example/v1` }, /^url has a user or a password/],
    [{ url: `https://host.example/v1?subscription-key=${KEY}` }, /^url has a query that looks like a key/],
  ])("%j is refused, and never shown", (fields, problem) => {
    const [mistake, ...others] = mistakesOf({ ...LOCAL, ...fields });
    const said = mistake?.replace(/^upstreams\[0\]\./, "").replace(/\.$/, "");
    expect(said).toEqual(typeof problem === "string" ? problem : expect.stringMatching(problem));
    expect(others).toEqual([]);
    for (const secret of [KEY, "YTpi", "0a1b2c", "short"]) expect(mistake).not.toContain(secret);
  });

  it("is not every long text: betas, versions and names are headers like others", () => {
    const headers = {
      "anthropic-beta": "token-efficient-tools-2025-02-19,context-management-2025-06-27",
      "OpenAI-Organization": "org-acme",
      "HTTP-Referer": "https://app.example.com/2026/releases",
      "X-Title": "Support desk 2",
    };
    expect(mistakesOf({ ...LOCAL, headers })).toEqual([]);
  });

  it("is read from a variable that must be set, be fit for a header, and be none of the gateway's own", () => {
    const named = (apiKeyEnv: string, env: Record<string, string> = {}) => mistakesOf({ ...LOCAL, apiKeyEnv }, env);
    expect(named("K")).toEqual(["upstreams[0].apiKeyEnv names the variable K, which is not set."]);
    expect(named("K", { K: "a\nb" })).toEqual([
      "upstreams[0].apiKeyEnv names the variable K, whose value must be 1 to 2000 visible ASCII characters.",
    ]);
    expect(named("ADMIN_KEY", { ADMIN_KEY: KEY })).toEqual([
      "upstreams[0].apiKeyEnv names ADMIN_KEY, which is a setting of the gateway and is not sent to an upstream.",
    ]);
    expect(named("UPSTREAM_API_KEY", { UPSTREAM_API_KEY: KEY })).toEqual([]);
    expect(
      mistakesOf({ ...LOCAL, headers: { "x-a": { env: "K" }, "x-b": {}, "x-c": 1, Host: "h", "a b": "c" } }),
    ).toEqual([
      'upstreams[0].headers["x-a"].env names the variable K, which is not set.',
      'upstreams[0].headers["x-b"].env is missing. It names the variable that has the value.',
      'upstreams[0].headers["x-c"] must be an object, got 1.',
      'upstreams[0].headers["x-c"].env is missing. It names the variable that has the value.',
      "upstreams[0].headers.Host is a header that the gateway sets itself.",
      'upstreams[0].headers["a b"] is no name of a header.',
    ]);
  });

  it("is in no setting", () => {
    const env = { ...of({ ...LOCAL, apiKeyEnv: "K", headers: { "x-token": { env: "T" } } }), K: KEY, T: KEY };
    const { settings } = readConfig(env);
    expect(settings.find(({ name }) => name === "UPSTREAMS")?.value).toBe(file);
    expect(JSON.stringify(settings)).not.toContain(KEY);
  });

  it("has a variable that is known, although it is none of the gateway's", () => {
    const { UPSTREAMS } = of({ ...LOCAL, apiKeyEnv: "EAST_KEY", headers: { "x-token": { env: "EAST_TOKEN" } } });
    const names = { inFile: ["EAST_KEY", "EAST_TOKEN", "WEST_KEY"], inEnvironment: [] };
    const known = variablesOfUpstreams(UPSTREAMS);
    expect(unknownNames({ ...names, ofUpstreams: known })).toEqual(["WEST_KEY in .env is not a variable of Tollgate."]);
    expect(variablesOfUpstreams(join(folder, "elsewhere.json"))).toEqual(new Set());
  });
});

it("The example in deploy/ is right.", () => {
  const UPSTREAMS = "deploy/upstreams.example.json";
  const env = Object.fromEntries([...variablesOfUpstreams(UPSTREAMS)].map((name) => [name, "a-key"]));
  expect(Object.keys(env)).not.toEqual([]);
  expect(problemsOf({ UPSTREAMS, ...env })).toEqual([]);
  expect(readFileSync(UPSTREAMS, "utf8")).toContain('"$schema"');
});
