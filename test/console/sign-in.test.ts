import { describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, expectToFit, useConsole } from "../kit/browser/use-console.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";

describe.runIf(hasBrowser())("signing in to the console", () => {
  const { gateway, open } = useConsole();

  test("The admin's key opens the overview, and is forgotten with the page unless it is kept", async () => {
    const page = await open();
    await page.getByLabel("Key", { exact: true }).fill(ADMIN_KEY);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();

    await page.getByLabel("Key", { exact: true }).fill(ADMIN_KEY);
    await page.getByLabel("Keep it in this tab").check();
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  test("A key that is not known is refused in words", async () => {
    const page = await open();
    await page.getByLabel("Key", { exact: true }).fill("sk-nobody");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("The gateway does not know this key.").waitFor();
    expect(await page.getByRole("heading", { name: "Sign in" }).count()).toBe(1);
    await expectAccessible(page);
  });

  test("A key that is revoked while it is used leads back to signing in", async () => {
    const team = await gateway.world.team();
    // This page asks for nothing by itself, so the key is refused when the person goes on.
    const page = await open({ key: team.secret, path: "/settings" });
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    await gateway.admin.data(`mutation ($id: ID!) { revokeVirtualKey(id: $id) { id } }`, { id: team.keyId });
    await page.getByRole("link", { name: "Teams", exact: true }).click();
    await page.getByText("You are not signed in any more.").waitFor();
  });

  test("A key that is revoked while the connection is away leads back to signing in when the socket connects again", async () => {
    const job = await (await gateway.world.team()).job("letter");
    const page = await open({ key: job.team.secret, path: "/settings" });
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    await page.routeWebSocket(/graphql/, (socket) => socket.close({ code: 4401, reason: "UNAUTHENTICATED" }));
    await page.goto(`${gateway.url}/console/jobs/${job.id}`);
    await page.getByText("You are not signed in any more.").waitFor();
  });

  test("What a team's key may not do is not shown", async () => {
    const team = await gateway.world.team();
    const page = await open({ key: team.secret });
    const pages = page.getByRole("navigation", { name: "Pages" });
    await pages.getByRole("link", { name: "Jobs" }).waitFor();
    for (const name of ["Organizations", "Webhooks", "Audit"])
      expect(await pages.getByRole("link", { name }).count()).toBe(0);
  });

  test.each([
    ["light", 360],
    ["dark", 360],
    ["light", 1280],
    ["dark", 3840],
  ] as const)("The overview fits and can be used by all: %s, %s px", async (theme, width) => {
    const page = await open({ key: ADMIN_KEY, theme, width });
    await page.getByRole("figure", { name: "Jobs by outcome" }).waitFor();
    await expectToFit(page);
    await expectAccessible(page);
  });
});
