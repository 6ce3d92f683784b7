import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ConfigError, readConfig, variableNames } from "../../../src/config/config.js";

/** Variables that take any text, and whose text may be seen. Every other text is a secret, or a secret is in it. */
const PUBLIC_TEXTS = [
  ...[
    "DATA_DIR",
    "DEFAULT_ORGANIZATION",
    "HOST",
    "TRUSTED_DOCUMENTS",
    "OIDC_CLIENT_ID",
    "OIDC_NAME",
    "OIDC_ROLE_CLAIM",
  ],
  ...["OIDC_ADMIN_VALUES", "OIDC_ORGANIZATION_VALUES", "OIDC_VIEWER_VALUES", "OIDC_ORGANIZATION_CLAIM"],
];
/** Variables that take a number, one of a few words, or addresses in which there can be no secret. */
const WITHOUT_SECRETS = [
  ...["PORT", "METRICS_PORT", "CORS_ORIGINS", "INTROSPECTION", "TEAM_TOP_UP", "MIGRATE_ON_START", "START_WAIT_MS"],
  ...["CONTENT_RETENTION_MS", "UPSTREAM_FIRST_TOKEN_TIMEOUT_MS", "UPSTREAM_IDLE_TIMEOUT_MS", "UPSTREAMS", "SIMULATED"],
  ...["SIMULATED_TOKEN_MS", "JOB_TTL_MS", "JOB_MAX_AGE_MS", "JOB_MAX_CALLS", "CALLS_RUNNING_MAX"],
  ...["CALLS_RUNNING_OF_TEAM_MAX", "CALL_LEASE_MS", "DISCONNECT_GRACE_MS", "SHUTDOWN_GRACE_MS"],
  ...["WEBHOOK_PRIVATE_NETWORKS", "WEBHOOK_TIMEOUT_MS", "LOG_LEVEL", "LOG_FORMAT"],
  ...["OIDC_ISSUER", "OIDC_SCOPES", "PUBLIC_URL", "SESSION_TTL_MS"],
];
const CANARY = "canary-0123456789-0123456789-0123456789";
const url = (scheme: string) =>
  `${scheme}://user-${CANARY}:password-${CANARY}@host.example:1234/path?key=${CANARY}#${CANARY}`;
/** A variable takes one of them, unless it takes none that could be a secret. */
const CANARIES = [CANARY, ...["http", "postgresql", "redis"].map(url)];
/** What makes a HOST of any name acceptable. */
const BASE = { SIMULATED: "on", ADMIN_KEY: "an-admin-key-of-our-own" };

/** What people sign in with has to be given as a whole. */
const SIGN_IN = {
  ...BASE,
  OIDC_ISSUER: "https://login.example.com",
  OIDC_CLIENT_ID: "tollgate",
  OIDC_CLIENT_SECRET: "secret",
  PUBLIC_URL: "https://llm.example.com",
  SESSION_SECRET: "0123456789-0123456789-0123456789",
};

const settingOf = (name: string, env: Record<string, string> = {}) =>
  readConfig(env).settings.find((setting) => setting.name === name);

function accepts(env: Record<string, string>): boolean {
  try {
    readConfig(env);
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

/** The environment with a canary in one variable, or undefined if that takes none. */
const withCanary = (name: string) =>
  CANARIES.map((canary) => ({
    ...(name === "UPSTREAM_URL" ? { ADMIN_KEY: BASE.ADMIN_KEY } : name.startsWith("OIDC_") ? SIGN_IN : BASE),
    [name]: canary,
  })).find(accepts);

describe("the settings that an operator sees", () => {
  it("are all variables, in the order of .env.example", () => {
    const example = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8").split(
      "# ---- For docker",
    )[0];
    const documented = [...(example ?? "").matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(readConfig({}).settings.map(({ name }) => name)).toEqual(documented);
  });

  it("show what counts, and whether it is the default", () => {
    expect(settingOf("PORT")).toEqual({ name: "PORT", value: "8003", isDefault: true, isSecret: false });
    expect(settingOf("PORT", { PORT: "8003" })?.isDefault).toBe(true);
    expect(settingOf("PORT", { PORT: "0" })).toMatchObject({ value: "0", isDefault: false });
    expect(settingOf("METRICS_PORT")).toMatchObject({ value: null, isDefault: true });
    expect(settingOf("METRICS_PORT", { METRICS_PORT: "0" })).toMatchObject({ value: "0", isDefault: false });
    expect(settingOf("TEAM_TOP_UP", { TEAM_TOP_UP: "allow" })).toMatchObject({ value: "allow", isDefault: false });
    expect(settingOf("CORS_ORIGINS")).toMatchObject({ value: null, isDefault: true });
    expect(settingOf("DATA_DIR", { DATA_DIR: "memory" })).toMatchObject({ value: "memory", isDefault: false });
    expect(settingOf("CALLS_RUNNING_MAX")).toMatchObject({ value: expect.stringMatching(/^\d+$/), isDefault: true });
  });

  it("show an address without its user, password, query and fragment", () => {
    const env = { ...BASE, DATABASE_URL: url("postgresql"), REDIS_URL: "redis://:secret@host.example/3" };
    expect(settingOf("DATABASE_URL", env)).toEqual({
      name: "DATABASE_URL",
      value: "postgresql://host.example:1234/path",
      isDefault: false,
      isSecret: false,
    });
    expect(settingOf("REDIS_URL", env)?.value).toBe("redis://host.example/3");
    expect(settingOf("UPSTREAM_URL", { UPSTREAM_URL: "http://key@host.example" })?.value).toBe("http://host.example");
  });

  it("say of a secret whether it was given, and nothing else", () => {
    expect(settingOf("ADMIN_KEY")).toEqual({ name: "ADMIN_KEY", value: null, isDefault: true, isSecret: true });
    expect(settingOf("ADMIN_KEY", BASE)).toEqual({ name: "ADMIN_KEY", value: null, isDefault: false, isSecret: true });
    expect(settingOf("UPSTREAM_API_KEY")).toMatchObject({ value: null, isDefault: true, isSecret: true });
  });

  it.each([...variableNames()].filter((name) => !PUBLIC_TEXTS.includes(name)))(
    "have no secret that is in %s",
    (name) => {
      const env = withCanary(name);
      if (!env) return expect(WITHOUT_SECRETS).toContain(name);
      const { settings } = readConfig(env);
      expect(JSON.stringify(settings)).not.toContain(CANARY);
      expect(settings.find((setting) => setting.name === name)?.isDefault).toBe(false);
    },
  );

  it("would be noticed if they showed a secret: those texts that may be seen are seen", () => {
    for (const name of PUBLIC_TEXTS)
      expect(JSON.stringify(readConfig(withCanary(name) ?? {}).settings)).toContain(CANARY);
  });
});
