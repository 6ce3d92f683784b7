import { describe, expect, it } from "vitest";
import { Browser } from "../../kit/sign-in/browser.js";
import { newPerson, SESSION_COOKIE, SIGN_IN_COOKIE, signInAt, useSignIn } from "../../kit/sign-in/use-sign-in.js";
import { name } from "../../kit/world.js";

const world = useSignIn();
const VIEWER = `{ viewer { __typename ... on PersonViewer { id name role expiresAt organization { id } } } }`;
const ADMIN = { roles: ["something", "tollgate-admin"] };

describe("A person who signs in", () => {
  it("with the value of the admin is an ADMIN, who may do what the admin key may", async () => {
    const id = newPerson();
    const { page, client } = await world.signIn({ ...ADMIN, name: "Ann Example" }, id);
    expect([page.status, page.url.href]).toEqual([303, `${world.gateway.url}/console`]);
    const { viewer } = await client.data(VIEWER);
    expect(viewer).toMatchObject({
      __typename: "PersonViewer",
      id,
      name: "Ann Example",
      role: "ADMIN",
      organization: null,
    });
    const inHours = (Date.parse(viewer.expiresAt) - Date.now()) / 3_600_000;
    expect(inHours).toBeGreaterThan(7.9);
    expect(inHours).toBeLessThanOrEqual(8);
    const organization = name("org");
    const create = `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { id } }`;
    await client.data(create, { input: { id: organization, name: "Made by a person" } });
    const { auditEntries } = await client.data(
      `query ($actor: String!) { auditEntries(filter: { actor: $actor }) { nodes { actor operation subjectId } } }`,
      { actor: `person:${id}` },
    );
    expect(auditEntries.nodes).toEqual([
      { actor: `person:${id}`, operation: "createOrganization", subjectId: organization },
    ]);
  });

  it("with the value of an organization works on that organization, as its key does", async () => {
    const [own, other] = [await world.gateway.world.organization(), await world.gateway.world.organization()];
    const [team, strange] = [await own.team(), await other.team()];
    const { client } = await world.signIn({ roles: "tollgate-organization", organization: own.id });
    const { viewer } = await client.data(VIEWER);
    expect(viewer).toMatchObject({ role: "ORGANIZATION", organization: { id: own.id } });
    expect((await client.data(`{ teams { nodes { id } } }`)).teams.nodes).toEqual([{ id: team.id }]);
    await client.refusal("NOT_FOUND", `query ($id: ID!) { team(id: $id) { id } }`, { id: strange.id });
    const suspend = `mutation ($id: ID!) { suspendTeam(id: $id) { status } }`;
    expect((await client.data(suspend, { id: team.id })).suspendTeam).toEqual({ status: "SUSPENDED" });
    const createOrganization = `mutation { createOrganization(input: { id: "x", name: "x" }) { id } }`;
    const { message } = await client.refusal("FORBIDDEN", createOrganization);
    expect(message).toBe("A person with the role ORGANIZATION may not do this (organization.create).");
  });

  it("with the value of a viewer reads everything, and changes nothing", async () => {
    const team = await world.gateway.world.team();
    const { client } = await world.signIn({ roles: ["tollgate-viewer"] });
    expect((await client.data(VIEWER)).viewer).toMatchObject({ role: "VIEWER", organization: null });
    expect((await client.data(`query ($id: ID!) { team(id: $id) { id } }`, { id: team.id })).team.id).toBe(team.id);
    const { message } = await client.refusal("FORBIDDEN", `mutation ($id: ID!) { suspendTeam(id: $id) { id } }`, {
      id: team.id,
    });
    expect(message).toBe("A person with the role VIEWER reads, and changes nothing (team.suspend).");
  });

  it("with the value of a viewer and an organization reads that organization alone", async () => {
    const own = await world.gateway.world.organization();
    const [team, strange] = [await own.team(), await world.gateway.world.team()];
    const { client } = await world.signIn({ roles: ["tollgate-viewer"], organization: [own.id] });
    expect((await client.data(`{ teams { nodes { id } } }`)).teams.nodes).toEqual([{ id: team.id }]);
    const byId = `query ($id: ID!) { team(id: $id) { id } }`;
    await client.refusal("NOT_FOUND", byId, { id: strange.id });
    await client.refusal("FORBIDDEN", `mutation ($id: ID!) { suspendTeam(id: $id) { id } }`, { id: team.id });
    await client.refusal("FORBIDDEN", `mutation ($id: ID!) { deleteTeam(id: $id) { id } }`, { id: strange.id });
  });

  it("with several values has the role that may most", async () => {
    const { client } = await world.signIn({ roles: ["tollgate-viewer", "tollgate-admin", "tollgate-organization"] });
    expect((await client.data(VIEWER)).viewer.role).toBe("ADMIN");
  });

  it("is called by the e-mail address, or else the id, if the provider knows no name", async () => {
    const { client } = await world.signIn({ ...ADMIN, email: "ann@example.com" });
    expect((await client.data(VIEWER)).viewer.name).toBe("ann@example.com");
    const id = newPerson();
    const { client: unnamed } = await world.signIn(ADMIN, id);
    expect((await unnamed.data(VIEWER)).viewer.name).toBe(id);
  });

  it("is led back to the page of the console that asked for it, and to no other place", async () => {
    world.provider.person = { id: newPerson(), claims: ADMIN };
    const to = async (returnTo: string) => {
      const asked = `?returnTo=${encodeURIComponent(returnTo)}`;
      return (await signInAt(world.gateway.url, new Browser(), asked)).page.url.href;
    };
    expect(await to("/console/jobs?status=FAILED#x")).toBe(`${world.gateway.url}/console/jobs?status=FAILED#x`);
    for (const elsewhere of [
      "https://evil.example.com/console",
      "//evil.example.com/console",
      "/\\evil.example.com/console",
      "/graphql",
      "/consoles",
      "/console/../graphql",
      "javascript:alert(1)",
      "",
      `/console/${"x".repeat(1_000)}`,
    ])
      expect(await to(elsewhere), elsewhere).toBe(`${world.gateway.url}/console`);
  });
});

