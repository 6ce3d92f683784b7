import { describe, expect, test } from "vitest";
import { hasBrowser } from "../../kit/browser/use-browser.js";
import { useConsole } from "../../kit/browser/use-console.js";
import { ADMIN_KEY } from "../../kit/gateway/gateway.js";

describe.runIf(hasBrowser())("what the console says if something fails", () => {
  const { gateway, open } = useConsole();

  test.each(["/jobs/nope", "/teams/nope"])(
    "%s says what is missing, below a heading, with the id of the request",
    async (path) => {
      const page = await open({ key: ADMIN_KEY, path });
      const alert = page.getByRole("alert");
      await alert.getByText("There is no").waitFor();
      const [id] = /request \S+/.exec((await alert.textContent()) ?? "") ?? [];
      expect(id).toBeDefined();
      expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    },
  );

  test("A key that was kept, and that nobody knows any more, is forgotten", async () => {
    const page = await open();
    await page.evaluate(`sessionStorage.setItem("tollgate.key", "sk-of-yesterday")`);
    await page.reload();
    await page.getByRole("alert").getByText("The gateway does not know this key.").waitFor();
    expect(await page.evaluate(`sessionStorage.getItem("tollgate.key")`)).toBeNull();
  });

  test("Whoever signs out leaves nothing of the page in the address", async () => {
    const team = await gateway.world.team();
    const job = await team.job("question");
    const page = await open({ key: team.secret, path: `/jobs/${job.id}` });
    await page.getByRole("heading", { name: "question" }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/console");
    const other = await gateway.world.team();
    await page.getByLabel("Key", { exact: true }).fill(other.secret);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
  });

  test("A part of a page that cannot be loaded is not taken for a gateway that is away", async () => {
    const page = await open({ key: ADMIN_KEY });
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    // React tells the browser's log of it, as it should.
    page.removeAllListeners("console");
    await page.route("**/console/assets/models-page*", (route) =>
      route.fulfill({ contentType: "text/javascript", body: "throw new Error('half of it')" }),
    );
    await page.getByRole("link", { name: "Models" }).click();
    await page.getByRole("heading", { name: "This page cannot be shown" }).waitFor();
    await page.getByText("half of it").waitFor();
    await page.unroute("**/console/assets/models-page*");
    await page.getByRole("button", { name: "Load it again" }).click();
    await page.getByRole("heading", { name: "Models", exact: true }).waitFor();
  });
});
