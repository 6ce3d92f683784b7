import { beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import type { TestTeam } from "../kit/world.js";

const RUN = `mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { costUsd } }`;
const CREATE_TEAM = `mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }`;

describe.runIf(hasBrowser())("the overview", () => {
  const { gateway, open } = useConsole();
  let support: TestTeam;
  let research: TestTeam;
  const run = async (team: TestTeam, jobType: string) =>
    team.client.data(RUN, {
      input: { modelGroup: team.modelGroup, jobType, messages: [{ role: "USER", content: "What is a tollgate?" }] },
    });
  beforeAll(async () => {
    support = await gateway.world.team({ id: "support", credits: 20 });
    research = await gateway.world.team({ id: "research", credits: 20, models: ["gpt-4o"] });
    for (const team of [support, support, research]) await run(team, team.id);
    const { createJob } = await support.client.data(`mutation { createJob(input: { jobType: "given-up" }) { id } }`);
    const input = { jobId: createJob.id, status: "CANCELLED" };
    await support.client.data(`mutation ($input: CompleteJobInput!) { completeJob(input: $input) { job { id } } }`, {
      input,
    });
  });

  test("Its figures are those of the gateway, and each leads to what it counts", async () => {
    const page = await open({ key: ADMIN_KEY });
    const figure = (name: string) => page.locator("dl > div").filter({ hasText: name });
    await figure("Jobs completed").getByText("3", { exact: true }).waitFor();
    const now = Date.now();
    const input = { from: new Date(now - 30 * 86_400_000).toISOString(), to: new Date(now + 3_600_000).toISOString() };
    const { usage } = await gateway.admin.data(
      `query ($input: UsageInput!) { usage(input: $input) { total { costUsd } } }`,
      { input },
    );
    expect(Number(usage.total.costUsd)).toBeGreaterThan(0);
    const cost = (await figure("Cost").first().getByText(/^\$/).textContent()) ?? "";
    expect(Number(cost.slice(1))).toBeCloseTo(Number(usage.total.costUsd), 4);
    await page.getByRole("link", { name: "Jobs completed" }).click();
    await page.waitForURL(/\/jobs\?.*COMPLETED/);
  });

  test("Costs are grouped, and the grouping is in the address", async () => {
    const page = await open({ key: ADMIN_KEY });
    await page.getByText("gpt-4o-mini").first().waitFor();
    await page.getByLabel("Group by").selectOption("by team");
    await page.getByRole("heading", { name: "Cost by team" }).waitFor();
    await page.waitForURL(/by=team/);
    await page.getByRole("listitem").filter({ hasText: "research $" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Cost by team" }).waitFor();
  });

  test("One team, one period: the address is all that is needed to see the same", async () => {
    const page = await open({ key: ADMIN_KEY, path: "/?team=research&period=24h" });
    const completed = page.locator("dl > div").filter({ hasText: "Jobs completed" });
    await completed.getByText("1", { exact: true }).waitFor();
    await page.getByLabel("Team", { exact: true }).selectOption("All teams");
    await completed.getByText("3", { exact: true }).waitFor();
    await page.getByRole("radio", { name: "7 d" }).click();
    await page.waitForURL(/period=7d/);
    await page.getByRole("radio", { name: "Custom" }).click();
    await page.getByLabel("First day").waitFor();
    await page.waitForURL(/period=custom&from=/);
  });

  test("A figure of calls is drawn beside the period before", async () => {
    const page = await open({ key: ADMIN_KEY });
    await page.getByRole("figure", { name: "Calls", exact: true }).waitFor();
    for (const [figure, name] of [
      ["Tokens", "tokens"],
      ["Error rate", "errorRate"],
      ["Fallback rate", "fallbackRate"],
      ["p95 to first token", "firstToken"],
    ] as const) {
      await page.getByLabel("Figure").selectOption(figure);
      await page.getByRole("figure", { name: figure }).waitFor();
      await page.waitForURL(new RegExp(`figure=${name}`));
    }
    await page.getByRole("radio", { name: "7 d" }).click();
    await page.waitForURL(/period=7d/);
    expect(page.url()).toContain("figure=firstToken");
  });

  test("A team sees its own figures, and no choice of teams", async () => {
    const page = await open({ key: research.secret });
    await page.locator("dl > div").filter({ hasText: "Jobs completed" }).getByText("1", { exact: true }).waitFor();
    expect(await page.getByLabel("Team", { exact: true }).count()).toBe(0);
    expect(await page.getByText("support").count()).toBe(0);
  });

  test("Teams are called by their names, however many there are, and any of them can be chosen", async () => {
    const organizationId = (await gateway.world.organization()).id;
    const many = Array.from({ length: 110 }, (_, number) => `many-${String(number).padStart(3, "0")}`);
    for (const id of many)
      await gateway.admin.data(CREATE_TEAM, { input: { id, organizationId, alias: `Team ${id}`, modelGroups: [] } });
    await gateway.admin.data(`mutation { updateTeam(input: { id: "research", alias: "Research & Co." }) { id } }`);
    const page = await open({ key: ADMIN_KEY, path: "/?by=team" });
    await page.getByRole("listitem").filter({ hasText: "Research & Co. $" }).waitFor();
    for (const id of ["many-000", "many-109"])
      await page.getByRole("option", { name: `Team ${id}` }).waitFor({ state: "attached" });
    const own = await open({ key: research.secret });
    await own.getByRole("link", { name: "Research & Co." }).waitFor();
    await own.getByRole("cell", { name: "19 / 20" }).waitFor();
  });

  test("A gateway that went away is said, and what was read stays", async () => {
    const page = await open({ key: ADMIN_KEY });
    await page.getByText("gpt-4o-mini").first().waitFor();
    await page.route("**/graphql", (route) => route.fulfill({ status: 503, contentType: "text/plain", body: "" }));
    await page.getByLabel("Group by").selectOption("by job type");
    await page.getByText("The gateway answered with status 503.").first().waitFor();
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Try again" }).first().click();
    await page.getByRole("listitem").filter({ hasText: "research $" }).waitFor();
  });

  test.each([
    ["light", 360],
    ["dark", 1280],
    ["light", 3840],
  ] as const)("It fits and can be used by all: %s, %s px", async (theme, width) => {
    const page = await open({ key: ADMIN_KEY, theme, width });
    await page.getByRole("figure", { name: "Jobs by outcome" }).waitFor();
    await page.getByText("gpt-4o-mini").first().waitFor();
    await expectToFit(page);
    await expectAccessible(page);
  });
});
