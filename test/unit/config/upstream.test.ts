import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config/config.js";
import { problemsOf } from "../../kit/config/problems-of.js";

const KEY = "sk-0123456789abcdef";
const URL = { UPSTREAM_URL: "http://127.0.0.1:4000/v1" };
const DATABASE = { DATABASE_URL: "postgres://db/tollgate" };

const kindOf = (env: Record<string, string>) =>
  readConfig(env)
    .upstreams.map(({ kind }) => kind)
    .join();

describe("SIMULATED", () => {
  it.each([
    [DATABASE, "DATABASE_URL is"],
    [{ ADMIN_KEY: KEY }, "ADMIN_KEY is"],
    [{ ...DATABASE, ADMIN_KEY: KEY }, "DATABASE_URL and ADMIN_KEY are"],
  ])("must be on if nothing else answers in a gateway with %j", (env, words) => {
    expect(problemsOf(env)).toEqual([
      `UPSTREAM_URL is not set, although ${words}: this gateway would sell answers of the simulated model. Set UPSTREAM_URL to the server that answers, or SIMULATED=on.`,
    ]);
    expect(kindOf({ ...env, SIMULATED: "on" })).toBe("simulated");
    expect(kindOf({ ...env, ...URL })).toBe("openai-compatible");
  });

  it("may be left out on one's own machine, with the published key or a directory of one's own", () => {
    expect(kindOf({ ADMIN_KEY: "sk-admin-key-change-me", DATA_DIR: "/data" })).toBe("simulated");
  });

  it("forbids the simulated model if it is off", () => {
    expect(problemsOf({ SIMULATED: "off" })).toEqual([
      "UPSTREAM_URL is not set, and SIMULATED=off forbids the simulated model. Set UPSTREAM_URL.",
    ]);
    expect(kindOf({ ...URL, SIMULATED: "off" })).toBe("openai-compatible");
  });

  it("cannot be on beside an upstream", () => {
    expect(problemsOf({ ...URL, SIMULATED: "on" })).toEqual([
      "UPSTREAM_URL is set and SIMULATED is on, but only one of them can answer. Remove the other.",
    ]);
  });

  it("adds nothing to the mistake of a wrong UPSTREAM_URL", () => {
    expect(problemsOf({ ...DATABASE, UPSTREAM_URL: "localhost:4000" })).toHaveLength(1);
    expect(problemsOf({ ...DATABASE, SIMULATED: "yes" })).toEqual(['SIMULATED must be one of on, off, got "yes".']);
  });
});
