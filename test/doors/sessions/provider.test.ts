import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config/config.js";
import { SealedCookie } from "../../../src/edge/session/sealed-cookie.js";
import { Sessions } from "../../../src/edge/session/sessions.js";
import { LogLines } from "../../kit/log-lines.js";
import { Browser } from "../../kit/sign-in/browser.js";
import {
  newPerson,
  SESSION_COOKIE,
  SIGN_IN_COOKIE,
  signInAt,
  signInEnv,
  useSignIn,
} from "../../kit/sign-in/use-sign-in.js";

const lines = new LogLines("trace");
const world = useSignIn({ log: lines.log });
const ADMIN = { roles: ["tollgate-admin"] };
const EXPIRED = "?signInError=SIGN_IN_EXPIRED";
const REFUSED = "?signInError=PROVIDER_REFUSED";

/** A browser that has been at the provider, and the address that the provider has sent it back to. */
async function backFromProvider() {
  world.provider.person = { id: newPerson(), claims: ADMIN };
  const browser = new Browser();
  const { url } = await browser.go(`${world.gateway.url}/console/auth/sign-in`, ({ pathname }) =>
    pathname.endsWith("/callback"),
  );
  return { browser, callback: url };
}

const goBack = async (browser: Browser, callback: URL) =>
  (await browser.go(callback.href, ({ pathname }) => pathname === "/console")).url;
const sessionOf = (browser: Browser) => browser.cookie(world.gateway.url, SESSION_COOKIE);

/** The cookies of a sign-in, as whoever has the secret can make and read them. */
async function cookieOfSignIn() {
  const { config, clock } = world.gateway.app;
  const { jar } = await Sessions.open(config.signIn as NonNullable<typeof config.signIn>, clock);
  return new SealedCookie<Record<string, string>>(jar, { purpose: "sign-in", sameSite: "lax" });
}