describe("Nobody gets in", () => {
  const refusedFor = async (claims: object) => (await world.signIn(claims as Record<string, unknown>)).page.url.search;

  it("to whom the provider gives no role", async () => {
    for (const roles of [undefined, null, [], "", ["admin"], ["TOLLGATE-ADMIN"], { 0: "tollgate-admin" }, [1]])
      expect(await refusedFor({ roles }), JSON.stringify(roles)).toBe("?signInError=NO_ROLE");
  });

  it("as an organization that is not named, not clear, not there, or deleted", async () => {
    const deleted = await world.gateway.world.organization();
    await world.gateway.admin.data(`mutation ($id: ID!) { deleteOrganization(id: $id) { id } }`, { id: deleted.id });
    const [one, two] = [await world.gateway.world.organization(), await world.gateway.world.organization()];
    for (const organization of [undefined, "", [], name("nowhere"), deleted.id, [one.id, two.id], { id: one.id }])
      for (const roles of ["tollgate-organization", "tollgate-viewer"]) {
        if (organization === undefined && roles === "tollgate-viewer") continue;
        const search = await refusedFor({ roles, organization });
        expect(search, `${roles} of ${JSON.stringify(organization)}`).toBe("?signInError=NO_ORGANIZATION");
      }
  });

  it("who says no at the provider", async () => {
    world.provider.person = null;
    const { page, browser } = await signInAt(world.gateway.url);
    expect(page.url.search).toBe("?signInError=PROVIDER_REFUSED");
    expect(browser.cookie(world.gateway.url, SESSION_COOKIE)).toBeUndefined();
    expect(browser.cookie(world.gateway.url, SIGN_IN_COOKIE)).toBeUndefined();
  });
});
