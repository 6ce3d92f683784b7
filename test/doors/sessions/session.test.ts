import { describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../../../src/config/config.js";
import { Sessions } from "../../../src/edge/session/sessions.js";
import { GraphqlClient } from "../../kit/clients/graphql.js";
import { createPostgresUrl, hasPostgres } from "../../kit/database/database.js";
import { freePort } from "../../kit/free-port.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { ADMIN_KEY, startGateway } from "../../kit/gateway/gateway.js";
import { startProvider } from "../../kit/sign-in/openid-provider.js";
import { newPerson, SESSION_COOKIE, signInAt, signInEnv, useSignIn } from "../../kit/sign-in/use-sign-in.js";

const ADMIN = { roles: ["tollgate-admin"] };
const WHO = "{ viewer { __typename } }";
const HOUR = 3_600_000;

describe("A session", () => {
  const clock = new FakeClock();
  const world = useSignIn({ clock, env: { SESSION_TTL_MS: String(HOUR) } });

  it("ends after SESSION_TTL_MS, to the millisecond, whatever the browser keeps", async () => {
    const { client } = await world.signIn(ADMIN);
    await clock.advance(HOUR - 1);
    expect((await client.data(WHO)).viewer.__typename).toBe("PersonViewer");
    await clock.advance(1);
    await client.refusal("UNAUTHENTICATED", WHO);
  });

  it("that was changed by one letter, or is no session, is none", async () => {
    const { browser, client } = await world.signIn(ADMIN);
    await client.data(WHO);
    const value = browser.cookie(world.gateway.url, SESSION_COOKIE) ?? "";
    const parts = value.split(".");
    const flipped = [0, 2, 3, 4].map((part) =>
      parts.map((text, index) => (index === part ? `${text[0] === "A" ? "B" : "A"}${text.slice(1)}` : text)).join("."),
    );
    const begun = await signInAt(world.gateway.url);
    const ofAnother = begun.browser.given.find((header) => header.startsWith("tollgate-sign-in="))?.split(/[=;]/)[1];
    for (const forged of [
      ...flipped,
      value.slice(1),
      `${value}x`,
      "",
      "x",
      "a.b.c.d.e",
      "x".repeat(5_000),
      ofAnother,
    ]) {
      browser.set(world.gateway.url, SESSION_COOKIE, String(forged));
      const changed = new GraphqlClient(world.gateway.url, browser.headersOfPage(world.gateway.url));
      await changed.refusal("UNAUTHENTICATED", WHO);
    }
  });

  it("that was sealed with another secret, or for another provider or client, is none", async () => {
    const { gateway, provider } = world;
    const env = { ...signInEnv(0, provider.issuer), SIMULATED: "on" };
    const sealed = async (change: Record<string, string>) => {
      const { signIn } = readConfig({ ...env, ...change });
      const sessions = await Sessions.open(signIn as NonNullable<typeof signIn>, clock);
      const person = { subject: "forged", name: "Forged", role: "ADMIN", organizationId: null } as const;
      const cookie = (await sessions.begin({ ...person, expiresAt: sessions.end() })).split(";")[0] ?? "";
      return new GraphqlClient(gateway.url, { cookie, origin: gateway.url });
    };
    expect((await (await sealed({})).data(WHO)).viewer.__typename).toBe("PersonViewer");
    const changes: Record<string, string>[] = [
      { SESSION_SECRET: "another secret of 32 letters and more".replaceAll(" ", "-") },
      { OIDC_ISSUER: "https://login.example.com" },
      { OIDC_CLIENT_ID: "another-client" },
    ];
    for (const change of changes) await (await sealed(change)).refusal("UNAUTHENTICATED", WHO);
  });

  it("is over in its browser when the person signs out, from a page of ours only", async () => {
    const { browser, client } = await world.signIn(ADMIN);
    const { url } = world.gateway;
    const signOut = (headers: Record<string, string>) =>
      fetch(`${url}/console/auth/sign-out`, { method: "POST", headers: { ...browser.headersFor(url), ...headers } });
    for (const headers of [{}, { origin: "https://evil.example.com" }, { "sec-fetch-site": "cross-site" }]) {
      const refused = await signOut(headers as Record<string, string>);
      expect([refused.status, refused.headers.getSetCookie()]).toEqual([403, []]);
    }
    await client.data(WHO);
    const done = await signOut({ origin: url });
    expect(done.status).toBe(204);
    browser.keep(url, done.headers.getSetCookie());
    expect(browser.cookie(url, SESSION_COOKIE)).toBeUndefined();
  });

  it("gives way to a key that is sent beside it", async () => {
    const { browser } = await world.signIn({ roles: ["tollgate-viewer"] });
    const { gateway } = world;
    const beside = (headers: Record<string, string>) =>
      new GraphqlClient(gateway.url, { ...browser.headersOfPage(gateway.url), ...headers });
    expect((await beside({}).data(WHO)).viewer.__typename).toBe("PersonViewer");
    for (const [header, value] of [
      ["authorization", `Bearer ${ADMIN_KEY}`],
      ["x-api-key", ADMIN_KEY],
      ["x-admin-key", ADMIN_KEY],
    ] as const)
      expect((await beside({ [header]: value }).data(WHO)).viewer.__typename).toBe("AdminViewer");
    for (const [header, value] of [
      ["authorization", "Bearer wrong"],
      ["authorization", "Basic eDp5"],
      ["x-api-key", "no"],
      ["x-admin-key", "no"],
    ] as const)
      await beside({ [header]: value }).refusal("UNAUTHENTICATED", WHO);
  });

  it("of an organization is suspended with it, and ends when it is deleted", async () => {
    const organization = await world.gateway.world.organization();
    const { client } = await world.signIn({ roles: ["tollgate-organization"], organization: organization.id });
    await client.data(WHO);
    const act = (field: string) =>
      world.gateway.admin.data(`mutation ($id: ID!) { ${field}(id: $id) { id } }`, { id: organization.id });
    await act("suspendOrganization");
    expect((await client.refusal("TEAM_SUSPENDED", WHO)).extensions.suspended).toBe("ORGANIZATION");
    await act("resumeOrganization");
    await client.data(WHO);
    await act("deleteOrganization");
    await client.refusal("UNAUTHENTICATED", WHO);
  });
});

describe("What a person has done by the right of the admin", () => {
  const world = useSignIn();

  it("an organization does not undo: it resumes no team that a person has suspended as ADMIN", async () => {
    const organization = await world.gateway.world.organization();
    const [byAdmin, byOrganization] = [await organization.team(), await organization.team()];
    const { client: admin } = await world.signIn(ADMIN);
    const { client: own } = await world.signIn({ roles: ["tollgate-organization"], organization: organization.id });
    const { secret } = await world.gateway.world.organizationKey(organization.id);
    const suspend = `mutation ($id: ID!) { suspendTeam(id: $id) { status } }`;
    const resume = `mutation ($id: ID!) { resumeTeam(id: $id) { status } }`;
    await admin.data(suspend, { id: byAdmin.id });
    for (const client of [own, world.gateway.client(secret)])
      await client.refusal("FORBIDDEN", resume, { id: byAdmin.id });
    await world.gateway.admin.data(resume, { id: byAdmin.id });
    await own.data(suspend, { id: byOrganization.id });
    await world.gateway.client(secret).data(resume, { id: byOrganization.id });
  });

  it("has the person's name in the ledger", async () => {
    const team = await world.gateway.world.team();
    const id = newPerson();
    const { client } = await world.signIn(ADMIN, id);
    const add = `mutation ($input: AddCreditsInput!) { addCredits(input: $input) { creditEntries(first: 1) { nodes { actor } } } }`;
    const { addCredits } = await client.data(add, { input: { teamId: team.id, credits: 3 } });
    expect(addCredits.creditEntries.nodes).toEqual([{ actor: `person:${id}` }]);
  });
});

it.skipIf(!hasPostgres())("Processes with one SESSION_SECRET share sessions and sign-ins; others do not.", async () => {
  const databaseUrl = await createPostgresUrl();
  const [one, two, three] = [await freePort(), await freePort(), await freePort()];
  const callback = `http://127.0.0.1:${one}/console/auth/callback`;
  const provider = await startProvider([callback]);
  onTestFinished(() => provider.close());
  // All have the address of the first: a proxy in front of them gives each request to any of them.
  const env = (port: number) => ({ ...signInEnv(one, provider.issuer), PORT: String(port) });
  const start = async (port: number, more = {}) => {
    const gateway = await startGateway({ databaseUrl, env: { ...env(port), ...more } });
    onTestFinished(() => gateway.close());
    return gateway;
  };
  const first = await start(one);
  const second = await start(two);
  const stranger = await start(three, { SESSION_SECRET: "of-somebody-else-0123456789-0123456789" });
  provider.person = { id: newPerson(), claims: ADMIN };
  // Begun at the second, finished at the first.
  const { browser } = await signInAt(first.url);
  const begun = await browser.go(`${second.url}/console/auth/sign-in`, ({ pathname }) => pathname === "/auth");
  expect(begun.url.searchParams.get("redirect_uri")).toBe(callback);
  browser.keep(first.url, browser.given.slice(-1));
  const finished = await browser.go(begun.url.href, ({ pathname }) => pathname === "/console");
  expect(finished.url.search).toBe("");
  const headers = browser.headersOfPage(first.url);
  expect((await new GraphqlClient(second.url, headers).data(WHO)).viewer.__typename).toBe("PersonViewer");
  await new GraphqlClient(stranger.url, headers).refusal("UNAUTHENTICATED", WHO);
});