describe("The way to the provider", () => {
  it("has a state, a nonce and PKCE, of each sign-in its own, and none of it in clear", async () => {
    const { browser } = await backFromProvider();
    const authorize = browser.way.find(({ pathname }) => pathname === "/auth")?.searchParams ?? new URLSearchParams();
    expect(Object.fromEntries(authorize)).toMatchObject({
      client_id: "tollgate",
      redirect_uri: `${world.gateway.url}/console/auth/callback`,
      response_type: "code",
      scope: "openid email profile",
      code_challenge_method: "S256",
    });
    const begun = (await (await cookieOfSignIn()).read(browser.headersFor(world.gateway.url).cookie)) ?? {};
    expect(authorize.get("state")).toBe(begun.state);
    expect(authorize.get("nonce")).toBe(begun.nonce);
    const challenge = createHash("sha256").update(String(begun.verifier)).digest("base64url");
    expect(authorize.get("code_challenge")).toBe(challenge);
    const given = browser.given.join("\n");
    for (const secret of Object.values(begun)) expect(given).not.toContain(secret);
  });

  it("gives cookies that no script reads, that do not go to other sites, and that end with the sign-in", async () => {
    const { browser, callback } = await backFromProvider();
    await goBack(browser, callback);
    const ours = browser.given.filter((header) => header.startsWith("tollgate-"));
    expect(ours).toHaveLength(3);
    expect(ours[0]).toMatch(/^tollgate-sign-in=\S+; Max-Age=(600|599); Path=\/; HttpOnly; SameSite=Lax$/);
    expect(ours[1]).toMatch(/^tollgate-session=\S+; Max-Age=(28800|28799); Path=\/; HttpOnly; SameSite=Strict$/);
    expect(ours[2]).toMatch(/^tollgate-sign-in=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it("gives cookies for this host and TLS alone, if PUBLIC_URL has TLS", async () => {
    const env = {
      ...signInEnv(0, "https://login.example.com"),
      PUBLIC_URL: "https://llm.example.com",
      SIMULATED: "on",
    };
    const { signIn } = readConfig(env);
    const sessions = await Sessions.open(signIn as NonNullable<typeof signIn>, world.gateway.app.clock);
    expect(sessions.forget()).toBe("__Host-tollgate-session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict");
  });
});

describe("Whoever comes back", () => {
  it("a second time is not signed in again: the cookie is gone, and the code was used", async () => {
    const { browser, callback } = await backFromProvider();
    const kept = browser.cookie(world.gateway.url, SIGN_IN_COOKIE) ?? "";
    expect((await goBack(browser, callback)).search).toBe("");
    expect((await goBack(browser, callback)).search).toBe(EXPIRED);
    const thief = new Browser();
    thief.set(world.gateway.url, SIGN_IN_COOKIE, kept);
    expect((await goBack(thief, callback)).search).toBe(REFUSED);
    expect(sessionOf(thief)).toBeUndefined();
    await lines.until(({ code }) => code === "invalid_grant");
  });

  it("in another browser is not signed in, and the sign-in goes on where it was begun", async () => {
    const { browser, callback } = await backFromProvider();
    const other = new Browser();
    expect((await goBack(other, callback)).search).toBe(EXPIRED);
    expect(sessionOf(other)).toBeUndefined();
    const strange = new URL(callback);
    strange.searchParams.set("state", "of-somebody-else");
    expect((await goBack(browser, strange)).search).toBe(EXPIRED);
    expect((await goBack(browser, callback)).search).toBe("");
  });

  it("without a state, or with two, is not signed in", async () => {
    const { browser, callback } = await backFromProvider();
    const without = new URL(callback);
    without.searchParams.delete("state");
    expect((await goBack(browser, without)).search).toBe(EXPIRED);
    const twice = new URL(callback);
    twice.searchParams.append("state", String(callback.searchParams.get("state")));
    expect((await goBack(browser, twice)).search).toBe(EXPIRED);
    expect((await goBack(browser, new URL("/console/auth/callback", callback))).search).toBe(EXPIRED);
    expect(sessionOf(browser)).toBeUndefined();
  });

  it.each(["nonce", "verifier"])("with the %s of another sign-in is not signed in", async (part) => {
    const { browser, callback } = await backFromProvider();
    const cookie = await cookieOfSignIn();
    const begun = (await cookie.read(browser.headersFor(world.gateway.url).cookie)) ?? {};
    const changed = await cookie.give({ ...begun, [part]: "x".repeat(43) }, new Date(Date.now() + 60_000));
    browser.keep(world.gateway.url, [changed]);
    expect((await goBack(browser, callback)).search).toBe(REFUSED);
    expect(sessionOf(browser)).toBeUndefined();
  });

  it("from another provider than was asked is not signed in", async () => {
    const { browser, callback } = await backFromProvider();
    callback.searchParams.set("iss", "https://evil.example.com");
    expect((await goBack(browser, callback)).search).toBe(REFUSED);
  });

  it("with a sign-in that somebody else has sealed is not signed in", async () => {
    const { browser, callback } = await backFromProvider();
    const { clock, config } = world.gateway.app;
    const signIn = config.signIn as NonNullable<typeof config.signIn>;
    const { jar } = await Sessions.open({ ...signIn, sessionSecret: "z".repeat(32) }, clock);
    const begun = (await (await cookieOfSignIn()).read(browser.headersFor(world.gateway.url).cookie)) ?? {};
    const forged = new SealedCookie<Record<string, string>>(jar, { purpose: "sign-in", sameSite: "lax" });
    browser.keep(world.gateway.url, [await forged.give(begun, new Date(Date.now() + 60_000))]);
    expect((await goBack(browser, callback)).search).toBe(EXPIRED);
  });
});

describe("While the provider is away", () => {
  it("a sign-in leads back to the console and says so, and works again when it is back", async () => {
    const own = world.provider;
    const { browser, callback } = await backFromProvider();
    own.failsWith = 502;
    try {
      expect((await goBack(browser, callback)).search).toBe("?signInError=PROVIDER_AWAY");
      await world.gateway.admin.data("{ viewer { __typename } }");
    } finally {
      own.failsWith = null;
    }
    expect((await signInAt(world.gateway.url)).page.url.search).toBe("");
  });
});

it("The log says who has signed in and why somebody could not, and no name, code, token or secret.", async () => {
  const id = newPerson();
  const { browser } = await world.signIn({ ...ADMIN, name: "canary of a name", email: "canary@example.com" }, id);
  await lines.until(({ subject }) => subject === id);
  expect(lines.of("A person has signed in.").find(({ subject }) => subject === id)).toMatchObject({ role: "ADMIN" });
  await world.signIn({ roles: [] });
  await lines.until(({ failure }) => failure === "NO_ROLE");
  const code = browser.way.find(({ pathname }) => pathname.endsWith("/callback"))?.searchParams.get("code");
  expect(code).toMatch(/\S{20}/);
  for (const secret of ["canary", String(code), sessionOf(browser) ?? ""]) expect(lines.text).not.toContain(secret);
});
