import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Config, ConfigError, readConfig } from "../../src/config/config.js";

const KEY = "sk-0123456789abcdef";
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const UPSTREAM = { UPSTREAM_URL: "http://127.0.0.1:4000" };

/** What is wrong with an environment, a line for each mistake; none where it is right. */
function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems;
  }
}

const upstreamOf = (config: Config) => {
  if (config.upstream.kind !== "openai-compatible") throw new Error("No upstream is configured.");
  return config.upstream;
};

it("Without any variable the gateway serves this machine, keeps its data in ./.data and simulates a model.", () => {
  expect(readConfig({})).toEqual({
    host: "127.0.0.1",
    port: 8003,
    corsOrigins: [],
    introspection: true,
    logLevel: "info",
    shutdownGraceMs: 30 * SECOND,
    adminKey: "sk-admin-key-change-me",
    adminKeyIsDefault: true,
    teamTopUp: false,
    database: { kind: "pglite", dataDir: "./.data" },
    upstream: { kind: "simulated", tokenMs: 15 },
    jobs: { ttlMs: DAY, maxAgeMs: 7 * DAY, maxCalls: 1_000 },
    calls: {
      leaseMs: 30 * SECOND,
      firstTokenTimeoutMs: 120 * SECOND,
      idleTimeoutMs: 30 * SECOND,
      disconnectGraceMs: 5 * SECOND,
      runningMax: 2_000,
      runningOfTeamMax: 500,
      contentRetentionMs: 30 * DAY,
    },
  });
});

