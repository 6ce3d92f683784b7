import { describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";

const ORGANIZATION = `query ($id: ID!) { organization(id: $id) { name status credits { granted passedOn available }
  keys { name status prefix } } }`;
const VIEWER = "{ viewer { __typename } }";

describe.runIf(hasBrowser())("organizations in the console", () => {
  const { gateway, open } = useConsole();
  const organization = async (id: string) => (await gateway.admin.data(ORGANIZATION, { id })).organization;

  test("An organization is made where there is none, and renamed", async () => {
    const page = await open({ key: ADMIN_KEY, path: "/organizations" });
    await page.getByText("There is no organization yet.").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "New organization" }).first().click();
    await page.getByLabel("Id", { exact: true }).fill("acme");
    await page.getByLabel("Name", { exact: true }).fill("Acme");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByRole("heading", { name: "Acme" }).waitFor();
    await page.getByText("It has no team yet.").waitFor();
    expect(await organization("acme")).toMatchObject({ name: "Acme", status: "ACTIVE" });
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Acme Ltd");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "Acme Ltd" }).waitFor();
    expect((await organization("acme")).name).toBe("Acme Ltd");
    await page.getByRole("link", { name: "Organizations" }).first().click();
    await page.getByRole("link", { name: "Acme Ltd" }).waitFor();
  });

  test("Credits are granted to the pool, passed on to a team, and given back", async () => {
    const { organizationId: id, id: team } = await gateway.world.team({ credits: 0 });
    const available = async () =>
      (await gateway.admin.data("query ($id: ID!) { team(id: $id) { credits { available } } }", { id: team })).team
        .credits.available;
    const page = await open({ key: ADMIN_KEY, path: `/organizations/${id}` });
    await page.getByRole("button", { name: "Grant" }).click();
    await page.getByLabel("Credits", { exact: true }).fill("40");
    await page.getByLabel("Reason").fill("An order");
    await page.getByRole("button", { name: "Grant them" }).click();
    await page.getByRole("definition").getByText("40", { exact: true }).first().waitFor();
    expect((await organization(id)).credits).toEqual({ granted: 40, passedOn: 0, available: 40 });

    await page.getByRole("button", { name: "Transfer" }).click();
    await page.getByLabel("Team", { exact: true }).selectOption(team);
    await page.getByLabel("Credits", { exact: true }).fill("15");
    await page.getByLabel("Reason").fill("For November");
    await page.getByRole("dialog").getByRole("button", { name: "Transfer" }).click();
    await page.getByRole("cell", { name: "15", exact: true }).waitFor();
    expect([(await organization(id)).credits.available, await available()]).toEqual([25, 15]);

    await page.getByRole("button", { name: "Transfer" }).click();
    await page.getByLabel("Way").selectOption("From a team to the pool");
    await page.getByLabel("Team", { exact: true }).selectOption(team);
    await page.getByLabel("Credits", { exact: true }).fill("16");
    await page.getByLabel("Reason").fill("Too many");
    await page.getByRole("dialog").getByRole("button", { name: "Transfer" }).click();
    await page.getByRole("alert").getByText("INSUFFICIENT_CREDITS").waitFor();
    await page.getByLabel("Credits", { exact: true }).fill("5");
    await page.getByRole("dialog").getByRole("button", { name: "Transfer" }).click();
    await page.getByRole("cell", { name: "10", exact: true }).waitFor();
    expect((await organization(id)).credits).toEqual({ granted: 40, passedOn: 10, available: 30 });
    expect(await available()).toBe(10);
  });

  test("A key is made, works as it is copied, and is revoked", async () => {
    const { id } = await gateway.world.organization();
    const page = await open({ key: ADMIN_KEY, path: `/organizations/${id}?tab=keys` });
    await page.getByText("It has no key.").waitFor();
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Operations");
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByText("This is the only time that the key is shown.").waitFor();
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const secret = await page.evaluate<string>("navigator.clipboard.readText()");
    expect((await gateway.client(secret).data(VIEWER)).viewer.__typename).toBe("OrganizationViewer");
    await page.getByRole("button", { name: "Close" }).click();
    expect(await page.getByTestId("secret").count()).toBe(0);
    await page.getByRole("button", { name: "Revoke Operations" }).click();
    await page.getByLabel("Type Operations to go on").fill("Operations");
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("cell", { name: "revoked" }).waitFor();
    expect((await gateway.client(secret).send(VIEWER)).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  test("The keys of its teams are found by what they lack, in the address, and revoked", async () => {
    const { id, organizationId, keyId } = await gateway.world.team();
    await gateway.admin.data(
      "mutation ($input: CreateVirtualKeyInput!) { createVirtualKey(input: $input) { virtualKey } }",
      {
        input: { teamId: id, name: "Batch", expiresAt: "2099-01-01T00:00:00Z", limits: { requestsPerMinute: 5 } },
      },
    );
    const page = await open({ key: ADMIN_KEY, path: `/organizations/${organizationId}?tab=team-keys` });
    await page.getByText("2, newest first").waitFor();
    await page.getByRole("cell", { name: /^Batch/ }).waitFor();
    await page.getByLabel("Without a limit").check();
    await page.getByText("1, newest first").waitFor();
    expect(await page.getByRole("cell", { name: /^Batch/ }).count()).toBe(0);
    expect(page.url()).toContain("limit");
    await page.reload();
    await page.getByText("1, newest first").waitFor();
    await page.getByLabel("Used").selectOption("Not for 7 days");
    await page.getByText("No key fits.").waitFor();
    await page.getByLabel("Used").selectOption("At any time");
    const revoke = page.getByRole("button", { name: /^Revoke sk-/ });
    const prefix = ((await revoke.getAttribute("aria-label")) ?? "").replace("Revoke ", "");
    await revoke.click();
    await page.getByLabel(`Type ${prefix} to go on`).fill(prefix);
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("cell", { name: "revoked" }).waitFor();
    const keys = (await gateway.admin.data("query ($id: ID!) { team(id: $id) { virtualKeys { id status } } }", { id }))
      .team;
    expect(keys.virtualKeys).toContainEqual({ id: keyId, status: "REVOKED" });
  });

  test("An organization is suspended by its name with what follows, found by its status, and resumed", async () => {
    const team = await gateway.world.team();
    await team.job();
    const { organizationId: id } = team;
    const page = await open({ key: ADMIN_KEY, path: `/organizations/${id}` });
    await page.getByRole("button", { name: "Suspend" }).click();
    await page.getByText("It has 1 teams. 0 running calls are cancelled. 1 open jobs stay open").waitFor();
    await page.getByLabel(`Type ${id} to go on`).fill(id);
    await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
    await page.getByText("suspended", { exact: true }).waitFor();
    expect((await organization(id)).status).toBe("SUSPENDED");
    await page.goto(`${gateway.url}/console/organizations`);
    await page.getByRole("radio", { name: "Suspended" }).click();
    await page.getByRole("link", { name: id }).click();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("active", { exact: true }).first().waitFor();
    expect((await organization(id)).status).toBe("ACTIVE");
  });

  test("An organization with teams is not deleted, and one without is", async () => {
    const { organizationId: id, id: team } = await gateway.world.team();
    const page = await open({ key: ADMIN_KEY, path: `/organizations/${id}` });
    const remove = async () => {
      await page.getByLabel(`Type ${id} to go on`).fill(id);
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    };
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText("It still has 1 teams that are not deleted: delete them before.").waitFor();
    await remove();
    await page.getByRole("alert").getByText("INVALID_STATE").waitFor();
    expect((await organization(id)).status).toBe("ACTIVE");
    await gateway.admin.data("mutation ($id: ID!) { deleteTeam(id: $id) { id } }", { id: team });
    await remove();
    await page.getByText("deleted", { exact: true }).first().waitFor();
    expect((await organization(id)).status).toBe("DELETED");
    expect(await page.getByRole("button", { name: "Grant" }).count()).toBe(0);
  });

  test("An organization's key comes to its own page, passes credits on, and sees no other", async () => {
    const own = await gateway.world.team({ credits: 0 });
    const other = await gateway.world.organization();
    const { secret } = await gateway.world.organizationKey(own.organizationId);
    const page = await open({ key: secret, path: "/organizations" });
    await page.getByRole("link", { name: own.id }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/organizations/${own.organizationId}`);
    await page.getByRole("button", { name: "Transfer" }).waitFor();
    for (const name of ["Edit", "Suspend", "Delete", "Grant"])
      expect(await page.getByRole("button", { name }).count(), name).toBe(0);
    await page.getByRole("tab", { name: "Keys", exact: true }).click();
    await page.getByRole("cell", { name: "active" }).waitFor();
    for (const name of ["New key", "Revoke"]) expect(await page.getByRole("button", { name }).count(), name).toBe(0);
    await page.goto(`${gateway.url}/console/organizations/${other.id}`);
    await page.getByRole("alert").getByText("NOT_FOUND").waitFor();
  });

  test.each([
    ["light", 360],
    ["dark", 1280],
  ] as const)("The pages fit and can be used by all: %s, %s px", async (theme, width) => {
    const { id, organizationId } = await gateway.world.team();
    await gateway.world.organizationKey(organizationId, { name: "Operations" });
    const page = await open({ key: ADMIN_KEY, path: "/organizations", theme, width });
    await page.getByRole("link", { name: organizationId }).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
    for (const [tab, content] of [
      ["teams", id],
      ["keys", /^Operations/],
      ["team-keys", id],
    ] as const) {
      await page.goto(`${gateway.url}/console/organizations/${organizationId}?tab=${tab}`);
      await page.getByRole("cell", { name: content }).first().waitFor();
      await expectToFit(page);
      await expectAccessible(page);
    }
  });
});
