import { describe, expect, it } from "vitest";
import { type Config, readConfig } from "../../../src/config/config.js";
import { problemsOf } from "../../kit/config/problems-of.js";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

const INTEGERS: [
  name: string,
  min: number,
  max: number,
  read: (config: Config) => unknown,
  env?: Record<string, string>,
][] = [
  ["PORT", 0, 65_535, (config) => config.port],
  ["SHUTDOWN_GRACE_MS", 0, HOUR, (config) => config.shutdownGraceMs],
  ["START_WAIT_MS", 0, HOUR, (config) => config.startWaitMs],
  ["JOB_TTL_MS", SECOND, 365 * DAY, (config) => config.jobs.ttlMs],
  ["JOB_MAX_AGE_MS", SECOND, 365 * DAY, (config) => config.jobs.maxAgeMs],
  ["JOB_MAX_CALLS", 1, 100_000, (config) => config.jobs.maxCalls],
  ["CALL_LEASE_MS", SECOND, HOUR, (config) => config.calls.leaseMs],
  ["CONTENT_RETENTION_MS", 0, 3_650 * DAY, (config) => config.calls.contentRetentionMs],
  [
    "SIMULATED_TOKEN_MS",
    0,
    10 * SECOND,
    ({ upstreams: [upstream] }) => (upstream?.kind === "simulated" ? upstream.tokenMs : null),
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
  ["MIGRATE_ON_START", ["true", "false"], (config) => config.migrateOnStart, [true, false]],
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

  it.each(["yes", "1", allowed[0]?.toUpperCase() ?? ""])("refuses %s", (value) => {
    expect(problemsOf({ [name]: value })).toEqual([`${name} must be one of ${allowed.join(", ")}, got "${value}".`]);
  });
});

describe("AUDIT_KEY", () => {
  const [key, former] = ["k".repeat(32), "~!".repeat(256)];

  it("is one secret, or several of which the first is the present one", () => {
    expect(readConfig({ AUDIT_KEY: key }).auditKeys).toEqual([key]);
    expect(readConfig({ AUDIT_KEY: ` ${key} , ${former},` }).auditKeys).toEqual([key, former]);
    expect(readConfig({ AUDIT_KEY: "" }).auditKeys).toEqual([]);
  });

  it("is refused if one of them is short, long or has a blank in it, and is not shown", () => {
    for (const wrong of ["k".repeat(31), "k".repeat(513), `${"k".repeat(16)} ${"k".repeat(16)}`])
      expect(problemsOf({ AUDIT_KEY: `${key},${wrong}` })).toEqual([
        `AUDIT_KEY must be 32 to 512 visible ASCII characters, or several such keys separated by commas, the present one first, got "one of ${wrong.length} characters".`,
      ]);
  });
});