describe(".env.example", () => {
  /** The part for the gateway: names and values, all of them commented out. */
  const [example = ""] = readFileSync(new URL("../../.env.example", import.meta.url), "utf8").split(
    "# ---- For docker",
  );
  const documented = new Map(
    [...example.matchAll(/^# ([A-Z_]+)=(\S*)/gm)].map(([, name = "", value = ""]) => [name, value]),
  );

  it("has a line for each variable that is read, and for no other", () => {
    const read = new Set<string>();
    const env = { ...UPSTREAM } as Record<string, string>;
    readConfig(new Proxy(env, { get: (target, name: string) => read.add(name) && target[name] }));
    expect([...documented.keys()].sort()).toEqual([...read].sort());
  });

  it("shows the defaults", () => {
    expect(readConfig(Object.fromEntries(documented))).toEqual(readConfig({}));
    const withUpstream = readConfig({ ...Object.fromEntries(documented), ...UPSTREAM });
    expect(withUpstream).toEqual(readConfig(UPSTREAM));
  });
});

it("An empty variable counts as not set, and blanks around a value do not count.", () => {
  expect(readConfig({ PORT: "", HOST: "  ", DATABASE_URL: " ", CORS_ORIGINS: "", ADMIN_KEY: "" })).toEqual(
    readConfig({}),
  );
  expect(readConfig({ PORT: " 8004 ", LOG_LEVEL: " warn\n" })).toMatchObject({ port: 8004, logLevel: "warn" });
});

const INTEGERS: [
  name: string,
  min: number,
  max: number,
  read: (config: Config) => unknown,
  env?: Record<string, string>,
][] = [
  ["PORT", 0, 65_535, (config) => config.port],
  ["SHUTDOWN_GRACE_MS", 0, HOUR, (config) => config.shutdownGraceMs],
  ["JOB_TTL_MS", SECOND, 365 * DAY, (config) => config.jobs.ttlMs],
  ["JOB_MAX_AGE_MS", SECOND, 365 * DAY, (config) => config.jobs.maxAgeMs],
  ["JOB_MAX_CALLS", 1, 100_000, (config) => config.jobs.maxCalls],
  ["CALL_LEASE_MS", SECOND, HOUR, (config) => config.calls.leaseMs],
  ["CONTENT_RETENTION_MS", 0, 3_650 * DAY, (config) => config.calls.contentRetentionMs],
  [
    "SIMULATED_TOKEN_MS",
    0,
    10 * SECOND,
    (config) => (config.upstream.kind === "simulated" ? config.upstream.tokenMs : null),
  ],
  ["UPSTREAM_FIRST_TOKEN_TIMEOUT_MS", 1, HOUR, (config) => config.calls.firstTokenTimeoutMs],
  ["UPSTREAM_IDLE_TIMEOUT_MS", 1, HOUR, (config) => config.calls.idleTimeoutMs],
  ["CALLS_RUNNING_MAX", 1, 100_000, (config) => config.calls.runningMax],
  ["CALLS_RUNNING_OF_TEAM_MAX", 1, 100_000, (config) => config.calls.runningOfTeamMax],
  ["DISCONNECT_GRACE_MS", 0, HOUR, (config) => config.calls.disconnectGraceMs],
];

describe.each(INTEGERS)("%s", (name, min, max, read, env = {}) => {
  it(`is a whole number from ${min} to ${max}`, () => {
    for (const value of [min, min + 1, max]) expect(read(readConfig({ ...env, [name]: String(value) }))).toBe(value);
  });

  it.each([
    String(min - 1),
    String(max + 1),
    "1.5",
    "1e1",
    "0x10",
    "ten",
    "10 ms",
    "1,000",
    "9".repeat(16),
    "Infinity",
  ])("refuses %s", (value) => {
    const rule = `must be a whole number from ${min} to ${max}`;
    expect(problemsOf({ ...env, [name]: value })).toEqual([`${name} ${rule}, got ${JSON.stringify(value)}.`]);
  });
});

const CHOICES: [name: string, allowed: string[], read: (config: Config) => unknown, as: unknown[]][] = [
  ["INTROSPECTION", ["on", "off"], (config) => config.introspection, [true, false]],
  ["TEAM_TOP_UP", ["deny", "allow"], (config) => config.teamTopUp, [false, true]],
  [
    "LOG_LEVEL",
    ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
    (config) => config.logLevel,
    ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
  ],
];

describe.each(CHOICES)("%s", (name, allowed, read, as) => {
  it(`is one of ${allowed.join(", ")}`, () => {
    expect(allowed.map((value) => read(readConfig({ [name]: value })))).toEqual(as);
  });

  it.each(["true", "1", allowed[0]?.toUpperCase() ?? ""])("refuses %s", (value) => {
    expect(problemsOf({ [name]: value })).toEqual([`${name} must be one of ${allowed.join(", ")}, got "${value}".`]);
  });
});

describe("HOST and ADMIN_KEY", () => {
  it.each(["127.0.0.1", "::1", "localhost"])("allow the default key on %s", (host) => {
    expect(readConfig({ HOST: host })).toMatchObject({ host, adminKeyIsDefault: true });
  });

  it.each(["0.0.0.0", "::", "192.168.1.7", "gateway.example.com", "localhost.example.com"])(
    "refuse the default key on %s, also where it is set in full",
    (host) => {
      const problem = `HOST must be a loopback address (127.0.0.1, ::1, localhost) while ADMIN_KEY is not set to a key of your own, got "${host}".`;
      expect(problemsOf({ HOST: host })).toEqual([problem]);
      expect(problemsOf({ HOST: host, ADMIN_KEY: "sk-admin-key-change-me" })).toEqual([problem]);
    },
  );

  it("allow any host with a key of one's own", () => {
    expect(readConfig({ HOST: "0.0.0.0", ADMIN_KEY: KEY })).toMatchObject({
      host: "0.0.0.0",
      adminKey: KEY,
      adminKeyIsDefault: false,
    });
  });

  it("take keys of 16 to 512 visible characters, and refuse others without showing them", () => {
    for (const key of ["a".repeat(16), "~".repeat(512)]) expect(readConfig({ ADMIN_KEY: key }).adminKey).toBe(key);
    for (const key of ["a".repeat(15), "a".repeat(513), "sixteen characters", "sk-ключключключключ"]) {
      expect(problemsOf({ ADMIN_KEY: key })).toEqual([
        `ADMIN_KEY must be 16 to 512 visible ASCII characters, got "${key.length} characters".`,
      ]);
    }
  });
});

describe("CORS_ORIGINS", () => {
  it("is a list of origins", () => {
    const origins = ["https://app.example.com", "http://localhost:5173"];
    expect(readConfig({ CORS_ORIGINS: ` ${origins.join(" , ")},` }).corsOrigins).toEqual(origins);
  });

  it.each([
    "*",
    "null",
    "app.example.com",
    "https://app.example.com/",
    "https://app.example.com/path",
    "https://*.example.com:80/",
    "file:///tmp",
  ])("refuses %s, and names it alone", (origin) => {
    expect(problemsOf({ CORS_ORIGINS: `https://fine.example.com,${origin}` })).toEqual([
      `CORS_ORIGINS must be origins such as https://app.example.com, separated by commas, got "${origin}".`,
    ]);
  });
});

describe("DATABASE_URL and DATA_DIR", () => {
  it.each(["postgres://u:p@db.example.com:5432/tollgate", "postgresql://db/tollgate"])("take %s", (url) => {
    expect(readConfig({ DATABASE_URL: url, DATA_DIR: "/ignored" }).database).toEqual({ kind: "postgres", url });
  });

  it("keep the data in a directory, or nowhere", () => {
    expect(readConfig({ DATA_DIR: "/var/lib/tollgate" }).database).toEqual({
      kind: "pglite",
      dataDir: "/var/lib/tollgate",
    });
    expect(readConfig({ DATA_DIR: "memory" }).database).toEqual({ kind: "pglite", dataDir: null });
  });

  it.each([
    ["mysql://root:hunter2@db/tollgate", "mysql"],
    ["root:hunter2@db/tollgate", "root"],
    ["postgres//root:hunter2@db", "postgres"],
    ["/var/run/hunter2", ""],
  ])("refuse %s, showing no more of it than its beginning", (url, shown) => {
    expect(problemsOf({ DATABASE_URL: url })).toEqual([
      `DATABASE_URL must be a URL starting with postgres:// or postgresql://, got "${shown}".`,
    ]);
  });
});

describe("UPSTREAM_URL and UPSTREAM_API_KEY", () => {
  it("choose an upstream, with or without a key", () => {
    const url = "https://llm.example.com/v1";
    expect(readConfig({ UPSTREAM_URL: url, UPSTREAM_API_KEY: KEY }).upstream).toEqual({
      kind: "openai-compatible",
      url,
      apiKey: KEY,
    });
    expect(upstreamOf(readConfig({ UPSTREAM_URL: url })).apiKey).toBeUndefined();
  });

  it.each(["ftp://u:hunter2@llm.example.com", "llm:hunter2@example.com", "https//llm.example.com"])(
    "refuse %s",
    (url) => {
      const [problem, ...others] = problemsOf({ UPSTREAM_URL: url });
      expect(problem).toMatch(/^UPSTREAM_URL must be a URL starting with http:\/\/ or https:\/\/, got "/);
      expect(problem).not.toContain("hunter2");
      expect(others).toEqual([]);
    },
  );
});

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
  };

  it("are reported at once, a line each, naming the variable and what it got", () => {
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
      ]),
    );
    expect(named).toHaveLength(9);
    expect(() => readConfig(env)).toThrow(/^The configuration has 9 mistakes:\n( {2}- .+\n){8} {2}- .+$/);
    expect(() => readConfig({ PORT: "http" })).toThrow(/^The configuration has a mistake:\n {2}- PORT .+$/);
  });

  it("never show a secret", () => {
    const secrets = { ...env, ADMIN_KEY: "hunter2", UPSTREAM_URL: "ftp://me:hunter2@llm", UPSTREAM_API_KEY: "hunter2" };
    const problems = problemsOf(secrets);
    expect(problems.some((problem) => problem.startsWith("ADMIN_KEY "))).toBe(true);
    expect(problems.join("\n")).not.toContain("hunter2");
  });
});
