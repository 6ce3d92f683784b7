import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasBrowser } from "../../kit/browser/use-browser.js";
import { useConsole } from "../../kit/browser/use-console.js";
import { ADMIN_KEY } from "../../kit/gateway/gateway.js";

const focused = (page: Page) => page.evaluate<string>("document.activeElement.textContent.trim()");

describe.runIf(hasBrowser())("slips of the hand in the console", () => {
  const { gateway, open } = useConsole();

  test("A call is sent once, however long Ctrl and Enter are held", async () => {
    const team = await gateway.world.team();
    const page = await open({ key: team.secret, path: "/playground" });
    await page.getByLabel("Message 1", { exact: true }).fill("Hello");
    // A key that is held is pressed again and again.
    await page.keyboard.down("Control");
    for (let time = 0; time < 5; time++) await page.keyboard.down("Enter");
    await page.keyboard.up("Control");
    await page.getByText("succeeded").waitFor();
    const { llmCalls } = await team.client.data("{ llmCalls { totalCount } }");
    expect(llmCalls.totalCount).toBe(1);
  });

  test("A job that is open in the playground is there again after the page was left and loaded", async () => {
    const team = await gateway.world.team({ credits: 3 });
    const page = await open({ key: team.secret, path: "/playground" });
    await page.getByRole("button", { name: "Open a job" }).click();
    await page.getByText("One credit is held for it.").waitFor();
    await page.reload();
    await page.getByText("One credit is held for it.").waitFor();
    const { jobs } = await team.client.data("{ jobs { nodes { id } } }");
    // Somebody else ends it.
    await team.client.data(
      `mutation ($id: ID!) { completeJob(input: { jobId: $id, status: CANCELLED }) { job { id } } }`,
      { id: jobs.nodes[0].id },
    );
    await page.getByText("The job has ended as cancelled: 0 calls").waitFor();
    await page.getByRole("button", { name: "Open a job" }).waitFor();
    expect(new URL(page.url()).search).toBe("");
  });

  test("A dialog begins in its first field, and gives the focus back to the button that opened it", async () => {
    const { id } = await gateway.world.team();
    const page = await open({ key: ADMIN_KEY, path: `/teams/${id}?tab=keys` });
    const button = page.getByRole("button", { name: "New key" });
    await button.click();
    await page.keyboard.type("importer");
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("importer");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toBe("New key");

    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.getByTestId("secret").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toBe("New key");
  });

  test("A secret that is shown once does not go away by a click beside it", async () => {
    const { id } = await gateway.world.team();
    const page = await open({ key: ADMIN_KEY, path: `/teams/${id}?tab=keys` });
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByTestId("secret").waitFor();
    await page.mouse.click(5, 5);
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const secret = await page.evaluate<string>("navigator.clipboard.readText()");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByTestId("secret").waitFor({ state: "detached" });
    expect(await page.content()).not.toContain(secret);
  });

  test("A dialog cannot be closed while the gateway makes a key, whose secret nobody would see", async () => {
    const { id } = await gateway.world.team();
    const page = await open({ key: ADMIN_KEY, path: `/teams/${id}?tab=keys` });
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/graphql", async (route) => {
      if (route.request().postData()?.includes("createVirtualKey")) await held;
      await route.continue();
    });
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByRole("button", { name: "Make it" }).click();
    await page.keyboard.press("Escape");
    await page.mouse.click(5, 5);
    answer();
    await page.getByTestId("secret").waitFor();
  });

  test("A dialog cannot be closed while what it confirmed is on its way, and says what came of it", async () => {
    const { id } = await gateway.world.team();
    const page = await open({ key: ADMIN_KEY, path: `/teams/${id}` });
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const errors = [{ message: "The database is away.", extensions: { code: "UNAVAILABLE" } }];
    await page.route("**/graphql", async (route) => {
      if (!route.request().postData()?.includes("suspendTeam")) return route.continue();
      await held;
      await route.fulfill({ json: { errors, data: { suspendTeam: null } } });
    });
    await page.getByRole("button", { name: "Suspend" }).click();
    await page.getByLabel(`Type ${id} to go on`).fill(id);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.mouse.click(5, 5);
    answer();
    await page.getByRole("dialog").getByText("The database is away.").waitFor();
  });

  test("Without TLS a browser has no clipboard and no random ids, and keys and credits go on", async () => {
    const { id } = await gateway.world.team({ credits: 1 });
    const page = await open();
    // What browsers take from pages of plain HTTP, unless they are of the machine itself.
    await page.addInitScript(`delete Crypto.prototype.randomUUID;
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      sessionStorage.setItem("tollgate.key", ${JSON.stringify(ADMIN_KEY)})`);
    await page.goto(`${gateway.url}/console/teams/${id}`);
    await page.getByRole("button", { name: "Add credits" }).click();
    await page.getByRole("spinbutton", { name: "Credits" }).fill("4");
    await page.getByRole("button", { name: "Add them" }).click();
    await page.getByRole("definition").getByText("5", { exact: true }).first().waitFor();
    await page.getByRole("tab", { name: "Keys" }).click();
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const secret = (await page.getByTestId("secret").textContent()) ?? "";
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByLabel("Name", { exact: true }).press("Control+v");
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe(secret);
  });

  test("Days of a period are typed digit by digit", async () => {
    const page = await open({ key: ADMIN_KEY, path: "/?period=custom&from=2026-01-05&to=2026-01-20" });
    const first = page.getByLabel("First day");
    await first.click({ position: { x: 12, y: 12 } });
    for (const digit of "12242025") await page.keyboard.press(digit);
    await page.waitForURL(/from=2025-12-24&to=2026-01-20/);
    // A first day behind the last one moves the last one.
    await first.fill("2026-02-03");
    await page.waitForURL(/from=2026-02-03&to=2026-02-03/);
  });
});
