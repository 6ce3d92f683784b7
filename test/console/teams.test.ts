import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";

const TEAM = `query ($id: ID!) { team(id: $id) { alias status modelGroups { name }
  credits { available allocated } limits { requestsPerMinute isEnforced }
  billing { mode creditsPerUsd unpaidCostUsdPerDay lowCreditsThresholds }
  virtualKeys { name status modelGroups { name } jobAllowance { jobs } } } }`;

const secretOn = async (page: Page): Promise<string> => (await page.getByTestId("secret").textContent()) ?? "";

describe.runIf(hasBrowser())("teams in the console", () => {
  const { gateway, open } = useConsole();
  const team = async (id: string) => (await gateway.admin.data(TEAM, { id })).team;

  test("A team is made, and its key works as it is copied", async () => {
    const { id: organization } = await gateway.world.organization("acme");
    const group = await gateway.world.modelGroup();
    const page = await open({ key: ADMIN_KEY, path: "/teams" });
    await page.getByText("There is no team yet.").waitFor();
    await page.getByRole("button", { name: "New team" }).first().click();
    await page.getByLabel("Id", { exact: true }).fill("support");
    await page.getByLabel("Name for people").fill("Support");
    await page.getByLabel("Organization").selectOption(organization);
    await page.getByLabel("Credits", { exact: true }).fill("25");
    await page.getByLabel(group, { exact: true }).check();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByText("This is the only time that the key is shown.").waitFor();
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const secret = await page.evaluate<string>("navigator.clipboard.readText()");
    expect((await gateway.client(secret).data("{ viewer { ... on TeamViewer { team { id } } } }")).viewer.team.id).toBe(
      "support",
    );
    await page.getByRole("button", { name: "Go to the team" }).click();
    await page.getByRole("heading", { name: "Support", exact: true }).waitFor();
    expect(await team("support")).toMatchObject({
      alias: "Support",
      credits: { available: 25 },
      modelGroups: [{ name: group }],
    });
    expect(await page.getByTestId("secret").count()).toBe(0);
  });

  test("Credits are added and adjusted, and the ledger proves that it adds up", async () => {
    const { id } = await gateway.world.team({ credits: 10 });
    const page = await open({ key: ADMIN_KEY, path: `/teams/${id}` });
    await page.getByRole("button", { name: "Add credits" }).click();
    await page.getByRole("spinbutton", { name: "Credits" }).fill("15");
    await page.getByLabel("Reason").fill("An order");
    await page.getByLabel("Reference").fill("INV-1");
    await page.getByRole("button", { name: "Add them" }).click();
    await page.getByRole("cell", { name: "An order" }).waitFor();
    await page.getByRole("cell", { name: "INV-1" }).waitFor();
    await page.getByRole("button", { name: "Adjust" }).click();
    await page.getByRole("spinbutton", { name: "Credits" }).fill("-5");
    await page.getByLabel("Reason").fill("Entered twice");
    await page.getByRole("dialog").getByRole("button", { name: "Adjust" }).click();
    await page.getByRole("cell", { name: "Entered twice" }).waitFor();
    await page.getByRole("definition").getByText("20", { exact: true }).first().waitFor();
    expect((await team(id)).credits.available).toBe(20);
    await page.getByRole("button", { name: "Prove it" }).click();
    await page.getByText("They add up to what is recorded, to the credit.").waitFor();
    await expectAccessible(page);
  });

  test("What cannot be done is refused in the dialog, and nothing is lost of what was typed", async () => {
    const { id } = await gateway.world.team({ credits: 1 });
    const page = await open({ key: ADMIN_KEY, path: `/teams/${id}` });
    await page.getByRole("button", { name: "Adjust" }).click();
    await page.getByRole("spinbutton", { name: "Credits" }).fill("-5");
    await page.getByLabel("Reason").fill("Too much");
    await page.getByRole("dialog").getByRole("button", { name: "Adjust" }).click();
    await page.getByRole("alert").getByText("INSUFFICIENT_CREDITS").waitFor();
    expect(await page.getByLabel("Reason").inputValue()).toBe("Too much");
  });

  test("A key is made, rotated and revoked", async () => {
    const { id, modelGroup } = await gateway.world.team();
    const page = await open({ key: ADMIN_KEY, path: `/teams/${id}?tab=keys` });
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Batch");
    await page.getByLabel("Jobs a month").fill("7");
    await page.getByLabel("All model groups of the team").uncheck();
    await page.getByLabel(modelGroup, { exact: true }).check();
    await page.getByRole("button", { name: "Make it" }).click();
    const first = await secretOn(page);
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("cell", { name: /^Batch/ }).waitFor();
    expect((await team(id)).virtualKeys).toContainEqual(
      expect.objectContaining({ name: "Batch", jobAllowance: { jobs: 7 }, modelGroups: [{ name: modelGroup }] }),
    );

    await page.getByRole("button", { name: "Rotate Batch" }).click();
    await page.getByLabel("The old secret goes on").selectOption("not at all");
    await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
    const second = await secretOn(page);
    await page.getByRole("button", { name: "Close" }).click();
    const accepts = async (secret: string) => !(await gateway.client(secret).send("{ viewer { __typename } }")).errors;
    expect([await accepts(first), await accepts(second)]).toEqual([false, true]);

    await page.getByRole("button", { name: "Revoke Batch" }).click();
    await page.getByLabel("Type Batch to go on").fill("Batch");
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("cell", { name: "revoked" }).waitFor();
    expect(await accepts(second)).toBe(false);
    // The button is gone, and with it the focus would be.
    await expect.poll(() => page.evaluate("document.activeElement.id"), { timeout: 10_000 }).toBe("page");
  });

  test("Limits and billing are changed", async () => {
    const { id } = await gateway.world.team();
    const page = await open({ key: ADMIN_KEY, path: `/teams/${id}?tab=limits` });
    await page.getByRole("button", { name: "Change: Limits of the team" }).click();
    await page.getByLabel("Calls a minute").fill("60");
    await page.getByLabel("Refuse calls beyond them").uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("They are not enforced").waitFor();
    await page.getByRole("button", { name: "Change: Billing" }).click();
    await page.getByLabel("A completed job costs").selectOption("USD");
    await page.getByLabel("Credits for one USD").fill("100");
    await page.getByLabel("Unpaid work a day at most, in USD").fill("2.5");
    await page.getByLabel("Credits are low at").fill("20, 5");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("100 credits a USD of its calls").waitFor();
    expect(await team(id)).toMatchObject({
      limits: { requestsPerMinute: 60, isEnforced: false },
      billing: { mode: "USD", creditsPerUsd: "100", unpaidCostUsdPerDay: "2.5", lowCreditsThresholds: [20, 5] },
    });
  });

  test("A team is suspended by its name, with what follows, and resumed", async () => {
    const one = await gateway.world.team();
    await one.client.data(`mutation { createJob(input: { jobType: "open" }) { id } }`);
    const page = await open({ key: ADMIN_KEY, path: `/teams/${one.id}` });
    await page.getByRole("button", { name: "Suspend" }).click();
    await page.getByText("1 open job stays open, and its time goes on").waitFor();
    await page.getByLabel(`Type ${one.id} to go on`).fill(one.id);
    await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
    await page.getByText("suspended", { exact: true }).waitFor();
    expect((await team(one.id)).status).toBe("SUSPENDED");
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("active", { exact: true }).waitFor();
    expect((await team(one.id)).status).toBe("ACTIVE");
  });

  test("A team's key sees its own team, and changes nothing", async () => {
    const [own, other] = [await gateway.world.team(), await gateway.world.team()];
    const page = await open({ key: own.secret, path: "/teams" });
    await page.getByRole("link", { name: own.id }).click();
    await page.getByRole("heading", { name: own.id }).waitFor();
    await page.getByRole("button", { name: "Prove it" }).waitFor();
    for (const name of ["Edit", "Suspend", "Delete", "Add credits", "Adjust"])
      expect(await page.getByRole("button", { name }).count(), name).toBe(0);
    await page.goto(`${gateway.url}/console/teams/${other.id}`);
    await page.getByRole("alert").getByText("NOT_FOUND").waitFor();
  });

  test.each([
    ["light", 360],
    ["dark", 1280],
  ] as const)("The pages fit and can be used by all: %s, %s px", async (theme, width) => {
    const { id } = await gateway.world.team();
    const page = await open({ key: ADMIN_KEY, path: "/teams", theme, width });
    await page.getByRole("link", { name: id }).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
    for (const [tab, content] of [
      ["credits", "Grants"],
      ["keys", "New key"],
      ["limits", "Billing"],
    ] as const) {
      await page.goto(`${gateway.url}/console/teams/${id}?tab=${tab}`);
      await page.getByText(content, { exact: true }).waitFor();
      await expectToFit(page);
      await expectAccessible(page);
    }
  });
});
