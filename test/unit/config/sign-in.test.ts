import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config/config.js";
import { problemsOf } from "../../kit/config/problems-of.js";

const SECRET = "0123456789abcdef0123456789abcdef";
const ENV = {
  OIDC_ISSUER: "https://login.example.com/realms/work",
  OIDC_CLIENT_ID: "tollgate",
  OIDC_CLIENT_SECRET: "hunter2",
  PUBLIC_URL: "https://llm.example.com",
  SESSION_SECRET: SECRET,
  SIMULATED: "on",
};
const HOUR = 3_600_000;

describe("Signing in", () => {
  it("is off without OIDC_ISSUER, whatever else is set of it", () => {
    expect(readConfig({}).signIn).toBeUndefined();
    const { OIDC_ISSUER: _, OIDC_CLIENT_ID: __, OIDC_CLIENT_SECRET: ___, ...others } = ENV;
    expect(readConfig(others).signIn).toBeUndefined();
    expect(problemsOf({ ...others, OIDC_CLIENT_ID: "tollgate" })).toEqual([
      "OIDC_ISSUER is not set, although OIDC_CLIENT_ID or OIDC_CLIENT_SECRET is. Set it too.",
    ]);
  });

  it("needs five variables, and has defaults for all others", () => {
    expect(readConfig(ENV).signIn).toEqual({
      issuer: ENV.OIDC_ISSUER,
      publicOrigin: ENV.PUBLIC_URL,
      providerName: "login.example.com",
      clientId: "tollgate",
      clientSecret: "hunter2",
      scopes: "openid email profile",
      roleClaim: "roles",
      adminValues: ["tollgate-admin"],
      organizationValues: ["tollgate-organization"],
      viewerValues: ["tollgate-viewer"],
      organizationClaim: "organization",
      sessionSecret: SECRET,
      sessionTtlMs: 8 * HOUR,
    });
    expect(problemsOf({ OIDC_ISSUER: ENV.OIDC_ISSUER })).toEqual(
      ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "PUBLIC_URL", "SESSION_SECRET"].map(
        (name) => `${name} is not set, and OIDC_ISSUER needs it.`,
      ),
    );
  });

  it("has the defaults that .env.example shows", () => {
    const example = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8");
    const shown = [...example.matchAll(/^# ((?:OIDC|SESSION)_[A-Z_]+)=(\S.*?)(?: {2,}.*)?$/gm)];
    const documented = Object.fromEntries(shown.map(([, name, value]) => [name, value?.replace(/ +#.*$/, "")]));
    expect(Object.keys(documented)).toHaveLength(7);
    expect(readConfig({ ...documented, ...ENV }).signIn).toEqual(readConfig(ENV).signIn);
  });

  it("takes lists with blanks, and a slash at the end of PUBLIC_URL", () => {
    const env = {
      ...ENV,
      OIDC_ADMIN_VALUES: " a , b,",
      OIDC_SCOPES: "openid   groups",
      PUBLIC_URL: `${ENV.PUBLIC_URL}/`,
    };
    expect(readConfig(env).signIn).toMatchObject({
      adminValues: ["a", "b"],
      scopes: "openid groups",
      publicOrigin: ENV.PUBLIC_URL,
    });
  });

  it.each([
    [
      "OIDC_ISSUER",
      "http://login.example.com",
      /^OIDC_ISSUER must begin with https:\/\/, unless its host is a loopback/,
    ],
    ["OIDC_ISSUER", "ldap://login.example.com", /^OIDC_ISSUER must be a URL starting with https:\/\/ or http:\/\//],
    ["OIDC_ISSUER", "https://me:hunter2@login.example.com", /^OIDC_ISSUER must have no user and no password/],
    ["PUBLIC_URL", "http://llm.example.com", /^PUBLIC_URL must begin with https:\/\//],
    ["PUBLIC_URL", "https://example.com/llm", /^PUBLIC_URL must be an address without a path/],
    ["SESSION_SECRET", "hunter2", /^SESSION_SECRET must be 32 to 512 visible ASCII characters, got "7 characters"\.$/],
    ["OIDC_SCOPES", "email profile", /^OIDC_SCOPES must have "openid" among its words/],
    ["SESSION_TTL_MS", "5", /^SESSION_TTL_MS must be a whole number from 60000 to 2592000000, got "5"\.$/],
  ])("tells at the start that %s may not be %s", (name, value, problem) => {
    expect(problemsOf({ ...ENV, [name]: value })).toEqual([expect.stringMatching(problem)]);
    expect(problemsOf({ ...ENV, [name]: value }).join()).not.toContain("hunter2");
  });

  it("may do without TLS on this machine", () => {
    const env = { ...ENV, OIDC_ISSUER: "http://localhost:8080/realms/work", PUBLIC_URL: "http://127.0.0.1:8003" };
    expect(readConfig(env).signIn).toMatchObject({ publicOrigin: "http://127.0.0.1:8003" });
  });
});
