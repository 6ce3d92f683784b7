import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import type { TestTeam } from "../kit/world.js";

/** The jobs that the list shows, by the links in its first column. */
const linksOf = (page: Page) => page.getByRole("region", { name: "Jobs" }).locator("td:first-child a");
const expectJobs = async (page: Page, count: number) => {
  await page.getByText(count === 1 ? "1 job" : `${count} jobs`, { exact: true }).waitFor();
  const rows = `document.querySelectorAll('section[aria-label="Jobs"] tbody tr[data-index]')`;
  await expect.poll(() => page.evaluate(`${rows}.length`), { timeout: 10_000 }).toBe(count);
};

describe.runIf(hasBrowser())("jobs in the console", () => {
  const { gateway, open } = useConsole();
  let team: TestTeam;
  let other: TestTeam;

  beforeAll(async () => {
    team = await gateway.world.team({ credits: 200 });
    other = await gateway.world.team();
    await (await other.job("secret")).call();
    const failed = await team.job("import", { metadata: { customer: "acme", plan: { tier: "gold" } } });
    await failed.call();
    await failed.complete({ status: "FAILED", errorMessage: "The invoice could not be read." });
    const done = await team.job("import", { metadata: { customer: "initech" } });
    await done.call();
    await done.complete();
    await team.job("summary");
  });

  test("A team sees its own jobs, and no other's", async () => {
    const page = await open({ key: team.secret, path: "/jobs" });
    await expectJobs(page, 3);
    expect(await linksOf(page).allTextContents()).toEqual([
      expect.stringContaining("summary"),
      expect.stringContaining("import"),
      expect.stringContaining("import"),
    ]);
    await page.goto(`${gateway.url}/console/jobs?team=${other.id}`);
    await page.getByText("No job is like that.").waitFor();
  });

  test("The admin chooses a team, a key, states and words, and the address has them", async () => {
    const page = await open({ key: ADMIN_KEY, path: "/jobs" });
    await expectJobs(page, 4);
    await page.getByRole("combobox", { name: "Team" }).selectOption(team.id);
    await expectJobs(page, 3);
    await page.getByRole("combobox", { name: "Key" }).selectOption(team.keyId);
    await expectJobs(page, 3);
    await page.getByRole("toolbar", { name: "Status" }).getByRole("button", { name: "Failed" }).click();
    await page.getByRole("toolbar", { name: "Status" }).getByRole("button", { name: "Completed" }).click();
    await expectJobs(page, 2);
    await page.getByRole("searchbox", { name: "Words of the error" }).fill("invoice");
    await expectJobs(page, 1);

    // Whoever is given the address sees the same.
    const address = new URL(page.url());
    expect(address.searchParams.get("team")).toBe(team.id);
    const shared = await open({ key: ADMIN_KEY, path: `/jobs${address.search}` });
    await expectJobs(shared, 1);
    expect(await shared.getByRole("searchbox", { name: "Words of the error" }).inputValue()).toBe("invoice");
    await shared.getByRole("button", { name: "Show all" }).click();
    await expectJobs(shared, 4);
  });

  test("Metadata are looked for as JSON, and what is none is not sent", async () => {
    const page = await open({ key: team.secret, path: '/jobs?metadata={"plan":{"tier":"gold"}}' });
    await expectJobs(page, 1);
    const field = page.getByRole("searchbox", { name: "Metadata" });
    expect(await field.inputValue()).toBe('{"plan":{"tier":"gold"}}');
    await field.fill('{"customer"');
    await page.getByTitle("Metadata is a JSON object").waitFor();
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    await field.fill('{"customer":"initech"}');
    await page.waitForURL(/initech/);
    await expectJobs(page, 1);
    await field.fill("");
    await expectJobs(page, 3);
  });

  test("A long list goes on while it is scrolled", async () => {
    const busy = await gateway.world.team({ credits: 200 });
    for (let job = 0; job < 120; job++) await busy.job(`job ${job}`);
    const page = await open({ key: busy.secret, path: "/jobs" });
    await page.getByText("120 jobs", { exact: true }).waitFor();
    const list = page.getByRole("region", { name: "Jobs" });
    await list.getByRole("link", { name: "job 119" }).waitFor();
    expect(await linksOf(page).count()).toBeLessThan(60);
    const oldest = list.getByRole("link", { name: /^job 0 / });
    while (!(await oldest.isVisible())) {
      const drawn = list.locator("tbody tr[data-index]");
      const before = await drawn.last().getAttribute("data-index");
      await list.evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
      const rows = `[...document.querySelectorAll('section[aria-label="Jobs"] tbody tr[data-index]')]`;
      await expect.poll(() => page.evaluate(`${rows}.at(-1)?.dataset.index`), { timeout: 10_000 }).not.toBe(before);
    }
    expect(await linksOf(page).count()).toBeLessThan(60);
  });

  test("A team without jobs is told how one begins", async () => {
    const idle = await gateway.world.team();
    const page = await open({ key: idle.secret, path: "/jobs", width: 360 });
    await page.getByText("No job was opened in the last 30 days.").waitFor();
    expect(await page.getByRole("link", { name: "playground", exact: true }).count()).toBe(1);
    await expectToFit(page);
    await expectAccessible(page);
  });

  test.each([
    ["light", 360],
    ["dark", 360],
    ["light", 1280],
    ["dark", 3840],
  ] as const)("The list fits and can be used by all: %s, %s px", async (theme, width) => {
    const page = await open({ key: team.secret, path: "/jobs", theme, width });
    await expectJobs(page, 3);
    await expectToFit(page);
    await expectAccessible(page);
  });
});
