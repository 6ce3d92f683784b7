import { beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "../kit/browser/use-browser.js";
import { expectAccessible, useConsoleOf } from "../kit/browser/use-console.js";
import { buildGateway } from "../kit/gateway/gateway-process.js";
import { useSignIn } from "../kit/sign-in/use-sign-in.js";

describe.runIf(hasBrowser())("signing in to the console through a provider", () => {
  beforeAll(() => buildGateway());
  const world = useSignIn({ env: { OIDC_NAME: "Work" } });
  const { open } = useConsoleOf(
    () => world.gateway.url,
    () => [world.provider.issuer],
  );

  test("A person signs in, comes back to the page that was asked for, stays signed in, and signs out", async () => {
    world.provider.person = { id: "ada", claims: { roles: ["tollgate-admin"], name: "Ada Lovelace" } };
    const page = await open({ path: "/models?tab=prices" });
    await expectAccessible(page);
    await page.getByRole("button", { name: "Sign in with Work" }).click();
    await page.getByText("No price is set here.").waitFor();
    await page.getByText("Ada Lovelace").waitFor();
    await page.reload();
    await page.getByRole("button", { name: "New price" }).waitFor();
    expect(await page.evaluate("[document.cookie, sessionStorage.getItem('tollgate.key')]")).toEqual(["", null]);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  test("Whoever only reads is shown nothing that changes something", async () => {
    world.provider.person = { id: "grace", claims: { roles: ["tollgate-viewer"], name: "Grace Hopper" } };
    await world.gateway.world.team({ id: "support" });
    const page = await open({ path: "/teams/support" });
    await page.getByRole("button", { name: "Sign in with Work" }).click();
    await page.getByRole("button", { name: "Prove it" }).waitFor();
    await page.getByText("reads, and changes nothing").waitFor();
    for (const name of ["Edit", "Suspend", "Delete", "Add credits", "Adjust"])
      expect(await page.getByRole("button", { name, exact: true }).count(), name).toBe(0);
  });

  test("Whoever has no role is told so", async () => {
    world.provider.person = { id: "eve", claims: {} };
    const page = await open();
    await page.getByRole("button", { name: "Sign in with Work" }).click();
    await page.getByRole("alert").getByText("You have no role here.").waitFor();
    expect(page.url()).not.toContain("signInError");
  });

  test("A sign-out that the gateway refuses is not shown as done", async () => {
    world.provider.person = { id: "ada", claims: { roles: ["tollgate-admin"], name: "Ada Lovelace" } };
    const page = await open();
    await page.getByRole("button", { name: "Sign in with Work" }).click();
    await page.getByText("Ada Lovelace").waitFor();
    await page.route("**/console/auth/sign-out", (route) => route.fulfill({ status: 503 }));
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("so the session may go on").waitFor();
  });

  test("A key that was kept, and that nobody knows any more, does not keep a person out", async () => {
    world.provider.person = { id: "ada", claims: { roles: ["tollgate-admin"], name: "Ada Lovelace" } };
    const page = await open();
    await page.evaluate(`sessionStorage.setItem("tollgate.key", "sk-of-yesterday")`);
    await page.reload();
    await page.getByRole("button", { name: "Sign in with Work" }).click();
    await page.getByText("Ada Lovelace").waitFor();
  });

  test("Settings and the playground tell a person who only reads what the person is, and not what a key may", async () => {
    world.provider.person = { id: "grace", claims: { roles: ["tollgate-viewer"], name: "Grace Hopper" } };
    const page = await open({ path: "/settings" });
    await page.getByRole("button", { name: "Sign in with Work" }).click();
    await page.getByText("A person who reads what the admin reads").waitFor();
    await page.getByRole("link", { name: "Playground" }).click();
    await page.getByText("Calls are made with a team's key.").waitFor();
    expect(await page.getByText("Make a key").count()).toBe(0);
  });
});
