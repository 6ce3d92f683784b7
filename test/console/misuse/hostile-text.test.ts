import { describe, expect, test } from "vitest";
import { hasBrowser } from "../../kit/browser/use-browser.js";
import { expectToFit, useConsole } from "../../kit/browser/use-console.js";
import { ADMIN_KEY } from "../../kit/gateway/gateway.js";

const MARKUP = `<img src=x onerror="window.isRun = 1"><script>window.isRun = 1</script>`;
const LONG = "W".repeat(90);
const BACKWARDS = "\u202egnorw\u202c";

describe.runIf(hasBrowser())("text that means ill", () => {
  const { gateway, open } = useConsole();

  test("Markup is text, and long words fit every window", async () => {
    const team = await gateway.world.team();
    await gateway.admin.data(`mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { id } }`, {
      input: { id: team.id, alias: LONG },
    });
    const job = await team.job(MARKUP.slice(0, 60), { metadata: { [MARKUP]: MARKUP, long: "M".repeat(15_000) } });
    await job.call({ purpose: MARKUP.slice(0, 60), messages: [{ role: "USER", content: MARKUP + LONG.repeat(20) }] });
    await team.client.data(`mutation ($input: CompleteJobInput!) { completeJob(input: $input) { job { id } } }`, {
      input: { jobId: job.id, status: "FAILED", errorMessage: MARKUP + LONG.repeat(8) + BACKWARDS },
    });
    for (const width of [360, 1280]) {
      const page = await open({ key: ADMIN_KEY, width });
      for (const path of ["/", "/jobs", `/jobs/${job.id}`, "/calls", "/teams", `/teams/${team.id}`]) {
        await page.goto(`${gateway.url}/console${path}`);
        await page
          .getByText(path === `/jobs/${job.id}` ? LONG.repeat(8) : LONG)
          .first()
          .waitFor({ state: "attached" });
        await page.waitForLoadState("networkidle");
        await expectToFit(page);
        expect(await page.evaluate("window.isRun"), path).toBeUndefined();
      }
    }
  });

  test("The page's policy lets no script and no style in that is put into the document", async () => {
    const page = await open({ key: ADMIN_KEY });
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    // The browser's log says that it has refused them.
    page.removeAllListeners("console");
    const ran = await page.evaluate(`
      const put = (name, text) => document.body.append(Object.assign(document.createElement(name), { textContent: text }));
      put("script", "window.isRun = 1");
      put("style", "body { outline: 9px solid }");
      document.body.setAttribute("onclick", "window.isRun = 2");
      document.body.click();
      [window.isRun, getComputedStyle(document.body).outlineStyle];`);
    expect(ran).toEqual([undefined, "none"]);
  });
});
