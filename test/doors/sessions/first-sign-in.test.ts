import { describe, expect, it, onTestFinished } from "vitest";
import { inspectProvider } from "../../../src/doors/sessions/inspect-provider.js";
import { Metrics } from "../../kit/clients/metrics.js";
import { freePort } from "../../kit/free-port.js";
import { ADMIN_KEY, startGateway, useGateway } from "../../kit/gateway/gateway.js";
import { startProvider } from "../../kit/sign-in/openid-provider.js";
import { newPerson, signInAt, signInEnv, useSignIn } from "../../kit/sign-in/use-sign-in.js";

const ADMIN = { roles: ["tollgate-admin"] };
const AWAY = "?signInError=PROVIDER_AWAY";

it("A gateway starts while its provider is away, and asks it when somebody signs in.", async () => {
  const port = await freePort();
  const redirect = `http://127.0.0.1:${port}/console/auth/callback`;
  const gone = await startProvider([redirect]);
  await gone.close();
  const gateway = await startGateway({ env: signInEnv(port, gone.issuer) });
  onTestFinished(() => gateway.close());
  expect((await signInAt(gateway.url)).page.url.search).toBe(AWAY);
  const provider = await startProvider([redirect], { port: Number(new URL(gone.issuer).port) });
  onTestFinished(() => provider.close());
  expect(provider.asked).toEqual([]);
  provider.person = { id: newPerson(), claims: ADMIN };
  provider.failsWith = 503;
  expect((await signInAt(gateway.url)).page.url.search).toBe(AWAY);
  provider.failsWith = null;
  const { client } = await signInAt(gateway.url);
  expect((await client.data("{ viewer { __typename } }")).viewer.__typename).toBe("PersonViewer");
});

describe("A provider that has no roles in its token", () => {
  const world = useSignIn({}, { claimsInToken: false });

  it("is asked for them", async () => {
    const { client } = await world.signIn({ ...ADMIN, name: "Ann" });
    expect(world.provider.asked).toContain("/me");
    expect((await client.data("{ viewer { ... on PersonViewer { name role } } }")).viewer).toEqual({
      name: "Ann",
      role: "ADMIN",
    });
  });
});

describe("Which claim and which values mean which role", () => {
  const world = useSignIn({
    env: {
      OIDC_NAME: "Example login",
      OIDC_ROLE_CLAIM: "email",
      OIDC_ADMIN_VALUES: "ann@example.com, bob@example.com",
      OIDC_VIEWER_VALUES: "eve@example.com",
    },
  });
  const role = async (claims: Record<string, unknown>) => {
    const { client, page } = await world.signIn(claims);
    if (page.url.search) return page.url.search;
    return (await client.data("{ viewer { ... on PersonViewer { role } } }")).viewer.role;
  };

  it("is configured; an e-mail address must be verified", async () => {
    expect(await role({ email: "bob@example.com", email_verified: true })).toBe("ADMIN");
    expect(await role({ email: "eve@example.com", email_verified: true })).toBe("VIEWER");
    for (const email_verified of [false, undefined, "true"])
      expect(await role({ email: "ann@example.com", email_verified })).toBe("?signInError=NO_ROLE");
    expect(await role({ roles: ["tollgate-admin"], email: "x@example.com", email_verified: true })).toBe(
      "?signInError=NO_ROLE",
    );
  });

  it("GET /console/auth tells everybody that one can sign in, and what the provider is called", async () => {
    const response = await fetch(`${world.gateway.url}/console/auth`);
    expect(await response.json()).toEqual({ oidc: { isOffered: true, name: "Example login" } });
    expect(response.headers.get("cache-control")).toBe("no-store");
  });
});

describe("Without OIDC_ISSUER", () => {
  const gateway = useGateway();

  it("nobody signs in, and the page is told so", async () => {
    expect(await (await fetch(`${gateway.url}/console/auth`)).json()).toEqual({
      oidc: { isOffered: false, name: null },
    });
    for (const [method, path] of [
      ["GET", "sign-in"],
      ["GET", "callback"],
      ["POST", "sign-out"],
    ])
      expect((await fetch(`${gateway.url}/console/auth/${path}`, { method: String(method) })).status).toBe(404);
  });
});

describe("Where people sign in", () => {
  const world = useSignIn();

  it("no script from the internet gets into a page that the session goes along with", async () => {
    for (const path of ["/graphql", "/graphiql", "/docs"]) {
      const page = await fetch(world.gateway.url + path, { headers: { accept: "text/html" } });
      expect(page.status, path).toBe(200);
      expect(await page.text(), path).not.toMatch(/<script[^>]+src="?https?:/);
      expect(page.headers.get("content-security-policy"), path).not.toMatch(/script-src[^;]*https?:/);
    }
  });

  it("the metrics count who got in, and why others did not", async () => {
    await world.signIn(ADMIN);
    await world.signIn({ roles: [] });
    await world.signIn({ roles: [] });
    const metrics = await Metrics.of(world.gateway.url, ADMIN_KEY);
    const of = (outcome: string) => metrics.sum("tollgate_sign_ins_total", { outcome });
    expect([of("signed_in"), of("no_role")]).toEqual([1, 2]);
  });

  it("--check says whether the provider can be reached", async () => {
    const { signIn } = world.gateway.app.config;
    const config = signIn as NonNullable<typeof signIn>;
    const { issuer } = config;
    expect(await inspectProvider(config)).toBe(
      `${issuer} is an OpenID provider. It must let tollgate come back to ${config.publicOrigin}/console/auth/callback.`,
    );
    await expect(inspectProvider({ ...config, issuer: `${issuer}/other` })).rejects.toThrow(/OIDC_ISSUER .*\/other /);
    const nobody = `http://127.0.0.1:${await freePort()}`;
    await expect(inspectProvider({ ...config, issuer: nobody })).rejects.toThrow(
      `OIDC_ISSUER ${nobody} does not answer (NO_ANSWER).`,
    );
  });
});
