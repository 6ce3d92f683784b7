import { describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";

/** Reading the page again and again until something is so. */
const WAIT = { timeout: 10_000 };
const RENAME = "mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { id } }";
const LINES = `query ($filter: AuditFilter) { auditEntries(first: 100, filter: $filter) {
  nodes { sequence operation subjectId requestId } } }`;

describe.runIf(hasBrowser())("the audit in the console", () => {
  const { gateway, open } = useConsole();
  const rename = (id: string, alias: string) => gateway.admin.data(RENAME, { input: { id, alias } });

  test("Before anything was done, the list says what will be here", async () => {
    const page = await open({ key: ADMIN_KEY, path: "/audit" });
    await page.getByText("No act fits.").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Check the chain" }).click();
    await page.getByText("0 of 0 lines are checked.").waitFor();
  });

  test("An act is found by what it was done to, and opens to each field that it has changed", async () => {
    const { id } = await gateway.world.team();
    await rename(id, "Support");
    await gateway.world.team();
    const page = await open({ key: ADMIN_KEY, path: "/audit" });
    await page.getByRole("button", { name: "updateTeam" }).waitFor();
    await page.getByLabel("On (an id)").fill(id);
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("button", { name: "updateTeam" }).waitFor();
    await expect.poll(() => page.getByRole("button", { name: "createTeam" }).count(), WAIT).toBe(1);
    expect(await page.getByRole("button", { name: "createOrganization" }).count()).toBe(0);
    expect(new URL(page.url()).searchParams.get("subject")).toBe(id);
    await page.reload();
    await page.getByRole("button", { name: "updateTeam" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("row", { name: `alias ${id} Support` }).waitFor();
    const [line] = (await gateway.admin.data(LINES, { filter: { subjectId: id, operation: "updateTeam" } }))
      .auditEntries.nodes;
    await dialog.getByText(line.requestId).waitFor();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "All of this act" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(new URL(page.url()).searchParams.get("operation")).toBe("updateTeam");
    expect(await page.getByLabel("Act", { exact: true }).inputValue()).toBe("updateTeam");
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("button", { name: "createOrganization" }).first().waitFor();
    await page.getByLabel("By", { exact: true }).fill("nobody");
    await page.getByLabel("By", { exact: true }).press("Enter");
    await page.getByText("No act fits.").waitFor();
  });

  test("A period of days that are over has none of today's acts", async () => {
    await gateway.world.organization();
    const page = await open({ key: ADMIN_KEY, path: "/audit?period=custom&from=2020-01-01&to=2020-01-31" });
    await page.getByText("No act fits.").waitFor();
    await page.getByRole("radio", { name: "24 h" }).click();
    await page.getByRole("button", { name: "createOrganization" }).first().waitFor();
  });

  test("A list that is longer than a page goes on at its end, and asks for each page once", async () => {
    const { id: oldest } = await gateway.world.organization();
    for (let more = 0; more < 50; more++) await gateway.world.organization();
    const page = await open({ key: ADMIN_KEY });
    const asked: unknown[] = [];
    page.on("request", (request) => {
      const { operationName, variables } = request.postDataJSON() ?? {};
      if (operationName === "AuditLines") asked.push(variables.after ?? null);
    });
    await page.getByRole("link", { name: "Audit" }).click();
    const list = page.getByRole("region", { name: "Acts, newest first" });
    await expect
      .poll(async () => {
        await list.press("End");
        return list.getByRole("cell", { name: oldest }).count();
      }, WAIT)
      .toBe(1);
    expect(asked).toEqual([...new Set(asked)]);
    expect(asked.length).toBeGreaterThan(1);
  });

  test("The admin reads what was done to one organization and its teams", async () => {
    const [own, other] = [await gateway.world.team(), await gateway.world.team()];
    const page = await open({ key: ADMIN_KEY, path: `/organizations/${own.organizationId}` });
    await page.getByRole("link", { name: "What was done to it" }).click();
    await page.getByRole("cell", { name: own.id }).waitFor();
    expect(await page.getByText(other.id).count()).toBe(0);
    expect(await page.getByLabel("Organization (its id)").inputValue()).toBe(own.organizationId);
    await page.getByLabel("Organization (its id)").fill("nobody");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("alert").getByText("NOT_FOUND").waitFor();
  });

  test("An organization's key sees what was done to it, and does not check the chain", async () => {
    const own = await gateway.world.team();
    const other = await gateway.world.team();
    const { secret } = await gateway.world.organizationKey(own.organizationId);
    const page = await open({ key: secret, path: "/audit" });
    await page.getByRole("cell", { name: own.id }).waitFor();
    expect(await page.getByText(other.id).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Check the chain" }).count()).toBe(0);
  });

  test("A team's key sees that the page is not for it, and its rail does not lead here", async () => {
    const { secret } = await gateway.world.team();
    const page = await open({ key: secret, path: "/audit" });
    await page.getByRole("heading", { name: "This page is not for you" }).waitFor();
    expect(await page.getByRole("link", { name: "Audit" }).count()).toBe(0);
  });

  test.each([
    ["light", 360],
    ["dark", 1280],
  ] as const)("The page fits and can be used by all: %s, %s px", async (theme, width) => {
    const { id } = await gateway.world.team();
    await rename(id, "A long name of a team that does a lot of work for everybody");
    const page = await open({ key: ADMIN_KEY, path: `/audit?subject=${id}`, theme, width });
    await page.getByRole("button", { name: "updateTeam" }).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "updateTeam" }).click();
    await page.getByRole("heading", { name: "What has changed" }).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
  });

  test("The chain is checked, and the line that somebody has changed is named", async () => {
    await gateway.world.organization();
    const count = (await gateway.admin.data(LINES)).auditEntries.nodes[0].sequence;
    const page = await open({ key: ADMIN_KEY, path: "/audit" });
    await page.getByRole("button", { name: "Check the chain" }).click();
    await page.getByText(`${count} of ${count} lines are checked.`).waitFor();
    await page.getByText("The audit is sound: each line is as it was written, and none is missing.").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Close" }).click();
    // Only a superuser of the database can do that.
    await gateway.database.db.$transaction(async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
      await tx.$executeRawUnsafe("UPDATE audit_entries SET actor = 'nobody' WHERE sequence = 2");
    });
    await page.getByRole("button", { name: "Check the chain" }).click();
    await page.getByRole("alert").getByText("Line 2 was changed: its hash is not that of what it says.").waitFor();
    await expectAccessible(page);
  });
});
