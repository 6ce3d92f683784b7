import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config/config.js";
import { problemsOf } from "../../kit/config/problems-of.js";

describe("several mistakes", () => {
  const env = {
    HOST: "0.0.0.0",
    PORT: "http",
    LOG_LEVEL: "loud",
    CORS_ORIGINS: "*,null",
    DATABASE_URL: "mysql://root:hunter2@db/tollgate",
    UPSTREAM_IDLE_TIMEOUT_MS: "0",
    SIMULATED_TOKEN_MS: "-1",
    JOB_MAX_CALLS: "many",
    DEFAULT_ORGANIZATION: "acme corp",
  };

  it("are reported together, one line each, with the variable and its value", () => {
    const named = problemsOf(env).map((problem) => /^(\w+) .*, got (".*")\.$/.exec(problem)?.slice(1));
    expect(named).toEqual(
      expect.arrayContaining([
        ["HOST", '"0.0.0.0"'],
        ["PORT", '"http"'],
        ["LOG_LEVEL", '"loud"'],
        ["CORS_ORIGINS", '"*"'],
        ["CORS_ORIGINS", '"null"'],
        ["DATABASE_URL", '"mysql"'],
        ["UPSTREAM_IDLE_TIMEOUT_MS", '"0"'],
        ["SIMULATED_TOKEN_MS", '"-1"'],
        ["JOB_MAX_CALLS", '"many"'],
        ["DEFAULT_ORGANIZATION", '"acme corp"'],
      ]),
    );
    expect(named).toHaveLength(10);
    expect(() => readConfig(env)).toThrow(/^The configuration has 10 mistakes:\n( {2}- .+\n){9} {2}- .+$/);
    expect(() => readConfig({ PORT: "http" })).toThrow(/^The configuration has a mistake:\n {2}- PORT .+$/);
  });

  it("are found between variables too: the metrics cannot have the port of everything else", () => {
    expect(problemsOf({ PORT: "9464", METRICS_PORT: "9464" })).toEqual([
      "METRICS_PORT must be another port than PORT, got 9464.",
    ]);
    expect(problemsOf({ PORT: "0", METRICS_PORT: "0" })).toEqual([]);
  });

  it("never show a secret", () => {
    const secrets = { ...env, ADMIN_KEY: "hunter2", UPSTREAM_URL: "ftp://me:hunter2@llm", UPSTREAM_API_KEY: "hunter2" };
    const problems = problemsOf(secrets);
    expect(problems.some((problem) => problem.startsWith("ADMIN_KEY "))).toBe(true);
    expect(problems.join("\n")).not.toContain("hunter2");
  });
});
