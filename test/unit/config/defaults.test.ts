import { readFileSync } from "node:fs";
import { getHeapStatistics } from "node:v8";
import { describe, expect, it } from "vitest";
import { readConfig, variableNames } from "../../../src/config/config.js";
import { runningCallsOf } from "../../../src/config/running-calls.js";

const SECOND = 1_000;
const running = runningCallsOf(getHeapStatistics().heap_size_limit);
const DAY = 24 * 3_600 * SECOND;
const UPSTREAM = { UPSTREAM_URL: "http://127.0.0.1:4000" };

it("Without any variable the gateway serves this machine, keeps its data in ./.data and simulates a model.", () => {
  expect(readConfig({})).toEqual({
    host: "127.0.0.1",
    port: 8003,
    corsOrigins: [],
    introspection: true,
    logLevel: "info",
    logFormat: null,
    metricsPort: null,
    tracesTo: null,
    shutdownGraceMs: 30 * SECOND,
    adminKey: "sk-admin-key-change-me",
    adminKeyIsDefault: true,
    auditKeys: [],
    teamTopUp: false,
    defaultOrganization: null,
    database: { kind: "pglite", dataDir: "./.data" },
    migrateOnStart: true,
    startWaitMs: 60 * SECOND,
    upstreams: [
      {
        name: "default",
        kind: "simulated",
        tokenMs: 15,
        failing: null,
        firstTokenTimeoutMs: null,
        idleTimeoutMs: null,
        concurrencyMax: null,
      },
    ],
    jobs: { ttlMs: DAY, maxAgeMs: 7 * DAY, maxCalls: 1_000 },
    webhooks: { allowsPrivate: false, timeoutMs: 15 * SECOND, secretsKey: "sk-admin-key-change-me" },
    calls: {
      leaseMs: 30 * SECOND,
      firstTokenTimeoutMs: 120 * SECOND,
      idleTimeoutMs: 30 * SECOND,
      disconnectGraceMs: 5 * SECOND,
      runningMax: running.max,
      runningOfTeamMax: running.ofTeamMax,
      contentRetentionMs: 30 * DAY,
    },
    // Those have a test of their own.
    settings: expect.any(Array),
  });
});

describe(".env.example", () => {
  /** The part for the gateway: names and values, all of them commented out. */
  const [example = ""] = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8").split(
    "# ---- For docker",
  );
  const documented = new Map(
    // A value may have blanks in it. It ends before a comment.
    [...example.matchAll(/^# ([A-Z_]+)=((?:[^\s#]| (?![ #]))*)/gm)].map(([, name = "", value = ""]) => [name, value]),
  );

  it("has a line for each variable that is read, and for no other", () => {
    expect([...documented.keys()].sort()).toEqual([...variableNames()].sort());
  });

  it("leaves out no variable that is read only together with others", () => {
    const read = new Set<string>();
    const env = { ...UPSTREAM } as Record<string, string>;
    readConfig(new Proxy(env, { get: (target, name: string) => read.add(name) && target[name] }));
    expect([...read].sort()).toEqual([...variableNames()].sort());
  });

  it("shows the defaults", () => {
    expect(readConfig(Object.fromEntries(documented))).toEqual(readConfig({}));
    const withUpstream = readConfig({ ...Object.fromEntries(documented), ...UPSTREAM });
    expect(withUpstream).toEqual(readConfig(UPSTREAM));
  });
});

it("An empty variable counts as not set, and blanks around a value are ignored.", () => {
  expect(readConfig({ PORT: "", HOST: "  ", DATABASE_URL: " ", CORS_ORIGINS: "", ADMIN_KEY: "" })).toEqual(
    readConfig({}),
  );
  expect(readConfig({ PORT: " 8004 ", LOG_LEVEL: " warn\n" })).toMatchObject({ port: 8004, logLevel: "warn" });
});
