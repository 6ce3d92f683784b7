import { describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";

const SECRET = "canary-of-the-upstream-key";

describe.runIf(hasBrowser())("settings in the console", () => {
  const { gateway, open } = useConsole({
    upstream: "scripted",
    env: { UPSTREAM_API_KEY: SECRET, JOB_TTL_MS: "86400000" },
  });

  test("The admin sees what is configured, and no secret", async () => {
    const page = await open({ key: ADMIN_KEY, path: "/settings" });
    const row = (name: string) => page.getByRole("row").filter({ hasText: name });
    await row("JOB_TTL_MS").getByText("1 d", { exact: true }).waitFor();
    await row("UPSTREAM_API_KEY").getByText("secret, set").waitFor();
    await row("AUDIT_KEY").getByText("secret, not set").waitFor();
    await page.getByText("They add up: no credit came from nowhere, and none was lost.").waitFor();
    expect(await page.content()).not.toContain(SECRET);
    await expectAccessible(page);
  });

  test("A team sees who it is, and nothing of the gateway", async () => {
    const team = await gateway.world.team();
    const page = await open({ key: team.secret, path: "/settings" });
    await page.getByText("A team's virtual key: jobs and calls of one team.").waitFor();
    await page.getByRole("definition").getByText(team.id, { exact: true }).waitFor();
    for (const title of ["Database", "Variables", "Ledger"])
      expect(await page.getByRole("heading", { name: title }).count(), title).toBe(0);
  });

  test.each([
    ["light", 360],
    ["dark", 1280],
  ] as const)("It fits: %s, %s px", async (theme, width) => {
    const page = await open({ key: ADMIN_KEY, path: "/settings", theme, width });
    await page.getByText("CORS_ORIGINS").waitFor();
    await expectToFit(page);
    await expectAccessible(page);
  });
});
