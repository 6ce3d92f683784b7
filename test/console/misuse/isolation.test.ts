import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "../../kit/browser/use-browser.js";
import { useConsoleOf } from "../../kit/browser/use-console.js";
import { buildGateway } from "../../kit/gateway/gateway-process.js";
import { useSignIn } from "../../kit/sign-in/use-sign-in.js";

/** All pages below /console that are not about one thing. */
const PAGES = [
  "/",
  "/?period=24h&by=team",
  "/jobs",
  "/live",
  "/calls",
  "/teams",
  "/organizations",
  "/models",
  "/models?tab=prices",
  "/webhooks",
  "/audit",
  "/playground",
  "/settings",
];
const OF_A_TEAM = ["?tab=credits", "?tab=keys", "?tab=limits"];

describe.runIf(hasBrowser())("every page, opened by its address", () => {
  beforeAll(() => buildGateway());
  const world = useSignIn();
  const { open } = useConsoleOf(
    () => world.gateway.url,
    () => [world.provider.issuer],
  );

  /** Opens the pages one by one, and returns which of the gateway's answers were refusals. */
  async function refusalsOn(page: Page, paths: readonly string[]): Promise<string[]> {
    const refusals: string[] = [];
    page.on("response", async (response) => {
      if (!response.url().endsWith("/graphql")) return;
      const { errors = [] } = await response.json().catch(() => ({}));
      const where = new URL(page.url()).pathname;
      for (const { message } of errors) refusals.push(`${where}: ${message}`);
    });
    for (const path of paths) {
      await page.goto(`${world.gateway.url}/console${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      expect(await page.getByRole("alert").allTextContents(), path).toEqual([]);
    }
    return refusals;
  }

  const work = async () => {
    const organization = await world.gateway.world.organization();
    const team = await organization.team();
    const job = await team.job("isolated");
    const call = await job.call({ purpose: "alone" });
    return {
      organization,
      team,
      own: [...PAGES, ...OF_A_TEAM.map((tab) => `/teams/${team.id}${tab}`), `/jobs/${job.id}?call=${call.id}`],
    };
  };

  test("A team's key is refused nothing, and sees nothing of another team", async () => {
    const { team, own } = await work();
    const other = await work();
    const page = await open({ key: team.secret });
    expect(await refusalsOn(page, own)).toEqual([]);
    const others = other.own.at(-1) ?? "";
    await page.goto(`${world.gateway.url}/console${others}`);
    await page.getByRole("alert").getByText("There is no job").waitFor();
    expect(await page.content()).not.toContain("alone");
    await page.goto(`${world.gateway.url}/console/teams/${other.team.id}`);
    await page.getByRole("alert").getByText("There is no team").waitFor();
    await page.goto(`${world.gateway.url}/console/?team=${other.team.id}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    expect(await page.getByRole("main").textContent()).not.toContain(other.organization.id);
  });

  test("An organization's key is refused nothing", async () => {
    const { organization, own } = await work();
    const { secret } = await world.gateway.world.organizationKey(organization.id);
    const page = await open({ key: secret });
    expect(await refusalsOn(page, own)).toEqual([]);
  });

  test("A person who only reads is refused nothing", async () => {
    const { own } = await work();
    world.provider.person = { id: "grace", claims: { roles: ["tollgate-viewer"], name: "Grace Hopper" } };
    const page = await open();
    await page.getByRole("button", { name: /^Sign in with/ }).click();
    await page.getByText("Grace Hopper").waitFor();
    expect(await refusalsOn(page, own)).toEqual([]);
  });
});
